import { describe, expect, it } from '@jest/globals';
import { fc, test } from '@fast-check/jest';
import {
  DAY_MS,
  HOUR_MS,
  MINUTE_MS,
  endOfDay,
  formatAgo,
  formatDate,
  formatDay,
  formatFullDate,
  formatInstant,
  formatMonth,
  formatOverdue,
  formatPercent,
  formatQuarter,
  formatTime,
  formatTimeLeft,
  timeOfDay,
} from '../../src/kernel/index.ts';

const now = timeOfDay('2026-11-21', 10, 0);

describe('dates as residents read them', () => {
  it('without the year in this year, with it in another', () => {
    expect(formatInstant(timeOfDay('2026-11-21', 20, 0), now)).toBe('11月21日 周六 20:00');
    expect(formatInstant(timeOfDay('2025-01-05', 9, 5), now)).toBe('2025年1月5日 周日 09:05');
    expect(formatDate('2026-12-01', now)).toBe('12月1日 周二');
    expect(formatDay('2027-01-01', now)).toBe('2027年1月1日');
  });

  it('a deadline at the end of a day reads 24:00', () => {
    expect(formatTime(endOfDay('2026-11-24'))).toBe('24:00');
    expect(formatTime(timeOfDay('2026-11-24', 0, 0))).toBe('00:00');
  });

  it('in documents the year always stands', () => {
    expect(formatFullDate('2026-11-21')).toBe('2026年11月21日');
    expect(formatMonth('2026-10')).toBe('2026年10月');
    expect(formatQuarter('2026Q3')).toBe('2026年第三季度');
  });
});

describe('what is left', () => {
  it.each([
    [3 * DAY_MS + HOUR_MS, '剩 3 天'],
    [DAY_MS, '剩 1 天'],
    [DAY_MS - 1, '剩 23 小时'],
    [5 * HOUR_MS, '剩 5 小时'],
    [12 * MINUTE_MS, '剩 12 分钟'],
    [0, '剩不到 1 分钟'],
    [-1, '已截止'],
  ])('%d ms: %s', (left, text) => expect(formatTimeLeft(now + left, now)).toBe(text));

  it.each([
    [0, ''],
    [-HOUR_MS, ''],
    [MINUTE_MS, '逾期不到 1 小时'],
    [5 * HOUR_MS, '逾期 5 小时'],
    [12 * DAY_MS + HOUR_MS, '逾期 12 天'],
  ])('%d ms after the deadline: "%s"', (late, text) => expect(formatOverdue(now - late, now)).toBe(text));

  it.each([
    [0, '刚刚'],
    [5 * MINUTE_MS, '5 分钟前'],
    [3 * HOUR_MS, '3 小时前'],
    [11 * HOUR_MS, '昨天'],
    [4 * DAY_MS, '4 天前'],
  ])('%d ms ago: %s', (passed, text) => expect(formatAgo(now - passed, now)).toBe(text));
});

describe('percentages', () => {
  it('are cut off, so that a missed threshold never looks met', () => {
    expect(formatPercent(2, 3)).toBe('66.66%');
    expect(formatPercent(66_666, 100_000)).toBe('66.66%');
    expect(formatPercent(74_999, 100_000)).toBe('74.99%');
    expect(formatPercent(99_999, 100_000, 0)).toBe('99%');
  });

  it('of everything and of nothing', () => {
    expect(formatPercent(12, 12)).toBe('100.00%');
    expect(formatPercent(0, 12)).toBe('0.00%');
    expect(formatPercent(0, 0)).toBe('0.00%');
  });

  test.prop([fc.nat(10 ** 13), fc.integer({ min: 1, max: 10 ** 13 })])(
    'never claim more than there is',
    (n, d) => {
      const shown = BigInt(formatPercent(n, d).replace(/[.%]/g, ''));
      expect(shown).toBe((BigInt(n) * 10_000n) / BigInt(d));
    },
  );
});
