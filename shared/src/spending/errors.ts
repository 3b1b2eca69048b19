import { defineErrors } from '../errors/index.ts';
import { SPENDING_LIMITS } from './limits.ts';

/** What a request to spend may be refused for; what a decision lacks is said by SPEND.*. */
export const SPENDING_ERRORS = defineErrors({
  'SPENDING.VOTE_REQUIRED': {
    status: 422,
    message: '这笔支出要先经业主大会决定，请写明决定编号',
  },
  'SPENDING.SPLIT_PURPOSE': {
    status: 422,
    message:
      '{period}同一用途已支出和申请 {earlier} 元，加上这一笔 {amount} 元共 {together} 元，达到 {threshold} 元，需要业主决定',
  },
  'SPENDING.SPLIT_PAYEE': {
    status: 422,
    message:
      '{period}付给同一收款单位已支出和申请 {earlier} 元，加上这一笔 {amount} 元共 {together} 元，达到 {threshold} 元，需要业主决定',
  },
  'SPENDING.BUDGET_SMALL_ONLY': {
    status: 422,
    message: '年度预算只用于达不到表决金额的日常支出，这一笔要由业主大会单独决定',
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
  'SPENDING.LINE_UNKNOWN': { status: 422, message: '导入的银行流水里没有这一笔支出，请先导入流水' },
  'SPENDING.LINE_AMOUNT': { status: 422, message: '银行流水上是 {found} 元，和登记的付款金额不一致' },
  'SPENDING.LINE_DATE': { status: 422, message: '银行流水上是 {found}，和登记的付款日期差得太远' },
  'SPENDING.LINE_COUNTERPARTY': {
    status: 422,
    message: '银行流水上的收款方是“{found}”，和登记的收款单位不一致',
  },
  'SPENDING.LINE_MATCHED': { status: 409, message: '这条银行流水已经和另一笔付款对上了' },
  'SPENDING.NOTHING_OPEN': { status: 409, message: '这一笔已经对上或说明过了，请刷新后再看' },
  'SPENDING.BANK_LINE_USED': { status: 409, message: '这个银行流水号已经记在另一笔支出上，请核对' },
});
