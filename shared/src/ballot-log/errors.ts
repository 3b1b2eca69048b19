import { defineErrors } from '../errors/index.ts';

/** What a log may refuse. */
export const BALLOT_LOG_ERRORS = defineErrors({
  'LOG_WITNESS.KEY': {
    status: 422,
    message: '这不是见证方的公钥，请把见证程序显示的那一整行粘贴过来',
  },
  'LOG_WITNESS.OWN_KEY': {
    status: 422,
    message: '这是日志自己的公钥，不能用来见证自己；请在社区自己的电脑上另做一把',
  },
  'LOG_WITNESS.KNOWN': { status: 409, message: '这把公钥已经登记过' },
  'LOG_WITNESS.TOO_MANY': { status: 409, message: '见证方最多 {max} 个，请先停用不再见证的' },
  'LOG_WITNESS.RETIRED': { status: 409, message: '这个见证方已经停用' },
  'COSIGNATURE.UNKNOWN': { status: 422, message: '没有这个检查点，请取最新的检查点再签' },
  'COSIGNATURE.FALSE': { status: 422, message: '签名和检查点对不上，没有收下' },
  'COSIGNATURE.TIME': { status: 422, message: '签名的时间和现在相差太多，请校准电脑的时钟' },
});
