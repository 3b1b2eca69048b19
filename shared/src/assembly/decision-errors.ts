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
  'DECISION.REASON': { status: 422, message: '请写明不通过的原因，至少 {min} 个字' },
});
