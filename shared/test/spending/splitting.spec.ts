import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { type SpendCategory, spendYearOf } from '../../src/income/index.ts';
import {
  splitDays,
  splitPeriodText,
  type SplitRules,
  splitsOf,
  type UndecidedSpend,
} from '../../src/spending/index.ts';

const THRESHOLD = 500_000;
const spend = (facts: Partial<UndecidedSpend> = {}): UndecidedSpend => ({
  category: 'FACILITY_UPGRADE',
  payee: '奇台县安达门禁有限公司',
  amountFen: 200_000,
  on: '2026-06-30',
  ...facts,
});
const other = { payee: '奇台县青禾园林绿化有限公司', category: 'GREENING' } as const;
/** As the platform has it where no region says otherwise. */
const CALENDAR: SplitRules = { spendYearStartsMonth: 1, splitWindow: { kind: 'YEAR' } };
const FISCAL: SplitRules = { spendYearStartsMonth: 4, splitWindow: { kind: 'YEAR' } };
const ROLLING: SplitRules = { spendYearStartsMonth: 1, splitWindow: { kind: 'ROLLING_MONTHS', months: 12 } };
const kinds = (
  each: UndecidedSpend,
  others: readonly UndecidedSpend[],
  thresholdFen: number,
  rules: SplitRules = CALENDAR,
) => splitsOf(each, others, thresholdFen, rules).map(({ kind }) => kind);

describe('a large spend in small pieces', () => {
  it('is found at the threshold itself, not a fen below', () => {
    const earlier = [spend({ amountFen: 300_000 })];
    expect(splitsOf(spend(), earlier, THRESHOLD, CALENDAR)).toEqual([
      { kind: 'PURPOSE', earlierFen: 300_000, togetherFen: 500_000, thresholdFen: THRESHOLD },
      { kind: 'PAYEE', earlierFen: 300_000, togetherFen: 500_000, thresholdFen: THRESHOLD },
    ]);
    expect(kinds(spend({ amountFen: 199_999 }), earlier, THRESHOLD)).toEqual([]);
  });

  it('is found by its purpose whoever is paid, and by who is paid whatever for, however the name is written', () => {
    const { payee, category } = other;
    const earlier = [spend({ amountFen: 400_000 })];
    expect(kinds(spend({ payee }), earlier, THRESHOLD)).toEqual(['PURPOSE']);
    expect(kinds(spend({ category, payee: '奇台县安达门禁　有限公司' }), earlier, THRESHOLD)).toEqual([
      'PAYEE',
    ]);
    expect(kinds(spend({ category, payee: '奇台县安达门禁' }), earlier, THRESHOLD)).toEqual(['PAYEE']);
    expect(kinds(spend(other), earlier, THRESHOLD)).toEqual([]);
  });

  it('a spend that stands alone is in no pieces, whatever it comes to', () => {
    expect(kinds(spend({ amountFen: 900_000 }), [], THRESHOLD)).toEqual([]);
  });

  it('however spends are cut and ordered, what gets by never reaches the threshold for a purpose or a payee', () => {
    const piece = fc.record({
      category: fc.constantFrom<SpendCategory>('FACILITY_UPGRADE', 'GREENING', 'REPAIR_COMMON'),
      payee: fc.constantFrom(spend().payee, other.payee, '奇台县顺达机电有限公司'),
      amountFen: fc.integer({ min: 1, max: THRESHOLD - 1 }),
      on: fc.constant('2026-06-30'),
    });
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const passed: UndecidedSpend[] = [];
        for (const each of pieces)
          if (splitsOf(each, passed, THRESHOLD, CALENDAR).length === 0) passed.push(each);
        for (const field of ['category', 'payee'] as const)
          for (const name of new Set(passed.map((each) => each[field]))) {
            const alike = passed.filter((each) => each[field] === name);
            expect(alike.reduce((sum, { amountFen }) => sum + amountFen, 0)).toBeLessThan(THRESHOLD);
          }
      }),
    );
  });

  it('is added up within the period that the region says: a calendar year, another year, or months that roll', () => {
    const half = { amountFen: 300_000 };
    const [march, may, january] = ['2026-03-31', '2026-05-01', '2027-01-15'].map((on) =>
      spend({ ...half, on }),
    );
    if (march === undefined || may === undefined || january === undefined) throw new Error('three days');
    const apart = (one: UndecidedSpend, other: UndecidedSpend, rules: SplitRules) =>
      kinds(one, [other], THRESHOLD, rules).length === 0;
    expect([apart(may, march, CALENDAR), apart(january, may, CALENDAR)]).toEqual([false, true]);
    expect([apart(may, march, FISCAL), apart(january, may, FISCAL)]).toEqual([true, false]);
    expect([apart(may, march, ROLLING), apart(january, may, ROLLING)]).toEqual([false, false]);
    // Also where the earlier one is booked last; a year later to the day is another twelve months.
    expect(apart(march, january, ROLLING)).toBe(false);
    expect(apart(spend({ ...half, on: '2027-03-31' }), march, ROLLING)).toBe(true);
    expect(apart(spend({ ...half, on: '2027-03-30' }), march, ROLLING)).toBe(false);
  });

  it('where months roll, two spends that no twelve months hold together do not count against a third between them', () => {
    const [first, last] = ['2026-01-01', '2027-06-01'].map((on) => spend({ amountFen: 200_000, on }));
    if (first === undefined || last === undefined) throw new Error('two days');
    const between = spend({ amountFen: 200_000, on: '2026-08-01' });
    expect(kinds(between, [first, last], THRESHOLD, ROLLING)).toEqual([]);
    expect(kinds(between, [first, last], 400_000, ROLLING)).toEqual(['PURPOSE', 'PAYEE']);
  });

  it('looks at no day outside of what may be added up, also at the end of February', () => {
    expect(splitDays('2026-03-31', FISCAL)).toEqual({ from: '2025-04-01', until: '2026-03-31' });
    expect(splitDays('2026-03-31', CALENDAR)).toEqual({ from: '2026-01-01', until: '2026-12-31' });
    expect(splitDays('2028-02-29', ROLLING)).toEqual({ from: '2027-02-28', until: '2029-02-28' });
    expect([CALENDAR, FISCAL, ROLLING].map(splitPeriodText)).toEqual([
      '今年',
      '本年度（4 月起）',
      '连续 12 个月内',
    ]);
  });
});

describe('the year of budgets', () => {
  it('is called by the year in which it begins, wherever the region lets it begin', () => {
    expect(spendYearOf('2026-03-31', CALENDAR)).toBe(2026);
    expect(spendYearOf('2026-03-31', FISCAL)).toBe(2025);
    expect(spendYearOf('2026-04-01', FISCAL)).toBe(2026);
  });
});
