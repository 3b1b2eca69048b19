import { formatDecimal, parseDecimal } from './decimal.ts';
import { toHalfWidth } from './full-width.ts';

/** An exclusive area (专有部分面积) in 0.01 ㎡, always an integer. */
export type CentiSqm = number;

/** Reads "89.37", "89.37㎡", "１２３.４ 平方米" exactly; null where it is no area or is finer than 0.01 ㎡. */
export function parseSqm(text: string): CentiSqm | null {
  return parseDecimal(
    toHalfWidth(text)
      .trim()
      .replace(/\s*(㎡|m²|m2|M2|M²|平方米|平米|平)$/, ''),
    2,
  );
}

/** "89.37", "1,234.50". */
export function sqmText(areaCentiSqm: CentiSqm): string {
  return formatDecimal(areaCentiSqm, 2);
}

/** "89.37 ㎡". */
export function formatSqm(areaCentiSqm: CentiSqm): string {
  return `${sqmText(areaCentiSqm)} ㎡`;
}
