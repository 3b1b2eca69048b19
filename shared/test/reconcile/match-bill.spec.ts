import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { HOUR_MS, MINUTE_MS, startOfDay } from '../../src/kernel/index.ts';
import {
  type BillDay,
  type DifferenceClass,
  type OwnEntry,
  type TradeBillRow,
  entryKey,
  feeUnitsOf,
  matchBill,
} from '../../src/reconcile/index.ts';
import { tries } from '../tries.ts';

const DATE = '2026-11-20';
const NOON = startOfDay(DATE) + 12 * HOUR_MS;
const RATE = 60;

const payment = (n: number, amountFen: number, at = NOON): OwnEntry => ({
  kind: 'PAYMENT',
  orderNo: `P${n}`,
  transactionId: `4200${n}`,
  refundNo: '',
  amountFen,
  state: 'DONE',
  at,
});
const refund = (n: number, amountFen: number, at = NOON): OwnEntry => ({
  ...payment(n, amountFen, at),
  kind: 'REFUND',
  refundNo: `R${n}`,
});
const rowOf = ({ kind, orderNo, transactionId, refundNo, amountFen }: OwnEntry): TradeBillRow => ({
  kind,
  orderNo,
  transactionId,
  refundNo,
  amountFen,
  state: 'SUCCESS',
  feeUnits: (kind === 'REFUND' ? -1 : 1) * feeUnitsOf(amountFen, RATE),
});
const day = (
  ours: readonly OwnEntry[],
  theirs: readonly TradeBillRow[],
  facts: Partial<BillDay> = {},
): BillDay => ({
  date: DATE,
  ours,
  theirs,
  dayBefore: new Set(),
  rate: RATE,
  ...facts,
});

/** What a day of business looks like: payments and refunds at any minute, each in the books and in the bill. */
const entries = fc
  .array(
    fc.record({
      refund: fc.boolean(),
      amountFen: fc.integer({ min: 1, max: 5_000_000 }),
      minute: fc.integer({ min: 0, max: 24 * 60 - 1 }),
    }),
    { maxLength: 60 },
  )
  .map((rows) =>
    rows.map(({ refund: isRefund, amountFen, minute }, n) =>
      (isRefund ? refund : payment)(n, amountFen, startOfDay(DATE) + minute * MINUTE_MS),
    ),
  );

type Seed = { readonly class: DifferenceClass; readonly key: string };

/** Spoils one entry on one side; what the entry is judged by must say so, and nothing else. */
function spoil(
  kind: DifferenceClass,
  own: OwnEntry,
): { readonly ours: OwnEntry[]; readonly theirs: TradeBillRow[]; readonly seed: Seed } {
  const row = rowOf(own);
  const seed = { class: kind, key: entryKey(own) };
  const amountFen = row.amountFen + 1_000;
  const feeUnits = (own.kind === 'REFUND' ? -1 : 1) * feeUnitsOf(amountFen, RATE);
  if (kind === 'MISSING_HERE') return { ours: [], theirs: [row], seed };
  if (kind === 'MISSING_THERE') return { ours: [own], theirs: [], seed };
  if (kind === 'AMOUNT') return { ours: [own], theirs: [{ ...row, amountFen, feeUnits }], seed };
  if (kind === 'STATE') return { ours: [{ ...own, state: 'FAILED' }], theirs: [row], seed };
  if (kind === 'DUPLICATE') return { ours: [own], theirs: [row, row], seed };
  return { ours: [own], theirs: [{ ...row, feeUnits: row.feeUnits + 2_000 }], seed };
}

const told = (bill: BillDay): Seed[] => matchBill(bill).map(({ class: kind, key }) => ({ class: kind, key }));
const sorted = (seeds: readonly Seed[]) => seeds.map((seed) => `${seed.class} ${seed.key}`).sort();

describe('a day beside its trade bill', () => {
  it('agrees where both sides have the same: not one false alarm in any day', () => {
    fc.assert(
      fc.property(entries, (ours) => {
        expect(matchBill(day(ours, ours.map(rowOf)))).toEqual([]);
      }),
    );
  });

  it('finds every seeded difference and nothing else', () => {
    const kinds: readonly (DifferenceClass | null)[] = [
      null,
      'MISSING_HERE',
      'MISSING_THERE',
      'AMOUNT',
      'STATE',
      'DUPLICATE',
      'FEE',
    ];
    // The last half hour is judged with the bill of the next day; the property after this one covers it.
    const within = entries.map((rows) =>
      rows.map((row) => ({ ...row, at: Math.min(row.at, NOON + 11 * HOUR_MS) })),
    );
    fc.assert(
      fc.property(
        within,
        fc.array(fc.constantFrom(...kinds), { minLength: 60, maxLength: 60 }),
        (rows, plan) => {
          const sides = rows.map((own, n) => {
            const kind = plan[n] ?? null;
            return kind === null ? { ours: [own], theirs: [rowOf(own)], seed: null } : spoil(kind, own);
          });
          const found = told(
            day(
              sides.flatMap(({ ours }) => ours),
              sides.flatMap(({ theirs }) => theirs),
            ),
          );
          expect(sorted(found)).toEqual(sorted(sides.flatMap(({ seed }) => (seed === null ? [] : [seed]))));
        },
      ),
      { numRuns: tries(300) },
    );
  });

  it('leaves what came around midnight to whichever bill has it', () => {
    const late = payment(1, 5_809, startOfDay(DATE) + 24 * HOUR_MS - MINUTE_MS);
    expect(matchBill(day([late], []))).toEqual([]);
    const next = { date: '2026-11-21', dayBefore: new Set<string>() };
    expect(matchBill(day([late], [rowOf(late)], next))).toEqual([]);
    expect(told(day([late], [], next))).toEqual([{ class: 'MISSING_THERE', key: 'P:42001' }]);
    expect(matchBill(day([late], [], { ...next, dayBefore: new Set(['P:42001']) }))).toEqual([]);
  });

  it('takes a refund that the bill still calls under way for agreed, and one that failed here for a difference', () => {
    const own = refund(1, 100);
    const underWay = { ...rowOf(own), state: 'PROCESSING' };
    expect(matchBill(day([own], [underWay]))).toEqual([]);
    expect(matchBill(day([{ ...own, state: 'UNDER_WAY' }], [underWay]))).toEqual([]);
    expect(told(day([{ ...own, state: 'FAILED' }], [underWay]))).toEqual([{ class: 'STATE', key: 'R:R1' }]);
    expect(told(day([{ ...own, state: 'UNDER_WAY' }], [rowOf(own)]))).toEqual([
      { class: 'STATE', key: 'R:R1' },
    ]);
  });

  it('does not miss a refund that failed and is in no bill, nor expects one', () => {
    expect(matchBill(day([{ ...refund(1, 100), state: 'FAILED' }], []))).toEqual([]);
    expect(matchBill(day([{ ...refund(1, 100), state: 'UNDER_WAY' }], []))).toEqual([]);
  });

  it('tells the same payment under another order, and one that we have twice', () => {
    const own = payment(1, 100);
    expect(told(day([own], [{ ...rowOf(own), orderNo: 'P2' }]))).toEqual([
      { class: 'AMOUNT', key: 'P:42001' },
    ]);
    expect(told(day([own, own], [rowOf(own)]))).toEqual([{ class: 'DUPLICATE', key: 'P:42001' }]);
  });

  it('accepts a fee that is rounded to the fen', () => {
    const own = payment(1, 5_809);
    expect(matchBill(day([own], [{ ...rowOf(own), feeUnits: 35_000 }]))).toEqual([]);
    expect(told(day([own], [{ ...rowOf(own), feeUnits: 36_000 }]))).toEqual([
      { class: 'FEE', key: 'P:42001' },
    ]);
  });
});
