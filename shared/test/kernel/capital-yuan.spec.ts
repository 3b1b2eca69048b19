import { fc, test } from '@fast-check/jest';
import { describe, expect, it } from '@jest/globals';
import { capitalYuan } from '../../src/kernel/index.ts';

describe('大写金额', () => {
  it.each([
    [140_950, '壹仟肆佰零玖元伍角整'],
    [600_714, '陆仟零柒元壹角肆分'],
    [168_032, '壹仟陆佰捌拾元叁角贰分'],
    [10_700_053, '壹拾万零柒仟元伍角叁分'],
    [1_640_902, '壹万陆仟肆佰零玖元零贰分'],
    [32_504, '叁佰贰拾伍元零肆分'],
    [5_809, '伍拾捌元零玖分'],
    [100, '壹元整'],
    [50, '伍角整'],
    [7, '柒分'],
    [57, '伍角柒分'],
    [10_000_000_000, '壹亿元整'],
    [100_010_000_000, '壹拾亿零壹拾万元整'],
    [10_000_010_000, '壹亿零壹佰元整'],
  ])('%i fen', (fen, words) => expect(capitalYuan(fen)).toBe(words));

  it.each([0, -1, 1.5, 100_000_000_000_000])('%d is no amount for a paper', (fen) =>
    expect(() => capitalYuan(fen)).toThrow(RangeError),
  );

  test.prop([fc.integer({ min: 1, max: 99_999_999_999_999 })])('says the amount and no other', (fen) => {
    expect(amountOf(capitalYuan(fen))).toBe(fen);
  });
});

const DIGITS = '零壹贰叁肆伍陆柒捌玖';
const PLACES: Readonly<Record<string, number>> = { 拾: 10, 佰: 100, 仟: 1000 };

/** Reads the words back, by the places that they name. */
function amountOf(words: string): number {
  const [whole = '', rest = ''] = words.includes('元') ? words.split('元') : ['', words];
  const after = (unit: string) => Math.max(0, DIGITS.indexOf(rest[rest.indexOf(unit) - 1] ?? '零'));
  return 100 * integerOf(whole) + 10 * after('角') + after('分');
}

function integerOf(words: string): number {
  let total = 0;
  let group = 0;
  let digit = 0;
  for (const character of words) {
    if (DIGITS.includes(character)) digit = DIGITS.indexOf(character);
    else if (character in PLACES) {
      group += digit * (PLACES[character] ?? 0);
      digit = 0;
    } else {
      total += (group + digit) * (character === '万' ? 10_000 : 100_000_000);
      [group, digit] = [0, 0];
    }
  }
  return total + group + digit;
}
