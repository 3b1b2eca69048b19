/** Giving money back: accepted at once, done later; the same refund number gives the money once. */
import type { Errand } from '../agenda.ts';
import { contradictedFen, enqueue } from '../delivery/callbacks.ts';
import { numberedBy, type Sandbox } from '../context.ts';
import { asObject, canonical, textOf, type Json } from '../json.ts';
import { optionalText, readFen, readNotifyUrl, readNumber, requireYuan } from './order-request.ts';
import { findOrderByTransaction, saveOrder } from './orders.ts';
import { PayError, wrongField } from './errors.ts';
import type { Order, Refund } from '../records.ts';
import { DAY, MINUTE, compactTime, rfc3339 } from '../shanghai-time.ts';

const MOST_REFUNDS = 50;
const REFUNDABLE_MS = 365 * DAY;
const APART_MS = MINUTE;
const MAX_REASON_BYTES = 80;
const RECEIVED_BY = '支付用户零钱';

function findPaidOrder(sandbox: Sandbox, json: Json): Order {
  const transactionId = textOf(json, 'transaction_id');
  const outTradeNo = textOf(json, 'out_trade_no');
  if (!transactionId && !outTradeNo) {
    throw wrongField('/out_trade_no', null, 'transaction_id和out_trade_no必须二选一');
  }
  const order = transactionId
    ? findOrderByTransaction(sandbox, transactionId)
    : sandbox.store.get('orders', outTradeNo ?? '');
  if (!order) throw new PayError('RESOURCE_NOT_EXISTS', '订单不存在');
  if (order.paidAt === null) throw new PayError('INVALID_REQUEST', '订单未支付，不能退款');
  return order;
}

function checkAgainstOrder(sandbox: Sandbox, order: Order, outRefundNo: string, refundFen: number): void {
  const now = sandbox.clock.now();
  const others = refundsOf(sandbox, order).filter((refund) => refund.outRefundNo !== outRefundNo);
  const givenBack = others
    .filter((refund) => refund.status !== 'CLOSED')
    .reduce((sum, refund) => sum + refund.amountFen, 0);
  if (givenBack + refundFen > order.reportedFen) {
    throw new PayError('INVALID_REQUEST', '累计退款金额大于支付金额');
  }
  if (others.length >= MOST_REFUNDS) throw new PayError('RULE_LIMIT', '单笔订单部分退款次数不能超过50次');
  if (now > (order.paidAt ?? now) + REFUNDABLE_MS) {
    throw new PayError('INVALID_REQUEST', '订单已超过可退款的最大期限');
  }
  if (others.some((refund) => now - refund.requestedAt < APART_MS)) {
    throw new PayError('FREQUENCY_LIMITED', '同一笔订单多次退款需间隔1分钟');
  }
}

const refundsOf = (sandbox: Sandbox, order: Order): Refund[] =>
  sandbox.store.all('refunds').filter((refund) => refund.outTradeNo === order.outTradeNo);

function readReason(json: Json): string | null {
  const reason = optionalText(json, 'reason', MAX_REASON_BYTES);
  if (reason !== null && Buffer.byteLength(reason) > MAX_REASON_BYTES) {
    throw wrongField('/reason', reason, `reason不能超过${MAX_REASON_BYTES}个字节`);
  }
  return reason;
}

export function requestRefund(sandbox: Sandbox, json: Json): Refund {
  const outRefundNo = readNumber(
    json,
    'out_refund_no',
    /^[0-9A-Za-z_\-|*@]{1,64}$/,
    '应为1到64位数字、大小写字母或_-|*@',
  );
  const amount = asObject(json['amount']);
  requireYuan(amount, true);
  const amountFen = readFen(amount, 'refund');
  const totalFen = readFen(amount, 'total');
  const reason = readReason(json);
  const { appOrigins } = sandbox.settings;
  const notifyUrl = json['notify_url'] === undefined ? null : readNotifyUrl(json, 256, appOrigins);
  const order = findPaidOrder(sandbox, json);
  if (totalFen !== order.reportedFen) throw new PayError('INVALID_REQUEST', '订单金额与支付时不一致');

  const fingerprint = canonical(json);
  const known = sandbox.store.get('refunds', outRefundNo);
  if (known && known.fingerprint !== fingerprint) {
    throw new PayError('INVALID_REQUEST', '请求参数与该退款单号之前的请求不一致');
  }
  // A refund that failed is tried again under its own number; any other is only told again.
  if (known && known.status !== 'ABNORMAL') return known;
  checkAgainstOrder(sandbox, order, outRefundNo, amountFen);

  const now = sandbox.clock.now();
  const serial = String(sandbox.store.nextNumber('refunds')).padStart(10, '0');
  const refund: Refund = {
    outRefundNo,
    refundId: known?.refundId ?? `5030${numberedBy(sandbox)}${compactTime(now).slice(0, 8)}${serial}`,
    outTradeNo: order.outTradeNo,
    transactionId: order.transactionId ?? '',
    amountFen,
    totalFen,
    reportedFen: amountFen,
    reason,
    notifyUrl,
    fingerprint,
    requestedAt: now,
    settlesAt: now + sandbox.settings.refundTakesMs,
    outcome: sandbox.faults.takeRefundOutcome() ?? 'SUCCESS',
    status: 'PROCESSING',
    succeededAt: null,
  };
  sandbox.store.put('refunds', outRefundNo, refund);
  sandbox.wake();
  return refund;
}

function describeCommon(refund: Refund): Json {
  return {
    refund_id: refund.refundId,
    out_refund_no: refund.outRefundNo,
    transaction_id: refund.transactionId,
    out_trade_no: refund.outTradeNo,
    user_received_account: RECEIVED_BY,
    ...(refund.succeededAt === null ? {} : { success_time: rfc3339(refund.succeededAt) }),
  };
}

/** As a reply tells it. */
export function describeRefund(refund: Refund): Json {
  return {
    ...describeCommon(refund),
    channel: 'ORIGINAL',
    create_time: rfc3339(refund.requestedAt),
    status: refund.status,
    funds_account: 'UNSETTLED',
    amount: {
      total: refund.totalFen,
      refund: refund.reportedFen,
      payer_total: refund.totalFen,
      payer_refund: refund.reportedFen,
      settlement_refund: refund.reportedFen,
      settlement_total: refund.totalFen,
      discount_refund: 0,
      currency: 'CNY',
    },
    promotion_detail: [],
  };
}

/** As a callback tells it: fewer fields, and `refund_status` for `status`. */
function describeForCallback(sandbox: Sandbox, refund: Refund): Json {
  return {
    ...describeCommon(refund),
    mchid: sandbox.credentials.identity.mchId,
    refund_status: refund.status,
    amount: {
      total: refund.totalFen,
      refund: refund.reportedFen,
      payer_total: refund.totalFen,
      payer_refund: refund.reportedFen,
    },
  };
}

const SUMMARIES = { SUCCESS: '退款成功', CLOSED: '退款关闭', ABNORMAL: '退款异常' } as const;

function settle(sandbox: Sandbox, refund: Refund): void {
  const status = refund.outcome;
  const faults = sandbox.faults.takeForCallback('refund', refund.outTradeNo);
  const settled: Refund = {
    ...refund,
    reportedFen: contradictedFen(faults) ?? refund.amountFen,
    status,
    succeededAt: status === 'SUCCESS' ? sandbox.clock.now() : null,
  };
  sandbox.store.put('refunds', refund.outRefundNo, settled);
  const order = sandbox.store.get('orders', refund.outTradeNo);
  if (order && status === 'SUCCESS') saveOrder(sandbox, { ...order, state: 'REFUND' });
  if (refund.notifyUrl === null) return;
  enqueue(
    sandbox,
    {
      kind: 'refund',
      subject: refund.outRefundNo,
      url: refund.notifyUrl,
      eventType: `REFUND.${status}`,
      summary: SUMMARIES[status],
      content: describeForCallback(sandbox, settled),
    },
    faults,
  );
}

/** The errand that finishes refunds. */
export function createRefundDesk(sandbox: Sandbox): Errand {
  const processing = (): Refund[] =>
    sandbox.store.all('refunds').filter((refund) => refund.status === 'PROCESSING');
  return {
    nextAt: () => {
      const instants = processing().map((refund) => refund.settlesAt);
      return instants.length > 0 ? Math.min(...instants) : null;
    },
    run: async () => {
      const now = sandbox.clock.now();
      for (const refund of processing()) if (refund.settlesAt <= now) settle(sandbox, refund);
    },
  };
}
