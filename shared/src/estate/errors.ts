import { defineErrors } from '../errors/index.ts';

export const ESTATE_ERRORS = defineErrors({
  'ROLL.IMPORT_RUNNING': { status: 409, message: '已经有一份名册正在导入，请等它完成，或先取消它' },
  'ROLL.HAS_FAULTS': { status: 422, message: '名册里有错误，没有导入；请按清单改正后重新上传' },
  'ROLL.NOT_READY': { status: 409, message: '名册还在检查，请稍等再确认' },
  'ROLL.OUTDATED': { status: 409, message: '预览之后名册有了变化，没有导入；请重新上传，再看一遍' },
  'ROLL.APPLIED': { status: 409, message: '这份名册已经导入，不能再取消' },
  'ROLL.FAILED': { status: 409, message: '名册没有检查完，没有导入；请重新上传，还不行请联系平台' },
  'ROLL.CANCELLED': { status: 409, message: '这次导入已经取消，没有改动名册；请重新上传' },
});
