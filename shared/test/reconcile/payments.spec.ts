import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { addDays } from '../../src/kernel/index.ts';
import {
  matchPayments,
  PAYMENT_LINE_DAYS,
  paymentLineFaults,
  type RegisteredPayment,
  type Withdrawal,
} from '../../src/reconcile/index.ts';

const PAYEE = '奇台县安达门禁设备有限公司';
const payment = (facts: Partial<RegisteredPayment> = {}): RegisteredPayment => ({
  id: 'S1',
  amountFen: 1_000,
  paidOn: '2026-11-10',
  payee: PAYEE,
  bankLineNo: 'B1',
  ...facts,
});
const line = (facts: Partial<Withdrawal> = {}): Withdrawal => ({
  serial: 'B1',
  onDate: '2026-11-10',
  amountFen: 1_000,
  counterparty: PAYEE,
  ...facts,
});

describe('a payment and a line of the bank', () => {
  it('belong together by amount, day and name; the number that somebody typed proves nothing', () => {
    const { before, after } = PAYMENT_LINE_DAYS;
    const on = (days: number) => line({ onDate: addDays('2026-11-10', days), serial: 'B9' });
    for (const days of [-before, 0, after]) expect(paymentLineFaults(payment(), on(days))).toEqual([]);
    for (const days of [-before - 1, after + 1])
      expect(paymentLineFaults(payment(), on(days))).toEqual(['DATE']);
    expect(paymentLineFaults(payment(), line({ amountFen: 1_001 }))).toEqual(['AMOUNT']);
    expect(paymentLineFaults(payment(), line({ counterparty: '某某商贸有限公司' }))).toEqual([
      'COUNTERPARTY',
    ]);
    expect(paymentLineFaults(payment(), line({ counterparty: '' }))).toEqual(['COUNTERPARTY']);
  });

  it('are the same body when the bank cuts its name or writes it wide, not when only the town is the same', () => {
    const names = (counterparty: string) => paymentLineFaults(payment(), line({ counterparty }));
    expect(names('奇台县安达门禁设备')).toEqual([]);
    expect(names(' 奇台县安达门禁设备 有限公司　')).toEqual([]);
    expect(names('奇台县')).toEqual(['COUNTERPARTY']);
  });
});

describe('the payments of a month beside its lines', () => {
  it('prefers the line with the number that was typed to an earlier one', () => {
    const lines = [line({ serial: 'B0', onDate: '2026-11-09' }), line()];
    expect(matchPayments([payment()], lines).get('S1')?.serial).toBe('B1');
  });

  it('pairs twins in the order of their days', () => {
    const payments = [
      payment({ id: 'S2', paidOn: '2026-11-16', bankLineNo: '' }),
      payment({ bankLineNo: '' }),
    ];
    const lines = [
      line({ serial: 'L2', onDate: '2026-11-17' }),
      line({ serial: 'L1', onDate: '2026-11-11' }),
    ];
    const pairs = [...matchPayments(payments, lines)].map(([id, { serial }]) => [id, serial]);
    expect(pairs.sort()).toEqual([
      ['S1', 'L1'],
      ['S2', 'L2'],
    ]);
  });

  it('uses each line once, pairs nothing that differs, leaves no pair that fits, whatever the order', () => {
    const day = fc.integer({ min: 0, max: 30 }).map((days) => addDays('2026-11-01', days));
    const amountFen = fc.constantFrom(1_000, 2_000);
    const party = fc.constantFrom(PAYEE, '奇台县青禾园林绿化有限公司');
    const payments = fc.array(fc.record({ amountFen, paidOn: day, payee: party }), { maxLength: 8 });
    const lines = fc.array(fc.record({ amountFen, onDate: day, counterparty: party }), { maxLength: 8 });
    fc.assert(
      fc.property(payments, lines, (paid, seen) => {
        const ours = paid.map((facts, at) => payment({ ...facts, id: `S${at}`, bankLineNo: '' }));
        const theirs = seen.map((facts, at) => line({ ...facts, serial: `L${at}` }));
        const matched = matchPayments(ours, theirs);
        const used = [...matched.values()];
        expect(new Set(used).size).toBe(used.length);
        for (const each of ours) {
          const found = matched.get(each.id);
          const candidates = found === undefined ? theirs.filter((other) => !used.includes(other)) : [found];
          const fits = candidates.filter((other) => paymentLineFaults(each, other).length === 0);
          expect(fits).toHaveLength(found === undefined ? 0 : 1);
        }
        expect(matchPayments(ours.toReversed(), theirs.toReversed())).toEqual(matched);
      }),
    );
  });
});
