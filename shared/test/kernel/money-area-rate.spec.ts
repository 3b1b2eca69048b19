import { describe, expect, it } from '@jest/globals';
import { fc, test } from '@fast-check/jest';
import {
  divideFloor,
  divideHalfUp,
  formatSqm,
  formatYuan,
  parseDecimal,
  parseRate,
  parseSqm,
  parseYuan,
  rateText,
  sqmText,
  yuanParts,
  yuanText,
} from '../../src/kernel/index.ts';

const scaled = fc.integer({ min: -(10 ** 13), max: 10 ** 13 });

describe('amounts as people write them', () => {
  it.each([
    ['1234.56', 123456],
    ['1,234.56', 123456],
    ['¥1,234.5', 123450],
    ['￥ 12', 1200],
    ['１２．３４元', 1234],
    ['0.10', 10],
    ['12.3400', 1234],
    ['-20', -2000],
    ['-0.00', 0],
  ])('%s', (text, fen) => expect(parseYuan(text)).toBe(fen));

  it.each(['', '一百', '1.234', '1,23', '1.2.3', '12a', '1e3', '--1', '99999999999999999'])(
    'refuses "%s" instead of guessing',
    (text) => expect(parseYuan(text)).toBeNull(),
  );

  it('keeps 0.1 + 0.2 exact', () => expect((parseYuan('0.1') ?? 0) + (parseYuan('0.2') ?? 0)).toBe(30));

  it('is shown with thousands and fen', () => {
    expect(formatYuan(123456)).toBe('¥1,234.56');
    expect(formatYuan(-5)).toBe('-¥0.05');
    expect(formatYuan(0)).toBe('¥0.00');
    expect(yuanParts(123456789)).toEqual({ sign: '', yuan: '1,234,567', fen: '89' });
  });

  test.prop([scaled])('reads back what it shows', (fen) => {
    expect(parseYuan(formatYuan(fen))).toBe(fen);
    expect(parseYuan(`${yuanText(fen)}元`)).toBe(fen);
  });
});

describe('areas', () => {
  it.each([
    ['89.37', 8937],
    ['89.37㎡', 8937],
    ['８９.3 平方米', 8930],
    ['89.37 m2', 8937],
    ['1,089.375', null],
    ['八十九', null],
    ['', null],
  ])('%s', (text, area) => expect(parseSqm(text)).toBe(area));

  it('is shown with its unit', () => expect(formatSqm(8937)).toBe('89.37 ㎡'));

  test.prop([fc.nat(10 ** 12)])('reads back what it shows', (area) => {
    expect(parseSqm(formatSqm(area))).toBe(area);
    expect(parseSqm(sqmText(area))).toBe(area);
  });
});

describe('rates', () => {
  it.each([
    ['1.85', 18500, '1.85'],
    ['1.6667', 16667, '1.6667'],
    ['2', 20000, '2.00'],
    ['0.655元', 6550, '0.655'],
  ])('%s', (text, rate, shown) => {
    expect(parseRate(text)).toBe(rate);
    expect(rateText(rate)).toBe(shown);
  });

  it('refuses what is finer than 0.0001 yuan', () => expect(parseRate('1.66667')).toBeNull());
});

describe('integer arithmetic', () => {
  it('rounds half up', () => {
    expect(divideHalfUp(5, 2)).toBe(3);
    expect(divideHalfUp(4, 2)).toBe(2);
    expect(divideHalfUp(-5, 2)).toBe(-2);
  });

  test.prop([fc.maxSafeInteger(), fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER })])(
    'floors exactly, like BigInt',
    (n, d) => {
      const truncated = BigInt(n) / BigInt(d);
      const floor = n < 0 && BigInt(n) % BigInt(d) !== 0n ? truncated - 1n : truncated;
      expect(BigInt(divideFloor(n, d))).toBe(floor);
    },
  );

  it('a decimal with more digits than its scale is refused, idle zeros are not', () => {
    expect(parseDecimal('1.20', 1)).toBe(12);
    expect(parseDecimal('1.21', 1)).toBeNull();
  });
});
