import type { NumberFormat } from './number-formats.ts';

const DAY_MS = 86_400_000;
const SECONDS_OF_DAY = 86_400;
/** Day 0 of Excel's calendar from March 1900 on, days since 1970. */
const EPOCH_1900 = -25_569;
const DAYS_1904 = 1_462;
/** 9999-12-31. */
const LAST_SERIAL = 2_958_465;

/** The text of a number cell: a date by its format, otherwise the number's exact decimal text. */
export function numberCellText(raw: string, format: NumberFormat, date1904: boolean): string {
  if (format.kind === 'PLAIN') return decimalText(raw);
  if (format.kind === 'ZEROS') {
    const text = decimalText(raw);
    return /^\d+$/.test(text) ? text.padStart(format.width, '0') : text;
  }
  return dateText(raw, format.kind, date1904) ?? decimalText(raw);
}

/**
 * The number as Excel means it: 15 significant digits, so that 89.370000000000005 is 89.37 again, and never an
 * exponent: a phone stored as 1.9900001E10 is 19900001000.
 */
export function decimalText(raw: string): string {
  if (/^(?:0|-?[1-9]\d{0,14})$/.test(raw)) return raw;
  const value = Number(raw);
  if (raw.trim() === '' || !Number.isFinite(value)) return raw;
  const [, sign = '', first = '', rest = '', exponent = '0'] =
    /^(-?)(\d)(?:\.(\d+))?e([+-]\d+)$/.exec(value.toExponential(14)) ?? [];
  const digits = (first + rest).replace(/0+$/, '');
  if (digits === '') return '0';
  const point = Number(exponent) + 1;
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`;
  if (point >= digits.length) return sign + digits.padEnd(point, '0');
  return `${sign}${digits.slice(0, point)}.${digits.slice(point)}`;
}

/** 'YYYY-MM-DD', with 'HH:MM[:SS]' where the format shows a time; null where the number is no date. */
function dateText(raw: string, kind: 'DATE' | 'TIME' | 'DATE_TIME', date1904: boolean): string | null {
  const serial = Number(raw) + (date1904 && kind !== 'TIME' ? DAYS_1904 : 0);
  if (raw.trim() === '' || !(serial >= 0) || serial > LAST_SERIAL) return null;
  const seconds = Math.round(serial * SECONDS_OF_DAY);
  const day = Math.floor(seconds / SECONDS_OF_DAY);
  const time = timeText(seconds - day * SECONDS_OF_DAY);
  if (kind === 'TIME') return time;
  return kind === 'DATE' || time === '00:00' ? dayText(day) : `${dayText(day)} ${time}`;
}

/** Excel's calendar has a 29 February 1900, which never was; before it the days are off by one. */
function dayText(day: number): string {
  if (day === 60) return '1900-02-29';
  const sinceEpoch = day + EPOCH_1900 + (day < 60 ? 1 : 0);
  return new Date(sinceEpoch * DAY_MS).toISOString().slice(0, 10);
}

function timeText(seconds: number): string {
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const parts = rest === 0 ? [hours, minutes] : [hours, minutes, rest];
  return parts.map((part) => String(part).padStart(2, '0')).join(':');
}

/** The date of a cell that is written as text in ISO 8601 (`t="d"`). */
export function isoCellText(raw: string): string {
  const [, date, time = ''] =
    /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2})(?::\d{2}(?:\.\d+)?)?Z?)?$/.exec(raw) ?? [];
  if (date === undefined) return raw;
  return time === '' || time === '00:00' ? date : `${date} ${time}`;
}

/** Characters that XML cannot hold are written _x000D_; a literal underscore before such a text is _x005F_. */
export function unescapeText(text: string): string {
  if (!text.includes('_x')) return text;
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
}
