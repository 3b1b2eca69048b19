import { defineErrors } from '../errors/index.ts';
import { AUDIT_LIMITS } from './limits.ts';

/** What a report or an answer may be refused for. */
export const AUDIT_ERRORS = defineErrors({
  'AUDIT.YEAR_NOT_OVER': { status: 422, message: '这一年还没有结束，结束后再公示审计报告' },
  'AUDIT.SIGNED_WHEN': { status: 422, message: '报告日期要在该年度结束之后，且不晚于今天' },
  'AUDIT.NUMBER_TWICE': { status: 422, message: '有两条发现用了同一个编号' },
  'AUDIT.DUE_RANGE': { status: 422, message: '答复期限要从今天算起，并且不超过本地规定的天数' },
  'AUDIT.FINDING_DROPPED': { status: 422, message: '更正不能去掉已经公示的审计发现' },
  'AUDIT.DUE_MOVED': { status: 422, message: '更正不能改已经公示的答复期限' },
  'AUDIT.RESPONSIBLE_CHANGED': { status: 422, message: '已经答复过的审计发现，不能再改由别人答复' },
  'AUDIT.CONCERN_UNKNOWN': { status: 422, message: '涉及的账目或合同没有公示，请重新选择' },
  'AUDIT.YEAR_EXISTS': { status: 409, message: '这一年已经有一份正在录入的审计报告，请在那一份上改' },
  'AUDIT.YEAR_PUBLISHED': { status: 409, message: '这一年的审计报告已经公示，要改请发布更正' },
  'AUDIT.IMMUTABLE': { status: 409, message: '已经公示的审计报告不能改，请发布更正' },
  'AUDIT.CHANGED_SINCE': { status: 409, message: '这份报告刚被别人改过，请重新查看后再继续' },
  'AUDIT.SAME_PERSON': { status: 403, message: '录入和公示要由两个人来做，请另一位成员对照原件后公示' },
  'AUDIT.AMEND_NOT_LATEST': { status: 409, message: '这一版已经被更正过，请在最新一版上更正' },
  'AUDIT.AMEND_REASON': {
    status: 422,
    message: `更正要写明原因，至少 ${AUDIT_LIMITS.reasonLength.min} 个字`,
  },
  'AUDIT.STATE': { status: 409, message: '这条审计发现已经有人处理过了，请刷新后再看' },
  'AUDIT.NOT_YOURS': { status: 403, message: '这一步不由您来办' },
  'AUDIT.ANSWERED_YOURSELF': { status: 403, message: '答复和核实要由两个人来做，请另一位来核实' },
  'AUDIT.REASON': { status: 422, message: `请写明原因，至少 ${AUDIT_LIMITS.reasonLength.min} 个字` },
  'AUDIT.DECISION_UNKNOWN': { status: 422, message: '没有登记这个编号的决定，或者它没有通过，请核对' },
  'AUDIT.NOT_COMMITTED': { status: 409, message: '还没有登记每年审计的决定，请先登记' },
  'AUDIT.DECISION_NOT_LATER': {
    status: 422,
    message: '要更换或停止每年审计，得有业主大会后来作出的另一项决定，请核对编号',
  },
  'AUDIT.NOTHING_TO_END': { status: 409, message: '每年审计已经停止，不用再登记' },
  'AUDIT.PAST_STAYS_OWED': {
    status: 422,
    message: '作出决定时已经结束的年度仍然要审计，最早从 {year} 年度起停止',
  },
  'AUDIT.COMMITTED': { status: 409, message: '每年审计的决定已经登记过' },
});
