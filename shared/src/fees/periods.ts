import {
  type CalendarDate,
  type Month,
  addDays,
  addMonths,
  daysBetween,
  monthEnd,
  monthOf,
  monthStart,
  monthsBetween,
  monthsOfQuarter,
  quarterOfMonth,
} from '../kernel/index.ts';

/** 按月 / 按季 / 按年缴. */
export const INSTALMENTS = ['MONTH', 'QUARTER', 'YEAR'] as const;
export type Instalment = (typeof INSTALMENTS)[number];
export const INSTALMENT_LABELS: Readonly<Record<Instalment, string>> = {
  MONTH: '按月',
  QUARTER: '按季',
  YEAR: '按年',
};

/** How an estate bills, out of its contract; nothing of it is law. */
export interface BillingTerms {
  /** Bills are due on this day of the period's first month; in shorter months on the last. */
  readonly dueDay: number;
  readonly graceDays: number;
  /** 违约金 in millionths a day; 0 unless the contract has one (500 = 万分之五). */
  readonly lateFeePpmPerDay: number;
  /** The clause that allows it; required where it is not 0. */
  readonly lateFeeBasis: string | null;
}

export const DEFAULT_BILLING_TERMS: BillingTerms = {
  dueDay: 31,
  graceDays: 0,
  lateFeePpmPerDay: 0,
  lateFeeBasis: null,
};

/**
 * The months that a run of `month` asks for: from it to the end of its quarter or year. What other bills cover already is
 * taken off by the run, so that a household may change its instalment in any month.
 */
export function monthsBilledIn(month: Month, instalment: Instalment): readonly Month[] {
  switch (instalment) {
    case 'MONTH':
      return [month];
    case 'QUARTER':
      return monthsOfQuarter(quarterOfMonth(month)).filter((each) => each >= month);
    case 'YEAR':
      return Array.from({ length: 13 - Number(month.slice(5)) }, (_, index) => addMonths(month, index));
  }
}

/** The due date of a bill whose first month is `month`. */
export function dueOn(month: Month, { dueDay }: Pick<BillingTerms, 'dueDay'>): CalendarDate {
  const last = monthEnd(month);
  const wanted = addDays(monthStart(month), dueDay - 1);
  return monthOf(wanted) === month ? wanted : last;
}

/** Who owes a month's fee 交费义务人. */
export type PayerKind = 'OWNER' | 'DEVELOPER';

/**
 * The developer pays what is not delivered, and the whole month of delivery; the owner from the next month on
 * (物业管理条例 41; 北京 22, 上海 49). So no month is ever split by days. A delivered unit without a recorded date is
 * the owner's.
 */
export function payerOf(
  unit: {
    readonly status: 'UNSOLD' | 'SOLD_UNDELIVERED' | 'DELIVERED';
    readonly deliveredOn: CalendarDate | null;
  },
  month: Month,
): PayerKind {
  if (unit.status !== 'DELIVERED') return 'DEVELOPER';
  if (unit.deliveredOn === null) return 'OWNER';
  return monthsBetween(monthOf(unit.deliveredOn), month) >= 1 ? 'OWNER' : 'DEVELOPER';
}

/** 缓缴 that the street approved: no late fee grows in it, and the bill is not overdue. */
export interface Deferral {
  readonly from: CalendarDate;
  /** Included. */
  readonly until: CalendarDate;
}

/**
 * The day after which a bill is overdue as of `today`: its due date and grace, or the end of a deferral that has begun.
 * A deferral still to come does not heal what is overdue now.
 */
export function lastGoodDay(
  due: CalendarDate,
  graceDays: number,
  deferrals: readonly Deferral[],
  today: CalendarDate,
): CalendarDate {
  return deferrals.reduce(
    (day, { from, until }) => (from <= today && until > day ? until : day),
    addDays(due, graceDays),
  );
}

/** Days on which a late fee grows, up to and including `today`: after grace, without the days of a deferral. */
export function lateDays(
  due: CalendarDate,
  graceDays: number,
  today: CalendarDate,
  deferrals: readonly Deferral[] = [],
): number {
  let days = 0;
  const first = addDays(due, graceDays + 1);
  for (let day = first; day <= today;) {
    const deferral = deferrals.find(({ from, until }) => from <= day && day <= until);
    const resumesOn =
      deferral === undefined ? nextDeferral(deferrals, day, today) : addDays(deferral.until, 1);
    if (deferral === undefined) days += daysBetween(day, resumesOn);
    day = resumesOn;
  }
  return days;
}

/** The next day on which a deferral begins, or the day after today. */
function nextDeferral(deferrals: readonly Deferral[], day: CalendarDate, today: CalendarDate): CalendarDate {
  return deferrals.reduce((next, { from }) => (from > day && from < next ? from : next), addDays(today, 1));
}

/** When a bill is to be paid: as it was issued, or when its 缓缴 ends. */
export function deferredTo(due: CalendarDate, deferrals: readonly Deferral[]): CalendarDate {
  return deferrals.reduce((day, { until }) => (until > day ? until : day), due);
}
