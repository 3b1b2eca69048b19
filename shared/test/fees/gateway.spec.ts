import { describe, expect, it } from '@jest/globals';
import { PAYMENT_MACHINE, QUERY_SCHEDULE_MS, type GatewayPayment, mismatchOf } from '../../src/fees/index.ts';

const ORDER = { mchId: '1900000109', appId: 'wx8888', amountFen: 5809, payerIndex: 'payer' };
const PAYMENT: GatewayPayment = {
  ...ORDER,
  orderNo: 'P1',
  transactionId: '4200',
  currency: 'CNY',
  paidAt: 1,
};

describe('a payment held against its order', () => {
  it('fits when merchant, app, currency, amount and payer are as ordered', () => {
    expect(mismatchOf(ORDER, PAYMENT)).toBeNull();
  });

  it.each([
    ['MERCHANT', { mchId: '1900000110' }],
    ['APP', { appId: 'wx9999' }],
    ['CURRENCY', { currency: 'USD' }],
    ['AMOUNT', { amountFen: 5808 }],
    ['PAYER', { payerIndex: 'somebody else' }],
  ] as const)('is set aside for its %s', (reason, change) => {
    expect(mismatchOf(ORDER, { ...PAYMENT, ...change })).toBe(reason);
  });

  it('one fen too much is as wrong as one too few', () => {
    expect(mismatchOf(ORDER, { ...PAYMENT, amountFen: 5810 })).toBe('AMOUNT');
  });
});

describe('an order nobody told us of', () => {
  it('is asked about within the first minute, and last when it expires', () => {
    expect(QUERY_SCHEDULE_MS.filter((ms) => ms <= 60_000)).toHaveLength(4);
    expect(QUERY_SCHEDULE_MS.at(-1)).toBe(30 * 60_000);
    expect([...QUERY_SCHEDULE_MS].sort((a, b) => a - b)).toEqual([...QUERY_SCHEDULE_MS]);
  });

  it('can only be confirmed by a verified word about the right amount', () => {
    expect(PAYMENT_MACHINE.next('PREPAID', 'CONFIRM', 'SYSTEM', ['VERIFIED']).ok).toBe(false);
    expect(PAYMENT_MACHINE.next('PREPAID', 'CONFIRM', 'PAYER', ['VERIFIED', 'AMOUNT_MATCHES']).ok).toBe(
      false,
    );
    expect(PAYMENT_MACHINE.next('PREPAID', 'CONFIRM', 'SYSTEM', ['VERIFIED', 'AMOUNT_MATCHES'])).toEqual({
      ok: true,
      value: 'PAID',
    });
  });

  it('closed, it is never paid by itself again: late money is set aside', () => {
    expect(PAYMENT_MACHINE.next('CLOSED', 'CONFIRM', 'SYSTEM', ['VERIFIED', 'AMOUNT_MATCHES']).ok).toBe(
      false,
    );
    expect(PAYMENT_MACHINE.next('CLOSED', 'LATE_SUCCESS', 'SYSTEM', ['VERIFIED', 'AMOUNT_MATCHES'])).toEqual({
      ok: true,
      value: 'QUARANTINED',
    });
  });
});
