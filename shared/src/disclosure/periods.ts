import {
  type CalendarDate,
  type Quarter,
  addDays,
  addMonths,
  addQuarters,
  formatMonth,
  formatQuarter,
  monthEnd,
  monthOf,
  quarterEnd,
  quarterOf,
} from '../kernel/index.ts';
import type { RadarPeriod } from './radar-items.ts';

/** '2026-10', '2026Q3', '2026H1' or '2026': one period; periods of a kind compare as text. */
export type PeriodKey = string;

export function periodOf(date: CalendarDate, period: RadarPeriod): PeriodKey {
  switch (period) {
    case 'MONTH':
      return monthOf(date);
    case 'QUARTER':
      return quarterOf(date);
    case 'HALF_YEAR':
      return `${date.slice(0, 4)}H${Number(date.slice(5, 7)) <= 6 ? 1 : 2}`;
    case 'YEAR':
      return date.slice(0, 4);
  }
}

/**
 * The longer period that a posting closes: the fourth quarter's statement, or December's shares, are the last of a year
 * whose rule asks for the year. null where more of the period is still to come.
 */
export function periodClosedBy(key: PeriodKey, period: RadarPeriod): PeriodKey | null {
  const kind = kindOf(key);
  if (kind === period) return key;
  const end = periodEnd(key, kind);
  const closed = periodOf(end, period);
  return periodEnd(closed, period) === end ? closed : null;
}

function kindOf(key: PeriodKey): RadarPeriod {
  if (key.includes('-')) return 'MONTH';
  if (key.includes('Q')) return 'QUARTER';
  return key.includes('H') ? 'HALF_YEAR' : 'YEAR';
}

/** The last day of a period. */
export function periodEnd(key: PeriodKey, period: RadarPeriod): CalendarDate {
  switch (period) {
    case 'MONTH':
      return monthEnd(key);
    case 'QUARTER':
      return quarterEnd(key);
    case 'HALF_YEAR':
      return key.endsWith('H1') ? `${key.slice(0, 4)}-06-30` : `${key.slice(0, 4)}-12-31`;
    case 'YEAR':
      return `${key}-12-31`;
  }
}

export function nextPeriod(key: PeriodKey, period: RadarPeriod): PeriodKey {
  return stepPeriod(key, period, 1);
}

export function previousPeriod(key: PeriodKey, period: RadarPeriod): PeriodKey {
  return stepPeriod(key, period, -1);
}

function stepPeriod(key: PeriodKey, period: RadarPeriod, step: 1 | -1): PeriodKey {
  switch (period) {
    case 'MONTH':
      return addMonths(key, step);
    case 'QUARTER':
      return addQuarters(key as Quarter, step);
    case 'HALF_YEAR': {
      const year = Number(key.slice(0, 4));
      if (key.endsWith('H1')) return step === 1 ? `${year}H2` : `${year - 1}H2`;
      return step === 1 ? `${year + 1}H1` : `${year}H1`;
    }
    case 'YEAR':
      return String(Number(key) + step);
  }
}

/** The last day on which a period's posting is in time. */
export function periodDueOn(key: PeriodKey, period: RadarPeriod, withinDays: number): CalendarDate {
  return addDays(periodEnd(key, period), withinDays);
}

/** 2026年10月, 2026年第三季度, 2026年上半年, 2026年. */
export function periodText(key: PeriodKey, period: RadarPeriod): string {
  switch (period) {
    case 'MONTH':
      return formatMonth(key);
    case 'QUARTER':
      return formatQuarter(key);
    case 'HALF_YEAR':
      return `${key.slice(0, 4)}年${key.endsWith('H1') ? '上' : '下'}半年`;
    case 'YEAR':
      return `${key}年`;
  }
}
