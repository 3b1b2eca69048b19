import { defineErrors } from '../errors/index.ts';

/** What extending a vote and objecting to its result may refuse. */
export const EXTENSION_ERRORS = defineErrors({
  'EXTENSION.NOT_HERE': { status: 409, message: '本地规则没有规定可以延长投票，到期就计票' },
  'EXTENSION.NOT_VOTING': { status: 409, message: '投票还没有开始，不用延长' },
  'EXTENSION.QUORUM_THERE': { status: 409, message: '参与人数和面积已经够了，不能再延长' },
  'EXTENSION.TOO_LATE': { status: 409, message: '投票已经截止，不能再延长' },
  'EXTENSION.NOT_LATER': { status: 422, message: '新的截止时间要晚于现在的截止时间' },
  'EXTENSION.TOO_LONG': { status: 422, message: '延长合计不能超过 {days} 天，最晚到 {latest}' },
  'EXTENSION.OPEN_ALREADY': { status: 409, message: '已经提出过延长，正等街道决定' },
  'EXTENSION.OWN': { status: 403, message: '提出延长的人不能自己同意，请街道另一位工作人员办理' },
  'EXTENSION.DECIDED': { status: 409, message: '这次延长已经处理过，请刷新后查看' },
  'EXTENSION.REASON': { status: 422, message: '请写明不同意的原因，至少 {min} 个字' },
  'RESULT_OBJECTION.CLOSED': { status: 409, message: '提出异议的时间已过；仍可在期限内请求法院撤销' },
  'RESULT_OBJECTION.OPEN_ALREADY': { status: 409, message: '您的异议正在处理，请等待答复' },
  'RESULT_OBJECTION.ANSWERED': { status: 409, message: '这条异议已经答复过，请刷新后查看' },
  'RESULT_OBJECTION.OWN': { status: 403, message: '自己提出的异议，要由别人来答复' },
});
