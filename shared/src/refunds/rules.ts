import type { Fen, Instant } from '../kernel/index.ts';
import type { QuarantineReason } from '../fees/index.ts';
import { REFUND_LIMITS } from './limits.ts';
import type { RefundErrorCode } from './errors.ts';
import { REFUND_DEAD_STATES, type RefundState } from './status.ts';

/** A payment as far as giving it back is concerned. */
export interface RefundablePayment {
  readonly paidFen: Fen;
  /** Instant, epoch ms. */
  readonly paidAt: Instant;
  /** Every refund of it so far. */
  readonly refunds: readonly { readonly amountFen: Fen; readonly state: RefundState }[];
}

const isDead = (state: RefundState) => REFUND_DEAD_STATES.some((dead) => dead === state);

/** What may still be given back: what has been asked for counts as gone until it has failed for good. */
export function refundableFen({ paidFen, refunds }: RefundablePayment): Fen {
  return (
    paidFen - refunds.filter(({ state }) => !isDead(state)).reduce((sum, { amountFen }) => sum + amountFen, 0)
  );
}

/** Why this much of the payment cannot be given back now; empty where it can. */
export function refundFaults(payment: RefundablePayment, amountFen: Fen, now: Instant): RefundErrorCode[] {
  const faults: RefundErrorCode[] = [];
  if (amountFen <= 0 || amountFen > refundableFen(payment)) faults.push('REFUND.OVER_PAID');
  const heardOf = payment.refunds.filter(({ state }) => state !== 'REJECTED' && state !== 'WITHDRAWN');
  if (heardOf.length >= REFUND_LIMITS.perPayment) faults.push('REFUND.TOO_MANY');
  if (isTooOld(payment.paidAt, now)) faults.push('REFUND.TOO_LATE');
  return faults;
}

/** WeChat gives nothing back any more of a payment made then. */
export function isTooOld(paidAt: Instant, now: Instant): boolean {
  return now > paidAt + REFUND_LIMITS.withinMs;
}

/** A part of a payment for one bill: what it was for, and how much of it went back before. */
export interface PaidPart {
  readonly principalFen: Fen;
  readonly lateFeeFen: Fen;
  readonly refundedFen: Fen;
}

/** Which of the bill's money goes back: what the bill asked for first, its late fee last. */
export function splitRefund(
  { principalFen, refundedFen }: PaidPart,
  amountFen: Fen,
): { readonly principalFen: Fen; readonly lateFeeFen: Fen } {
  const principal = Math.min(amountFen, Math.max(0, principalFen - refundedFen));
  return { principalFen: principal, lateFeeFen: amountFen - principal };
}

/** Money that came to another merchant cannot be sent back by this one. */
export function isOurMoney(reason: QuarantineReason): boolean {
  return reason !== 'MERCHANT';
}

/** A sum of another currency is no fen, and pays no bill. */
export function isCreditable(reason: QuarantineReason): boolean {
  return isOurMoney(reason) && reason !== 'CURRENCY';
}

/** What WeChat shows the payer: as much of the reason as fits, cut between characters. */
export function refundReasonText(reason: string): string {
  let bytes = 0;
  let text = '';
  for (const character of reason) {
    const code = character.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    if (bytes > REFUND_LIMITS.reasonBytes) return text;
    text += character;
  }
  return text;
}
