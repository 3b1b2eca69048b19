import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { DAY_MS } from '../../src/kernel/index.ts';
import {
  REFUND_LIMITS,
  REFUND_MACHINE,
  REFUND_STATES,
  refundableFen,
  refundFaults,
  refundReasonText,
  splitRefund,
  type RefundablePayment,
  type RefundState,
} from '../../src/refunds/index.ts';

const NOW = Date.UTC(2026, 10, 21);
const payment = (facts: Partial<RefundablePayment> = {}): RefundablePayment => ({
  paidFen: 49_599,
  paidAt: NOW - DAY_MS,
  refunds: [],
  ...facts,
});
const some = (state: RefundState, amountFen = 100) => ({ amountFen, state });

describe('how much of a payment may be given back', () => {
  it('never more than was paid, whatever was asked for before', () => {
    const refunds = fc.array(
      fc.record({ state: fc.constantFrom(...REFUND_STATES), amountFen: fc.integer({ min: 1, max: 9_000 }) }),
    );
    fc.assert(
      fc.property(refunds, fc.integer({ min: 1, max: 60_000 }), (asked, amountFen) => {
        // Each is asked for in turn, and only what the rule lets through is there for the next.
        const refundsSoFar: { amountFen: number; state: RefundState }[] = [];
        for (const refund of asked)
          if (refundFaults(payment({ refunds: refundsSoFar }), refund.amountFen, NOW).length === 0)
            refundsSoFar.push(refund);
        const alive = payment({ refunds: refundsSoFar });
        expect(refundableFen(alive)).toBeGreaterThanOrEqual(0);
        if (amountFen > refundableFen(alive))
          expect(refundFaults(alive, amountFen, NOW)).toContain('REFUND.OVER_PAID');
      }),
    );
  });

  it('all of it, to the fen, and not a fen more', () => {
    expect(refundFaults(payment(), 49_599, NOW)).toEqual([]);
    expect(refundFaults(payment(), 49_600, NOW)).toEqual(['REFUND.OVER_PAID']);
    expect(refundFaults(payment(), 0, NOW)).toEqual(['REFUND.OVER_PAID']);
  });

  it('again what was refused, withdrawn or closed', () => {
    const refunds = [some('REJECTED', 49_599), some('WITHDRAWN', 49_599), some('CLOSED', 49_599)];
    expect(refundableFen(payment({ refunds }))).toBe(49_599);
    expect(refundableFen(payment({ refunds: [some('ABNORMAL', 99)] }))).toBe(49_500);
  });

  it('fifty times, and those that never reached WeChat do not count', () => {
    const fifty = Array.from({ length: 50 }, () => some('SUCCEEDED'));
    expect(refundFaults(payment({ refunds: fifty }), 1, NOW)).toEqual(['REFUND.TOO_MANY']);
    expect(refundFaults(payment({ refunds: [...fifty.slice(1), some('REJECTED')] }), 1, NOW)).toEqual([]);
  });

  it('for a year', () => {
    const paidAt = NOW - REFUND_LIMITS.withinMs;
    expect(refundFaults(payment({ paidAt }), 1, NOW)).toEqual([]);
    expect(refundFaults(payment({ paidAt: paidAt - 1 }), 1, NOW)).toEqual(['REFUND.TOO_LATE']);
  });
});

describe('a refund of a bill with a late fee', () => {
  it('gives back the bill first, the late fee last, and in parts the same as at once', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9_000 }),
        fc.integer({ min: 0, max: 900 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (principalFen, lateFeeFen, share) => {
          const all = principalFen + lateFeeFen;
          const first = Math.floor(all * share);
          const one = splitRefund({ principalFen, lateFeeFen, refundedFen: 0 }, first);
          const two = splitRefund({ principalFen, lateFeeFen, refundedFen: first }, all - first);
          expect(one.principalFen + two.principalFen).toBe(principalFen);
          expect(one.lateFeeFen + two.lateFeeFen).toBe(lateFeeFen);
        },
      ),
    );
  });
});

describe('the life of a refund', () => {
  it('needs a second person, and ends only on WeChat’s verified word', () => {
    expect(REFUND_MACHINE.next('REQUESTED', 'APPROVE', 'COMPANY')).toMatchObject({
      error: { missing: ['SECOND_PERSON'] },
    });
    expect(REFUND_MACHINE.next('SENT', 'SUCCEED', 'SYSTEM')).toMatchObject({
      error: { missing: ['VERIFIED'] },
    });
    expect(REFUND_MACHINE.next('APPROVED', 'SUCCEED', 'SYSTEM', ['VERIFIED'])).toMatchObject({ ok: false });
  });

  it('is never taken back once WeChat may have it', () => {
    for (const state of ['APPROVED', 'SENT', 'ABNORMAL'] as const)
      expect(REFUND_MACHINE.next(state, 'WITHDRAW', 'ASKER').ok).toBe(false);
  });
});

describe('the reason that the payer reads', () => {
  it('fits WeChat’s eighty bytes and never ends within a character', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (reason) => {
        const text = refundReasonText(reason);
        expect(new TextEncoder().encode(text).length).toBeLessThanOrEqual(80);
        expect(reason.startsWith(text)).toBe(true);
      }),
    );
    expect(refundReasonText('多收了一个月的物业费')).toBe('多收了一个月的物业费');
  });
});
