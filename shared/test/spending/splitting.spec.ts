import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { SpendCategory } from '../../src/income/index.ts';
import { splitsOf, type UndecidedSpend } from '../../src/spending/index.ts';

const THRESHOLD = 500_000;
const spend = (facts: Partial<UndecidedSpend> = {}): UndecidedSpend => ({
  category: 'FACILITY_UPGRADE',
  payee: '奇台县安达门禁有限公司',
  amountFen: 200_000,
  ...facts,
});
const other = { payee: '奇台县青禾园林绿化有限公司', category: 'GREENING' } as const;
const kinds = (...args: Parameters<typeof splitsOf>) => splitsOf(...args).map(({ kind }) => kind);

describe('a large spend in small pieces', () => {
  it('is found at the threshold itself, not a fen below', () => {
    const earlier = [spend({ amountFen: 300_000 })];
    expect(splitsOf(spend(), earlier, THRESHOLD)).toEqual([
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
    });
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const passed: UndecidedSpend[] = [];
        for (const each of pieces) if (splitsOf(each, passed, THRESHOLD).length === 0) passed.push(each);
        for (const field of ['category', 'payee'] as const)
          for (const name of new Set(passed.map((each) => each[field]))) {
            const alike = passed.filter((each) => each[field] === name);
            expect(alike.reduce((sum, { amountFen }) => sum + amountFen, 0)).toBeLessThan(THRESHOLD);
          }
      }),
    );
  });
});
