import { formatDecimal, parseDecimal, splitDecimal } from './decimal.ts';
import { toHalfWidth } from './full-width.ts';

/** An amount of money in 分, always an integer. */
export type Fen = number;

/** Reads "1,234.56", "¥1,234.5", "１２元" exactly; null where it is no amount or is finer than a fen. */
export function parseYuan(text: string): Fen | null {
  return parseDecimal(
    toHalfWidth(text)
      .trim()
      .replace(/^([+-]?)\s*[¥\uFFE5]/, '$1')
      .replace(/元$/, ''),
    2,
  );
}

/** "1,234.56", for sentences and tables that name the unit themselves. */
export function yuanText(amountFen: Fen): string {
  return formatDecimal(amountFen, 2);
}

/** "¥1,234.56"; a negative amount is "-¥1,234.56". */
export function formatYuan(amountFen: Fen): string {
  const { sign, yuan, fen } = yuanParts(amountFen);
  return `${sign}¥${yuan}.${fen}`;
}

/** The parts of `formatYuan`, for screens that draw the fen smaller. */
export interface YuanParts {
  readonly sign: '' | '-';
  readonly yuan: string;
  readonly fen: string;
}

export function yuanParts(amountFen: Fen): YuanParts {
  const { negative, whole, fraction } = splitDecimal(amountFen, 2);
  return { sign: negative ? '-' : '', yuan: whole, fen: fraction };
}
