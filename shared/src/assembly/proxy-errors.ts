import { defineErrors } from '../errors/index.ts';

/** What mandates and guardianships may refuse. */
export const PROXY_ERRORS = defineErrors({
  'PROXY.CLOSED': { status: 409, message: '名册还没有公示或投票已经截止，现在不能办理委托' },
  'PROXY.NOT_YOURS': { status: 403, message: '只能委托别人投自己名下的票' },
  'PROXY.SELF': { status: 422, message: '不能委托给自己' },
  'PROXY.CO_OWNER': { status: 422, message: '这个人也是共有人，不用委托：请在共有人里推选由谁投票' },
  'PROXY.NO_ACCOUNT': { status: 422, message: '代理人的手机号还没有登录过，请让代理人先登录一次' },
  'PROXY.NO_PHONE': {
    status: 422,
    message: '您的账号还没有手机号，不能发验证码；请先绑定手机号，或用纸质委托书',
  },
  'PROXY.BARRED': { status: 403, message: '物业企业的工作人员不能代业主投票' },
  'PROXY.CAP': { status: 409, message: '这位代理人已经代理 {cap} 位业主，到了上限，请换一位' },
  'PROXY.THERE_ALREADY': {
    status: 409,
    message: '这一票已经有委托，要换人请先撤销；共有人办的委托，您可以自己投票，以本人投的为准',
  },
  'PROXY.MOTION_UNKNOWN': { status: 422, message: '有一项不是这次会议的议题，请刷新后重新选择' },
  'PROXY.SAID_OUTSIDE': { status: 422, message: '对没有委托的议题写了意见，请重新选择' },
  'PROXY.MUST_SAY_ALL': { status: 422, message: '本地规定代理人要按业主的意见投票，请对每项议题写明意见' },
  'PROXY.ENDED': { status: 409, message: '这份委托已经终止，不能再代投' },
  'PROXY.SOLD': { status: 409, message: '委托人的房屋已经过户，委托随之终止，不能再代投' },
  'PROXY.OUTSIDE_MANDATE': { status: 403, message: '有一项议题没有委托给您，请只投委托的议题' },
  'PROXY.AGAINST_INSTRUCTION': { status: 403, message: '与业主写明的意见不一致，请按业主的意见投' },
  'PROXY.SCAN': { status: 422, message: '请上传业主签名的委托书扫描件' },
  'PROXY.OWN_REVIEW': { status: 403, message: '录入的人不能复核，请另一位工作人员办理' },
  'PROXY.REVIEWED': { status: 409, message: '这份委托已经处理过，请刷新后查看' },
  'GUARDIAN.NO_OWNER': { status: 422, message: '这套房屋的名册上没有这个名字，请核对' },
  'GUARDIAN.SELF': { status: 422, message: '不能做自己的监护人' },
  'GUARDIAN.ENDS_ON': {
    status: 422,
    message: '请填写监护到哪天为止，须在今天以后；未成年人填满十八周岁那天',
  },
  'GUARDIAN.THERE_ALREADY': { status: 409, message: '这位业主已经登记了监护人，如有变化请联系社区' },
  'GUARDIAN.REVIEWED': { status: 409, message: '这份登记已经处理过，请刷新后查看' },
  'GUARDIAN.OWN_REVIEW': { status: 403, message: '不能核对自己的申请，请由社区另一位工作人员办理' },
  'GUARDIAN.NOTE': { status: 422, message: '请写明没有通过的原因，至少 {min} 个字' },
});
