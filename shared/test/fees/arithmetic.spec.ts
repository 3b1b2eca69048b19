import { describe, expect, it } from '@jest/globals';
import { fc } from '@fast-check/jest';
import { apportion, areaMonthFee, lateFee, meterAmount, monthsFee, pieceFee } from '../../src/fees/index.ts';

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

describe('a month’s fee by area, to the fen', () => {
  it.each([
    ['89.37 ㎡ at 1.85', 8937, 18500, 16533, 49599, 198396],
    ['123.45 ㎡ at 1.6667', 12345, 16667, 20575, 61725, 246900],
    ['100.00 ㎡ at 2.00', 10000, 20000, 20000, 60000, 240000],
    ['89.37 ㎡ at 0.65', 8937, 6500, 5809, 17427, 69708],
  ])('%s', (_, area, rate, month, quarter, year) => {
    expect(areaMonthFee(area, rate)).toBe(month);
    expect(monthsFee(areaMonthFee(area, rate), 3)).toBe(quarter);
    expect(monthsFee(areaMonthFee(area, rate), 12)).toBe(year);
  });

  it('rounds half up: 0.005 元 is one fen', () => {
    expect(areaMonthFee(1, 5000)).toBe(1);
    expect(areaMonthFee(1, 4999)).toBe(0);
  });

  it('by the piece and by the meter', () => {
    expect(pieceFee(400000)).toBe(4000);
    expect(pieceFee(3_000_000)).toBe(30000);
    expect(meterAmount(152700, 5500)).toBe(83985);
    expect(meterAmount(22300, 32000)).toBe(71360);
  });

  it('is exact for any reading that can be entered, though the product leaves 53 bits', () => {
    const reading = fc.integer({ min: 0, max: 100_000_000_000 });
    const price = fc.integer({ min: 0, max: 99_999_999 });
    fc.assert(
      fc.property(reading, price, (usage, rate) => {
        const exact = (BigInt(usage) * BigInt(rate) + 5_000n) / 10_000n;
        expect(BigInt(meterAmount(usage, rate))).toBe(exact);
      }),
    );
  });

  it('is the same whether paid by month, quarter or year, for any area and rate', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 10_000_000 }),
        fc.integer({ min: 0, max: 1_000_000 }),
        (area, rate) => {
          const month = areaMonthFee(area, rate);
          const byMonth = sum(Array.from({ length: 12 }, () => month));
          const byQuarter = sum(Array.from({ length: 4 }, () => monthsFee(month, 3)));
          expect([byMonth, byQuarter]).toEqual([monthsFee(month, 12), monthsFee(month, 12)]);
        },
      ),
    );
  });

  it('is never half a fen away from area times rate', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 10_000_000 }),
        fc.integer({ min: 0, max: 1_000_000 }),
        (area, rate) => {
          const exact = BigInt(area) * BigInt(rate);
          const off = BigInt(areaMonthFee(area, rate)) * 10_000n - exact;
          expect(off > -5_000n && off <= 5_000n).toBe(true);
        },
      ),
    );
  });
});

describe('apportioning by largest remainder', () => {
  it.each([
    [10000, [1, 1, 1], [3334, 3333, 3333]],
    [100001, [8937, 12010, 6600], [32443, 43599, 23959]],
    [5, [1, 1, 1, 1, 1, 1, 1], [1, 1, 1, 1, 1, 0, 0]],
    [0, [3, 4], [0, 0]],
    [7, [0, 1], [0, 7]],
  ])('%i fen over %j', (total, weights, shares) => {
    expect(apportion(total, weights)).toEqual(shares);
  });

  const weights = fc
    .array(fc.integer({ min: 0, max: 2_000_000 }), { minLength: 1, maxLength: 200 })
    .filter((list) => sum(list) > 0);
  const total = fc.integer({ min: 0, max: 5_000_000_000 });

  it('adds up to the total, whatever the weights', () => {
    fc.assert(fc.property(total, weights, (fen, list) => expect(sum(apportion(fen, list))).toBe(fen)));
  });

  it('gives everyone the exact share cut off or one fen more, computed by an independent rule', () => {
    fc.assert(
      fc.property(total, weights, (fen, list) => {
        const whole = BigInt(sum(list));
        apportion(fen, list).forEach((share, index) => {
          const cut = (BigInt(fen) * BigInt(list[index] ?? 0)) / whole;
          expect([cut, cut + 1n]).toContain(BigInt(share));
        });
      }),
    );
  });

  it('never gives less to a larger weight, nor anything to weight 0', () => {
    fc.assert(
      fc.property(total, weights, (fen, list) => {
        const shares = apportion(fen, list);
        const ranked = list
          .map((weight, index) => ({ weight, share: shares[index] ?? 0 }))
          .sort((a, b) => a.weight - b.weight || b.share - a.share);
        expect(ranked.filter(({ weight, share }) => weight === 0 && share > 0)).toEqual([]);
        for (const [index, { weight, share }] of ranked.entries()) {
          const next = ranked[index + 1];
          if (next !== undefined && next.weight > weight) expect(next.share).toBeGreaterThanOrEqual(share);
        }
      }),
    );
  });

  it('refuses to divide among nobody, or by a negative weight', () => {
    expect(() => apportion(100, [])).toThrow(RangeError);
    expect(() => apportion(100, [0, 0])).toThrow(RangeError);
    expect(() => apportion(100, [2, -1])).toThrow(RangeError);
    expect(() => apportion(-1, [1])).toThrow(RangeError);
  });
});

describe('the late fee of a contract that has one', () => {
  it.each([
    [49599, 10, 248],
    [49599, 30, 744],
    [16533, 1, 8],
    [16533, 3000, 16533],
    [49599, 3000, 49599],
    [49599, 0, 0],
  ])('%i fen, 500 ppm a day, %i days → %i', (principal, days, fee) => {
    expect(lateFee(principal, 500, days)).toBe(fee);
  });

  it('is nothing by default', () => {
    expect(lateFee(49599, 0, 365)).toBe(0);
  });

  it('never exceeds the debt and never shrinks with time', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 100_000_000 }),
        fc.integer({ min: 0, max: 2000 }),
        fc.integer({ min: 0, max: 4000 }),
        (principal, ppm, days) => {
          const fee = lateFee(principal, ppm, days);
          expect(fee).toBeLessThanOrEqual(principal);
          expect(lateFee(principal, ppm, days + 1)).toBeGreaterThanOrEqual(fee);
        },
      ),
    );
  });
});
