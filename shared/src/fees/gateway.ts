import type { Fen } from '../kernel/index.ts';

/** What WeChat Pay says of an order, verified: by callback or by query. */
export interface GatewayPayment {
  readonly orderNo: string;
  readonly transactionId: string;
  readonly mchId: string;
  readonly appId: string;
  readonly amountFen: Fen;
  readonly currency: string;
  /** The payer as a blind index, never the openid itself. */
  readonly payerIndex: string;
  /** Instant, epoch ms. */
  readonly paidAt: number;
}

/** Our own order, as far as the gateway's word is held against it. */
export interface ExpectedPayment {
  readonly mchId: string;
  readonly appId: string;
  readonly amountFen: Fen;
  readonly payerIndex: string;
}

/** Why money is set aside 待核对. */
export const QUARANTINE_REASONS = [
  'UNKNOWN_ORDER',
  'AMOUNT',
  'CURRENCY',
  'MERCHANT',
  'APP',
  'PAYER',
] as const;
export type QuarantineReason = (typeof QUARANTINE_REASONS)[number];
export const QUARANTINE_LABELS: Readonly<Record<QuarantineReason, string>> = {
  UNKNOWN_ORDER: '没有这笔订单',
  AMOUNT: '金额不符',
  CURRENCY: '币种不符',
  MERCHANT: '商户号不符',
  APP: '应用不符',
  PAYER: '付款人不符',
};

/** Why money became a credit 预存: it is never lost, and never booked twice. */
export const CREDIT_REASONS = ['LATE_SUCCESS', 'ALREADY_PAID'] as const;
export type CreditReason = (typeof CREDIT_REASONS)[number];
export const CREDIT_LABELS: Readonly<Record<CreditReason, string>> = {
  LATE_SUCCESS: '订单关闭后到账',
  ALREADY_PAID: '账单已经缴清',
};

/** The first thing about a payment that is not as ordered; null where all of it is. */
export function mismatchOf(expected: ExpectedPayment, payment: GatewayPayment): QuarantineReason | null {
  if (payment.mchId !== expected.mchId) return 'MERCHANT';
  if (payment.appId !== expected.appId) return 'APP';
  if (payment.currency !== 'CNY') return 'CURRENCY';
  if (payment.amountFen !== expected.amountFen) return 'AMOUNT';
  return payment.payerIndex === expected.payerIndex ? null : 'PAYER';
}

/**
 * When an unanswered order is asked about 查单: a callback may be lost, and the phone's word is no proof. Milliseconds
 * after it was placed.
 */
export const QUERY_SCHEDULE_MS = [5_000, 15_000, 30_000, 60_000, 180_000, 600_000, 1_800_000] as const;
