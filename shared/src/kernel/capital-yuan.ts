import type { Fen } from './money.ts';

const DIGITS = '零壹贰叁肆伍陆柒捌玖';
const PLACES = ['', '拾', '佰', '仟'] as const;
const GROUPS = ['', '万', '亿'] as const;
/** 9,999 亿 9,999 万 9,999 元 99 分: three groups of four digits. */
const MAX_FEN = 99_999_999_999_999;

/** 大写金额 as papers carry it beside the digits: 壹仟肆佰零玖元伍角整 (支付结算办法 附一). Above zero. */
export function capitalYuan(amountFen: Fen): string {
  if (!Number.isSafeInteger(amountFen) || amountFen <= 0 || amountFen > MAX_FEN)
    throw new RangeError(`No amount for a paper: ${amountFen}`);
  const fen = amountFen % 10;
  const jiao = ((amountFen - fen) / 10) % 10;
  const yuan = (amountFen - fen - jiao * 10) / 100;
  const whole = yuan === 0 ? '' : `${capitalInteger(yuan)}元`;
  if (jiao === 0 && fen === 0) return `${whole}整`;
  if (fen === 0) return `${whole}${digit(jiao)}角整`;
  // 零 stands for the 角 that is not there, unless nothing stands before it.
  const tenths = jiao > 0 ? `${digit(jiao)}角` : whole === '' ? '' : '零';
  return `${whole}${tenths}${digit(fen)}分`;
}

/** Groups of four digits, each with its 万 or 亿; one 零 for all zeros between two digits. */
function capitalInteger(value: number): string {
  let text = '';
  let isZeroOpen = false;
  const digits = String(value);
  for (let index = 0; index < digits.length; index += 1) {
    const place = digits.length - 1 - index;
    const here = Number(digits[index]);
    if (here > 0) {
      text += `${isZeroOpen ? '零' : ''}${digit(here)}${PLACES[place % 4] ?? ''}`;
      isZeroOpen = false;
    } else isZeroOpen = true;
    const group = digits.slice(Math.max(0, index - 3), index + 1);
    if (place > 0 && place % 4 === 0 && Number(group) > 0) text += GROUPS[place / 4] ?? '';
  }
  return text;
}

const digit = (value: number): string => DIGITS[value] ?? '';
