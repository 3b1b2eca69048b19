import { defineErrors } from '../errors/index.ts';
import { SPENDING_LIMITS } from './limits.ts';

/** What a request to spend may be refused for; what a decision lacks is said by SPEND.*. */
export const SPENDING_ERRORS = defineErrors({
  'SPENDING.VOTE_REQUIRED': {
    status: 422,
    message: '这笔支出要先经业主大会决定，请写明决定编号',
  },
  'SPENDING.DECISION_UNKNOWN': { status: 422, message: '没有登记这个编号的决定，请核对' },
  'SPENDING.SAME_PERSON': {
    status: 403,
    message: '申请、确认、备案要由三个人分别来做，付款和对账也要两个人，请让另一位来办',
  },
  'SPENDING.NOT_YOURS': { status: 403, message: '这一步不由您来办' },
  'SPENDING.STATE': { status: 409, message: '这笔申请已经有人处理过了，请刷新后再看' },
  'SPENDING.REASON': {
    status: 422,
    message: `请写明原因，至少 ${SPENDING_LIMITS.reasonLength.min} 个字`,
  },
  'SPENDING.PAID_WHEN': { status: 422, message: '付款日期要在街道备案之后，且不晚于今天' },
  'SPENDING.BANK_LINE_USED': { status: 409, message: '这个银行流水号已经记在另一笔支出上，请核对' },
});
