import { defineErrors } from '../errors/index.ts';
import { REFUND_LIMITS } from './limits.ts';

export const REFUND_ERRORS = defineErrors({
  'REFUND.OVER_PAID': { status: 422, message: '退的比能退的多，请刷新后核对金额' },
  'REFUND.TOO_MANY': { status: 409, message: `同一笔付款最多退 ${REFUND_LIMITS.perPayment} 次` },
  'REFUND.TOO_LATE': { status: 409, message: '付款已超过一年，微信不能原路退回，请和业主商量别的办法' },
  'REFUND.NOTHING_PAID': { status: 409, message: '这笔订单没有缴清这张账单，不能从它退款' },
  'REFUND.SAME_PERSON': { status: 403, message: '提出和审批不能是同一个人，请让另一位同事来审批' },
  'REFUND.NOT_YOURS': { status: 403, message: '不是您提出的，不能撤回' },
  'REFUND.DECIDED': { status: 409, message: '已经有人处理过了，请刷新后再看' },
  'REFUND.NOT_OURS': {
    status: 422,
    message: '这笔钱没有进本小区的商户号，不能从这里退，请改为核销并写明原因',
  },
  'REFUND.NO_HOME': { status: 422, message: '这笔钱对不上哪一户，不能记为预存，请退回' },
  'REFUND.PENDING': { status: 409, message: '已经有一个处理意见在等审批' },
  'REFUND.OUTCOME': { status: 422, message: '不能这样处理，请从给出的办法里选' },
  'REFUND.CREDIT_GONE': { status: 409, message: '这笔多付的钱已经用完或退回，请刷新后再看' },
});
export type RefundErrorCode = keyof typeof REFUND_ERRORS;
