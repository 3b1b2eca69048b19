/** What `wx.requestPayment` does on a phone: checks the merchant's signature, lets the payer confirm. */
import type { Sandbox } from '../context.ts';
import { textOf, type Json } from '../json.ts';
import { payOrder, type PayRefusal } from './orders.ts';
import { paymentMessage, verify } from '../signatures.ts';

export const REFUSAL_TEXTS: Readonly<Record<PayRefusal, string>> = {
  PREPAY_UNKNOWN: '没有这笔订单',
  PREPAY_EXPIRED: '支付会话已过期，请返回重新发起支付',
  PAYING_ENDED: '已超过支付期限，请返回重新下单',
  ORDER_CLOSED: '订单已关闭',
  ORDER_PAID: '该订单已支付',
  OPENID_MISMATCH: '下单账号与支付账号不一致',
};

export type PaymentResult = { readonly errMsg: string; readonly detail?: string };

const fail = (detail: string): PaymentResult => ({ errMsg: 'requestPayment:fail', detail });

/** The prepay id, from the five signed parameters or named directly; a wrong signature gives none. */
function prepayIdOf(sandbox: Sandbox, json: Json): string | null {
  const pack = textOf(json, 'package');
  if (pack === null) return textOf(json, 'prepay_id');
  const { identity, merchantPublicKey } = sandbox.credentials;
  const message = paymentMessage(
    identity.appId,
    textOf(json, 'timeStamp') ?? '',
    textOf(json, 'nonceStr') ?? '',
    pack,
  );
  const signed =
    textOf(json, 'signType') === 'RSA' && verify(message, textOf(json, 'paySign') ?? '', merchantPublicKey);
  return signed && pack.startsWith('prepay_id=') ? pack.slice('prepay_id='.length) : null;
}

/** `outcome` is what the payer does: `ok` (the default), `cancel`, or `fail` (the bank says no). */
export function requestPayment(sandbox: Sandbox, json: Json): PaymentResult {
  const prepayId = prepayIdOf(sandbox, json);
  if (prepayId === null) return fail('支付验证签名失败');
  const outcome = textOf(json, 'outcome') ?? 'ok';
  if (outcome === 'cancel') return { errMsg: 'requestPayment:fail cancel' };
  if (outcome === 'fail') return fail('银行卡可用余额不足');
  const paid = payOrder(sandbox, prepayId, textOf(json, 'openid'), json['force'] === true);
  return paid.ok ? { errMsg: 'requestPayment:ok' } : fail(REFUSAL_TEXTS[paid.refusal]);
}
