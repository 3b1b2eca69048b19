import { fc, test } from '@fast-check/jest';
import { describe, expect, it } from '@jest/globals';
import { feeFen, type PayoutRow, splitPayout } from '../../src/reconcile/index.ts';

let serial = 0;
const row = (facts: Partial<PayoutRow> = {}): PayoutRow => ({
  key: `P:${++serial}`,
  kind: 'PAYMENT',
  amountFen: 5809,
  feeUnits: 34_854,
  estateId: 'A',
  booked: true,
  ...facts,
});

describe('a day’s settlement of one merchant', () => {
  it('is one part where it serves one estate', () => {
    const refund = row({ kind: 'REFUND', feeUnits: -34_854 });
    expect(splitPayout([row(), row(), refund])).toEqual([
      { estateId: 'A', booked: true, rows: 3, grossFen: 5809, feeFen: 35, netFen: 5774 },
    ]);
  });

  it('is split by whose order each line is; the fen that the fee rounds away is borne by one of them', () => {
    expect(
      splitPayout([row({ feeUnits: 600 }), row({ estateId: 'B', amountFen: 100, feeUnits: 600 })]),
    ).toEqual([
      { estateId: 'A', booked: true, rows: 1, grossFen: 5809, feeFen: 1, netFen: 5808 },
      { estateId: 'B', booked: true, rows: 1, grossFen: 100, feeFen: 0, netFen: 100 },
    ]);
  });

  it('may take from an estate that gave back more than came', () => {
    const [, given] = splitPayout([
      row(),
      row({ estateId: 'B', kind: 'REFUND', amountFen: 900, feeUnits: -5_400 }),
    ]);
    expect(given).toMatchObject({ estateId: 'B', grossFen: -900, feeFen: -6, netFen: -894 });
  });

  it('keeps apart what is nobody’s: of an order that nobody knows but booked, and of what no book has', () => {
    const parts = splitPayout([
      row({ estateId: null, feeUnits: 0 }),
      row({ booked: false, feeUnits: 0 }),
      row({ booked: false, estateId: 'B', feeUnits: 0 }),
    ]);
    expect(parts).toEqual([
      { estateId: null, booked: true, rows: 1, grossFen: 5809, feeFen: 0, netFen: 5809 },
      { estateId: null, booked: false, rows: 2, grossFen: 11_618, feeFen: 0, netFen: 11_618 },
    ]);
  });

  it('takes a line that stands there twice for a copy', () => {
    const parts = splitPayout([row({ key: 'P:X' }), row({ key: 'P:X' })]);
    expect(parts.map(({ booked, grossFen }) => [booked, grossFen])).toEqual([
      [true, 5809],
      [false, 5809],
    ]);
  });

  it('of an empty day has no parts', () => expect(splitPayout([])).toEqual([]));
});

const rows = fc.array(
  fc.record({
    key: fc.integer({ min: 1, max: 40 }).map((n) => `P:${n}`),
    kind: fc.constantFrom('PAYMENT' as const, 'REFUND' as const),
    amountFen: fc.integer({ min: 1, max: 5_000_000 }),
    feeUnits: fc.integer({ min: -30_000_000, max: 30_000_000 }),
    estateId: fc.constantFrom('A', 'B', 'C', null),
    booked: fc.boolean(),
  }),
  { maxLength: 30 },
);
const total = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);
const grossOf = (some: readonly PayoutRow[]) =>
  total(some.map(({ kind, amountFen }) => (kind === 'REFUND' ? -amountFen : amountFen)));

test.prop([rows])(
  'the parts are the settlement, to the fen, and no line is left out or counted twice',
  (some) => {
    const parts = splitPayout(some);
    const units = total(some.map(({ feeUnits }) => feeUnits));
    expect(total(parts.map((part) => part.rows))).toBe(some.length);
    expect(total(parts.map(({ grossFen }) => grossFen))).toBe(grossOf(some));
    expect(total(parts.map((part) => part.feeFen))).toBe(feeFen(units));
    expect(total(parts.map(({ netFen }) => netFen))).toBe(grossOf(some) - feeFen(units));
  },
);

test.prop([rows])('each estate has its own lines, and bears its own fee to the fen', (some) => {
  const own = some.map((one, index) => ({ ...one, key: `P:${index}`, booked: true }));
  for (const { estateId, grossFen, feeFen: fee } of splitPayout(own)) {
    const mine = own.filter((one) => one.estateId === estateId);
    expect(grossFen).toBe(grossOf(mine));
    expect(Math.abs(fee * 1000 - total(mine.map(({ feeUnits }) => feeUnits)))).toBeLessThanOrEqual(1000);
  }
});

test.prop([
  rows.chain((some) => fc.tuple(fc.constant(some), fc.shuffledSubarray(some, { minLength: some.length }))),
])('in whatever order the lines stand', ([some, shuffled]) => {
  const unique = (list: typeof some) => list.map((one) => ({ ...one, key: `P:${some.indexOf(one)}` }));
  expect(splitPayout(unique(shuffled))).toEqual(splitPayout(unique(some)));
});
