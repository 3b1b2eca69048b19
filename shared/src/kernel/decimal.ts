import { assertInteger, divideFloor } from './integer.ts';
import { toHalfWidth } from './full-width.ts';

/**
 * Reads a decimal as people and spreadsheets write it ("1,234.50", "－３", "89.370") into an integer scaled by
 * 10^decimals, exactly; null where it is no number or has more digits than the scale can hold.
 */
export function parseDecimal(text: string, decimals: number): number | null {
  const match = /^([+-]?)(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d*))?$/.exec(toHalfWidth(text).replace(/\s/g, ''));
  if (match === null) return null;
  const [, sign = '', whole = '', fraction = ''] = match;
  const digits = fraction.replace(/0+$/, '');
  if (digits.length > decimals) return null;
  const value = Number(whole.replace(/,/g, '') + digits + '0'.repeat(decimals - digits.length));
  if (!Number.isSafeInteger(value)) return null;
  return sign === '-' && value !== 0 ? -value : value;
}

/** A decimal in the parts a screen draws apart: sign, whole part with thousands separators, fraction digits. */
export interface DecimalParts {
  readonly negative: boolean;
  readonly whole: string;
  readonly fraction: string;
}

export function splitDecimal(scaled: number, decimals: number): DecimalParts {
  const absolute = Math.abs(assertInteger(scaled, 'scaled'));
  const unit = 10 ** decimals;
  const whole = divideFloor(absolute, unit);
  return {
    negative: scaled < 0,
    whole: groupThousands(whole),
    fraction: decimals === 0 ? '' : String(absolute - whole * unit).padStart(decimals, '0'),
  };
}

export function formatDecimal(scaled: number, decimals: number): string {
  const { negative, whole, fraction } = splitDecimal(scaled, decimals);
  return `${negative ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`;
}

/** 1234567 → "1,234,567". */
function groupThousands(whole: number): string {
  return String(whole).replace(/\B(?=(\d{3})+$)/g, ',');
}
