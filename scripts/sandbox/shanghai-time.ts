/** WeChat writes every time in China's one zone, UTC+8 without daylight saving. */
const OFFSET_MS = 8 * 3_600_000;

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

const iso = (instant: number): string => new Date(instant + OFFSET_MS).toISOString();

/** `2026-11-21T20:00:00+08:00` */
export const rfc3339 = (instant: number): string => `${iso(instant).slice(0, 19)}+08:00`;

/** `2026-11-21 20:00:00`, as trade bills write it */
export const billTime = (instant: number): string => iso(instant).slice(0, 19).replace('T', ' ');

/** `2026-11-21` */
export const civilDate = (instant: number): string => iso(instant).slice(0, 10);

/** `20261121200000` */
export const compactTime = (instant: number): string => iso(instant).slice(0, 19).replace(/\D/g, '');

/** Midnight of a civil date, or null when there is no such day. */
export function startOfCivilDate(date: string): number | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date)) return null;
  const instant = Date.parse(`${date}T00:00:00+08:00`);
  return Number.isNaN(instant) || civilDate(instant) !== date ? null : instant;
}

/** An RFC 3339 time with its zone, or null. WeChat refuses a time without a zone. */
export function parseRfc3339(text: string): number | null {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/.test(text)) return null;
  const instant = Date.parse(text);
  return Number.isNaN(instant) ? null : instant;
}

/** Whole seconds, as every WeChat timestamp counts. */
export const epochSeconds = (instant: number): number => Math.floor(instant / SECOND);
