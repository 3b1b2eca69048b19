/** The life of an order: placed, paid or closed, and what WeChat says of it when asked. */
import { randomBytes } from 'node:crypto';

import { contradictedFen, enqueue } from '../delivery/callbacks.ts';
import { numberedBy, type Sandbox } from '../context.ts';
import type { Json } from '../json.ts';
import { readOrderRequest } from './order-request.ts';
import { PayError } from './errors.ts';
import type { Order, TradeState } from '../records.ts';
import { HOUR, compactTime, rfc3339 } from '../shanghai-time.ts';

const PREPAY_LIFE_MS = 2 * HOUR;

const STATE_TEXTS: Readonly<Record<TradeState, string>> = {
  NOTPAY: '订单未支付',
  SUCCESS: '支付成功',
  CLOSED: '订单已关闭',
  REFUND: '订单发生过退款，退款详情请查询退款单',
};

/** `wx`, the second, and 20 hexadecimal digits: 36 characters, as WeChat's are. */
const newPrepayId = (now: number): string => `wx${compactTime(now)}${randomBytes(10).toString('hex')}`;

export function saveOrder(sandbox: Sandbox, order: Order): Order {
  sandbox.store.put('orders', order.outTradeNo, order);
  return order;
}

export function findOrderByTransaction(sandbox: Sandbox, transactionId: string): Order | null {
  return sandbox.store.all('orders').find((order) => order.transactionId === transactionId) ?? null;
}

/** The same request again gives the same order: its prepay id, or a new one when that has expired. */
export function placeOrder(sandbox: Sandbox, json: Json): Order {
  const now = sandbox.clock.now();
  const { appOrigins } = sandbox.settings;
  const request = readOrderRequest(json, { ...sandbox.credentials.identity, appOrigins }, now);
  const known = sandbox.store.get('orders', request.outTradeNo);
  if (!known) {
    return saveOrder(sandbox, {
      ...request,
      placedAt: now,
      prepayId: newPrepayId(now),
      prepayUntil: now + PREPAY_LIFE_MS,
      state: 'NOTPAY',
      transactionId: null,
      paidAt: null,
      reportedFen: request.amountFen,
    });
  }
  if (known.state === 'CLOSED') throw new PayError('ORDER_CLOSED');
  if (known.state !== 'NOTPAY') throw new PayError('ORDERPAID');
  if (known.fingerprint !== request.fingerprint) throw new PayError('OUT_TRADE_NO_USED');
  if (known.prepayUntil > now) return known;
  return saveOrder(sandbox, { ...known, prepayId: newPrepayId(now), prepayUntil: now + PREPAY_LIFE_MS });
}

/** Closing is idempotent, and answers the same for a number that was never used. */
export function closeOrder(sandbox: Sandbox, outTradeNo: string): void {
  const order = sandbox.store.get('orders', outTradeNo);
  if (!order || order.state === 'CLOSED') return;
  if (order.state !== 'NOTPAY') throw new PayError('ORDERPAID');
  saveOrder(sandbox, { ...order, state: 'CLOSED' });
}

export type PayRefusal =
  'PREPAY_UNKNOWN' | 'PREPAY_EXPIRED' | 'PAYING_ENDED' | 'ORDER_CLOSED' | 'ORDER_PAID' | 'OPENID_MISMATCH';

export type PayOutcome =
  { readonly ok: true; readonly order: Order } | { readonly ok: false; readonly refusal: PayRefusal };

export function findOrderByPrepay(sandbox: Sandbox, prepayId: string): Order | null {
  return sandbox.store.all('orders').find((order) => order.prepayId === prepayId) ?? null;
}

/** Why this order cannot be paid now, or null when it can. */
export function payRefusal(sandbox: Sandbox, order: Order): PayRefusal | null {
  const now = sandbox.clock.now();
  if (order.state === 'CLOSED') return 'ORDER_CLOSED';
  if (order.state !== 'NOTPAY') return 'ORDER_PAID';
  if (now >= order.payableUntil) return 'PAYING_ENDED';
  return now >= order.prepayUntil ? 'PREPAY_EXPIRED' : null;
}

/**
 * The payer confirms. `force` pays a closed or expired order too: the payer had the password typed in when
 * the order was closed, and the money arrives all the same.
 */
export function payOrder(
  sandbox: Sandbox,
  prepayId: string,
  openid: string | null,
  force = false,
): PayOutcome {
  const order = findOrderByPrepay(sandbox, prepayId);
  if (!order) return { ok: false, refusal: 'PREPAY_UNKNOWN' };
  if (openid !== null && openid !== order.payerOpenid) return { ok: false, refusal: 'OPENID_MISMATCH' };
  const refusal = payRefusal(sandbox, order);
  if (refusal && (refusal === 'ORDER_PAID' || !force)) return { ok: false, refusal };

  return { ok: true, order: markPaid(sandbox, order) };
}

function markPaid(sandbox: Sandbox, order: Order): Order {
  const now = sandbox.clock.now();
  const serial = String(sandbox.store.nextNumber('transactions')).padStart(10, '0');
  const faults = sandbox.faults.takeForCallback('payment', order.outTradeNo);
  const paid = saveOrder(sandbox, {
    ...order,
    state: 'SUCCESS',
    transactionId: `4200${numberedBy(sandbox)}${compactTime(now).slice(0, 8)}${serial}`,
    paidAt: now,
    reportedFen: contradictedFen(faults) ?? order.amountFen,
  });
  const content = describeOrder(sandbox, paid);
  enqueue(
    sandbox,
    {
      kind: 'payment',
      subject: order.outTradeNo,
      url: order.notifyUrl,
      eventType: 'TRANSACTION.SUCCESS',
      summary: '支付成功',
      content,
    },
    faults,
  );
  return paid;
}

/** The order as WeChat tells it, in a reply to a query and inside a callback. */
export function describeOrder(sandbox: Sandbox, order: Order): Json {
  const { appId, mchId } = sandbox.credentials.identity;
  const common = {
    mchid: mchId,
    appid: appId,
    out_trade_no: order.outTradeNo,
    trade_state: order.state,
    trade_state_desc: STATE_TEXTS[order.state],
    promotion_detail: [],
  };
  if (order.transactionId === null || order.paidAt === null) {
    return { ...common, amount: { total: order.amountFen, currency: 'CNY' } };
  }
  return {
    ...common,
    transaction_id: order.transactionId,
    trade_type: 'JSAPI',
    bank_type: 'OTHERS',
    attach: order.attach ?? '',
    success_time: rfc3339(order.paidAt),
    payer: { openid: order.payerOpenid },
    amount: {
      total: order.reportedFen,
      payer_total: order.reportedFen,
      currency: 'CNY',
      payer_currency: 'CNY',
    },
  };
}
