import { defineErrors } from '../errors/index.ts';

/** What the register of decisions may refuse. */
export const DECISION_ERRORS = defineErrors({
  'DECISION.NUMBER_TAKEN': { status: 409, message: '这个决定编号已经登记过，请核对编号' },
  'DECISION.IN_FUTURE': { status: 422, message: '决定日期不能晚于今天，请核对' },
  'DECISION.CLASS': {
    status: 422,
    message: '2021 年 1 月 1 日以后，这类事项按民法典属于{label}，请核对表决类别',
  },
  'DECISION.OWN_REVIEW': { status: 403, message: '登记人不能复核自己登记的决定，请业委会另一位成员复核' },
  'DECISION.REVIEWED': { status: 409, message: '这项决定已经复核过，请刷新后查看' },
  'DECISION.NOT_IN_FORCE': { status: 409, message: '这项决定没有生效或已被撤销，不能再办理' },
  'DECISION.FINISHED': { status: 409, message: '这项决定已经办结或停止，不能再改' },
  'DECISION.DUE_PAST': { status: 422, message: '完成日期不能早于今天' },
  'DECISION.EXPIRES_EARLY': { status: 422, message: '有效期不能早于完成日期' },
  'DECISION.MOVED_WHY': { status: 422, message: '推迟完成日期要写明原因，至少 {min} 个字；原日期会一直显示' },
  'DECISION.PURPOSES_FIXED': { status: 409, message: '可支出的用途已经登记，不能再改' },
  'DECISION.PURPOSE_NOT_DECIDED': {
    status: 422,
    message: '动用维修资金须由专门的决定允许，这样的决定也不能用于别的支出',
  },
  'DECISION.ANNULLED_ALREADY': { status: 409, message: '这项决定已经登记撤销，请刷新后查看' },
  'SPEND.NOT_PASSED': { status: 409, message: '引用的决定没有生效或已被撤销，不能据此支出' },
  'SPEND.DECIDED_LATER': { status: 409, message: '引用的决定在支出之后才作出，不能据此支出' },
  'SPEND.EXPIRED': { status: 409, message: '引用的决定已过有效期，不能据此支出' },
  'SPEND.OTHER_YEAR': { status: 409, message: '引用的年度预算不是这一年的，不能据此支出' },
  'SPEND.OTHER_PURPOSE': { status: 409, message: '引用的决定没有允许这种用途的支出' },
  'SPEND.NO_AMOUNT': { status: 409, message: '引用的决定没有写明可支出的金额，不能据此支出' },
  'SPEND.NOT_ENOUGH': { status: 409, message: '引用的决定剩余的金额不够这笔支出' },
  'SPEND.SPENT_ELSEWHERE': {
    status: 409,
    message: '更正时退回的金额已经被别的支出用掉，不能再退回原来的账。请冲销那一笔，或者照更正公示',
  },
  'SPEND.CHARGED': { status: 409, message: '这笔支出已经记在另一项决定下' },
  'DECISION.REASON': { status: 422, message: '请写明不通过的原因，至少 {min} 个字' },
});
