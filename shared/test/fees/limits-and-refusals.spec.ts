import { describe, expect, it } from '@jest/globals';
import {
  type Bill,
  type BillLine,
  apportion,
  areaMonthFee,
  changesFrom,
  lateFee,
  meterAmount,
  monthsFee,
  totalsByItem,
} from '../../src/fees/index.ts';

const MOST = Number.MAX_SAFE_INTEGER;
const TOO_MUCH = 2 ** 36;

describe('what cannot be divided exactly is refused', () => {
  it.each([
    ['an amount that is not whole', 0.5, [1], 'totalFen must be a safe integer, got 0.5'],
    ['less than nothing', -1, [1], 'totalFen must not be negative'],
    ['half a weight', 1, [0.5], 'weight must be a safe integer, got 0.5'],
    ['a negative weight', 1, [2, -1], 'a weight must not be negative'],
    ['among nobody', 1, [0, 0], 'there is nobody to apportion to'],
    [
      'among more than can be summed up',
      1,
      [MOST, 1],
      'sum of weights must be a safe integer, got 9007199254740992',
    ],
    ['too much money', TOO_MUCH, [1], 'too large to apportion exactly'],
    ['too large a whole', 1, [TOO_MUCH], 'too large to apportion exactly'],
  ])('%s', (_, total, weights, message) => {
    expect(() => apportion(total, weights)).toThrow(new RangeError(message));
  });

  it('the largest amount over the largest whole is divided to the fen', () => {
    expect(apportion(TOO_MUCH - 1, [TOO_MUCH - 2, 1])).toEqual([TOO_MUCH - 2, 1]);
  });
});

describe('a fee that leaves the integers is refused', () => {
  it.each([
    ['by area', () => areaMonthFee(MOST, 20_000), 'area × rate'],
    ['of many months', () => monthsFee(MOST, 2), 'months × fee'],
    ['by the meter', () => meterAmount(MOST, 20_000), 'usage × price'],
    ['late for ever', () => lateFee(1, MOST, 2), 'ppm × days'],
  ])('%s', (_, fee, product) => {
    expect(fee).toThrow(new RangeError(`${product} must be a safe integer, got 18014398509481982`));
  });

  it('of half a month', () => {
    expect(() => monthsFee(2, 0.5)).toThrow(new RangeError('months must be a safe integer, got 0.5'));
  });

  it('late by almost all of a debt that is too large', () => {
    expect(() => lateFee(10_000_000_000, 999_999, 1)).toThrow(/^principal × ppm must be a safe integer/);
  });
});

describe('a late fee', () => {
  it.each([
    ['nothing is owed', -49_599, 500, 10],
    ['the rate is below zero', 49_599, -500, 10],
    ['it is not due yet', 49_599, 500, -10],
  ])('is nothing where %s', (_, principal, ppm, days) => {
    expect(lateFee(principal, ppm, days)).toBe(0);
  });

  it('is the whole debt on the day on which it has grown to it, however large', () => {
    expect(lateFee(10_000_000_000, 1_000_000, 1)).toBe(10_000_000_000);
  });
});

describe('a month beside the one before', () => {
  const line = (itemName: string, amountFen: number, formula = `${amountFen}`): BillLine => ({
    itemCode: itemName.toUpperCase(),
    itemName,
    scheduleVersion: 1,
    months: ['2026-10'],
    rateTenThousandthYuan: 10_000,
    amountFen,
    formula,
    basis: '物业服务合同',
  });
  const bill = (lines: readonly BillLine[]): Bill => ({
    key: 'u:2026-10:OWNER:PROPERTY_FEE',
    unitId: 'u',
    unitName: '1-101',
    payer: 'OWNER',
    ledger: 'PROPERTY_FEE',
    month: '2026-10',
    dueOn: '2026-10-31',
    lines,
    totalFen: lines.reduce((sum, { amountFen }) => sum + amountFen, 0),
  });

  it('keeps a charge that nobody pays any more, with nothing in it', () => {
    expect(totalsByItem([], [bill([line('lift', 300)])])).toEqual([
      {
        itemCode: 'LIFT',
        itemName: 'lift',
        ledger: 'PROPERTY_FEE',
        units: 0,
        amountFen: 0,
        previousFen: 300,
        differenceFen: -300,
      },
    ]);
  });

  it('says of a bill that changed what is new, what differs and what is gone, and nothing of the rest', () => {
    const before = bill([line('area', 100), line('lift', 300), line('lamp', 5)]);
    const now = bill([line('area', 100), line('lamp', 7), line('rubble', 30_000, '1 次')]);
    expect(changesFrom([before], [now])[0]?.why).toEqual([
      'lamp：上月 5；本月 7',
      '新增：rubble，1 次',
      '不再收：lift，上月 ¥3.00',
    ]);
  });
});
