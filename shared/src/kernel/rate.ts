import { parseDecimal, splitDecimal } from './decimal.ts';
import { toHalfWidth } from './full-width.ts';

/** A price per unit in 0.0001 元 (1.85 元/㎡·月 = 18500), always an integer. */
export type TenThousandthYuan = number;

/** Reads "1.85", "0.6667元" exactly; null where it is no rate or is finer than 0.0001 元. */
export function parseRate(text: string): TenThousandthYuan | null {
  return parseDecimal(
    toHalfWidth(text)
      .trim()
      .replace(/^[¥\uFFE5]/, '')
      .replace(/元$/, ''),
    4,
  );
}

/** "1.85", "1.6667", "100.00": at least two decimals, no idle zeros after them. */
export function rateText(rateTenThousandthYuan: TenThousandthYuan): string {
  const { negative, whole, fraction } = splitDecimal(rateTenThousandthYuan, 4);
  return `${negative ? '-' : ''}${whole}.${fraction.replace(/0{1,2}$/, '')}`;
}
