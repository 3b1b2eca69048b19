import { describe, expect, it } from '@jest/globals';
import { fc, test } from '@fast-check/jest';
import { type Fraction, atLeast, leastReaching, moreThan } from '../../src/kernel/index.ts';

const TWO_THIRDS: Fraction = [2, 3];
const HALF: Fraction = [1, 2];
const THREE_QUARTERS: Fraction = [3, 4];

const whole = fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER });
const part = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER });
const threshold = fc
  .tuple(fc.integer({ min: 0, max: 1000 }), fc.integer({ min: 1, max: 1000 }))
  .map(([a, b]): Fraction => [a, b]);

describe('a share against a legal threshold', () => {
  it('以上 includes the number itself', () => {
    expect(atLeast(8, 12, TWO_THIRDS)).toBe(true);
    expect(atLeast(7, 12, TWO_THIRDS)).toBe(false);
    expect(atLeast(6, 8, THREE_QUARTERS)).toBe(true);
  });

  it('过半数 does not include exactly half', () => {
    expect(moreThan(5, 10, HALF)).toBe(false);
    expect(moreThan(6, 10, HALF)).toBe(true);
  });

  it('is not fooled where floating point would round up to the threshold', () => {
    const whole = 3 * 2 ** 51;
    expect(atLeast(2 ** 52 - 1, whole, TWO_THIRDS)).toBe(false);
    expect(atLeast(2 ** 52, whole, TWO_THIRDS)).toBe(true);
  });

  it('nothing is no share of an empty whole', () => {
    expect(atLeast(0, 0, TWO_THIRDS)).toBe(false);
    expect(moreThan(0, 0, HALF)).toBe(false);
  });

  it('refuses a fraction of a head', () => {
    expect(() => atLeast(1.5, 3, HALF)).toThrow(RangeError);
  });

  test.prop([part, whole, threshold])('agrees with BigInt everywhere', (n, d, [a, b]) => {
    const [left, right] = [BigInt(n) * BigInt(b), BigInt(d) * BigInt(a)];
    expect(atLeast(n, d, [a, b])).toBe(left >= right);
    expect(moreThan(n, d, [a, b])).toBe(left > right);
  });

  test.prop([fc.integer({ min: 0, max: 1e9 }), threshold, fc.boolean()])(
    'the least that reaches a threshold reaches it, and one less does not',
    (d, fraction, strict) => {
      fc.pre(d > 0);
      const reaches = strict ? moreThan : atLeast;
      const least = leastReaching(d, fraction, strict);
      expect(reaches(least, d, fraction)).toBe(true);
      if (least > 0) expect(reaches(least - 1, d, fraction)).toBe(false);
    },
  );
});
