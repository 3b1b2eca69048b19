import { assertInteger } from './integer.ts';

/**
 * The one calendar of the product: civil dates of Asia/Shanghai, computed by arithmetic, because neither Intl nor the
 * phone's own time zone can be relied on. China has kept UTC+8 without daylight saving time since 1992.
 */

/** An instant, epoch milliseconds. */
export type Instant = number;
/** A calendar date in Asia/Shanghai, 'YYYY-MM-DD'; compares and sorts as text. */
export type CalendarDate = string;
/** A calendar month, 'YYYY-MM'. */
export type Month = string;
/** A quarter, 'YYYYQn'. */
export type Quarter = string;

/** Days that are not worked though they are weekdays, and weekend days that are (调休上班). Data, not code. */
export interface Holidays {
  readonly off: readonly CalendarDate[];
  readonly work: readonly CalendarDate[];
}

export const SECOND_MS = 1_000;
export const MINUTE_MS = 60_000;
export const HOUR_MS = 3_600_000;
export const DAY_MS = 86_400_000;
const SHANGHAI_OFFSET_MS = 8 * HOUR_MS;

// --- dates -------------------------------------------------------------------------------------------------------

const DATE = /^(?!00)\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;
const MONTH = /^(?!00)\d{4}-(0[1-9]|1[0-2])$/;

export function isCalendarDate(text: string): boolean {
  return DATE.test(text) && Number(text.slice(8, 10)) <= lastDayOf(text);
}

/** The date on the wall in Shanghai at that instant. */
export function shanghaiDate(instant: Instant): CalendarDate {
  assertInteger(instant, 'instant');
  return dateOfDay(Math.floor((instant + SHANGHAI_OFFSET_MS) / DAY_MS));
}

/** 00:00 of the date. */
export function startOfDay(date: CalendarDate): Instant {
  return checkedDayNumber(date) * DAY_MS - SHANGHAI_OFFSET_MS;
}

/** The last millisecond of the date: a deadline "until the 24th" includes all of the 24th (民法典 203). */
export function endOfDay(date: CalendarDate): Instant {
  return startOfDay(date) + DAY_MS - 1;
}

/** A time of the date, e.g. `timeOfDay('2026-11-21', 20, 0)` for 20:00. */
export function timeOfDay(date: CalendarDate, hour: number, minute: number): Instant {
  return startOfDay(date) + hour * HOUR_MS + minute * MINUTE_MS;
}

export function addDays(date: CalendarDate, days: number): CalendarDate {
  return dateOfDay(checkedDayNumber(date) + assertInteger(days, 'days'));
}

/** Calendar days from one date to the other: the day after is 1, the same day 0, the day before -1. */
export function daysBetween(from: CalendarDate, to: CalendarDate): number {
  return checkedDayNumber(to) - checkedDayNumber(from);
}

/** 0 = Sunday … 6 = Saturday. */
export function dayOfWeek(date: CalendarDate): number {
  // Day 0, 1970-01-01, was a Thursday.
  return (((checkedDayNumber(date) + 4) % 7) + 7) % 7;
}

// --- working days and deadlines ----------------------------------------------------------------------------------

export function isWorkingDay(date: CalendarDate, holidays: Holidays): boolean {
  if (holidays.off.includes(date)) return false;
  const weekday = dayOfWeek(date);
  return (weekday !== 0 && weekday !== 6) || holidays.work.includes(date);
}

/**
 * The end of the n-th working day (工作日) after the day of `instant`. The day itself is not counted (民法典 201),
 * the last day counts to its end (民法典 203). With n = 0: the end of the day itself, or of the next working day.
 */
export function addWorkingDays(instant: Instant, workingDays: number, holidays: Holidays): Instant {
  if (assertInteger(workingDays, 'workingDays') < 0) throw new RangeError('workingDays must not be negative');
  let date = shanghaiDate(instant);
  for (let left = workingDays; left > 0;) {
    date = addDays(date, 1);
    if (isWorkingDay(date, holidays)) left -= 1;
  }
  return endOfDay(nextWorkingDay(date, holidays));
}

/** The end of the n-th calendar day after the day of `instant`, worked or not. */
export function addCalendarDays(instant: Instant, days: number): Instant {
  return endOfDay(addDays(shanghaiDate(instant), days));
}

/**
 * The last day of a period 期间 of so many days from a day on: the day itself does not count, and a last day that is off
 * gives way to the next that is worked (民法典 201, 203).
 */
export function lastDayOfPeriod(from: CalendarDate, days: number, holidays: Holidays): CalendarDate {
  return nextWorkingDay(addDays(from, days), holidays);
}

/** The date itself if it is worked, otherwise the first working day after it. */
function nextWorkingDay(date: CalendarDate, holidays: Holidays): CalendarDate {
  let day = date;
  while (!isWorkingDay(day, holidays)) day = addDays(day, 1);
  return day;
}

// --- months ------------------------------------------------------------------------------------------------------

export function yearOf(date: CalendarDate): number {
  return Number(date.slice(0, 4));
}

export function isMonth(text: string): boolean {
  return MONTH.test(text);
}

export function monthOf(date: CalendarDate): Month {
  return date.slice(0, 7);
}

export function monthStart(month: Month): CalendarDate {
  return `${month}-01`;
}

export function monthEnd(month: Month): CalendarDate {
  if (!isMonth(month)) throw new RangeError(`not a month: ${month}`);
  return `${month}-${lastDayOf(month)}`;
}

export function addMonths(month: Month, months: number): Month {
  const index = monthIndex(month) + assertInteger(months, 'months');
  return `${pad(Math.floor(index / 12), 4)}-${pad((((index % 12) + 12) % 12) + 1, 2)}`;
}

/** Months from one to the other: the next month is 1. */
export function monthsBetween(from: Month, to: Month): number {
  return monthIndex(to) - monthIndex(from);
}

function monthIndex(month: Month): number {
  if (!isMonth(month)) throw new RangeError(`not a month: ${month}`);
  return Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1;
}

// --- quarters ----------------------------------------------------------------------------------------------------

export function isQuarter(text: string): boolean {
  return /^\d{4}Q[1-4]$/.test(text);
}

export function quarterOf(date: CalendarDate): Quarter {
  return quarterOfMonth(monthOf(date));
}

export function quarterOfMonth(month: Month): Quarter {
  return `${month.slice(0, 4)}Q${Math.floor((monthIndex(month) % 12) / 3) + 1}`;
}

/** The quarter's three months in order. */
export function monthsOfQuarter(quarter: Quarter): readonly [Month, Month, Month] {
  if (!isQuarter(quarter)) throw new RangeError(`not a quarter: ${quarter}`);
  const first = `${quarter.slice(0, 4)}-${pad((Number(quarter.slice(5)) - 1) * 3 + 1, 2)}`;
  return [first, addMonths(first, 1), addMonths(first, 2)];
}

export function quarterStart(quarter: Quarter): CalendarDate {
  return monthStart(monthsOfQuarter(quarter)[0]);
}

export function quarterEnd(quarter: Quarter): CalendarDate {
  return monthEnd(monthsOfQuarter(quarter)[2]);
}

export function previousQuarter(quarter: Quarter): Quarter {
  return addQuarters(quarter, -1);
}

export function nextQuarter(quarter: Quarter): Quarter {
  return addQuarters(quarter, 1);
}

export function addQuarters(quarter: Quarter, quarters: number): Quarter {
  return quarterOfMonth(addMonths(monthsOfQuarter(quarter)[0], quarters * 3));
}

// --- the arithmetic below ----------------------------------------------------------------------------------------

/** The number of the last day in the month, or in the month of the date. */
function lastDayOf(month: Month | CalendarDate): number {
  const number = Number(month.slice(5, 7));
  if (number === 2) return isLeapYear(Number(month.slice(0, 4))) ? 29 : 28;
  return number === 4 || number === 6 || number === 9 || number === 11 ? 30 : 31;
}

function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

/** Days since 1970-01-01; `Date.UTC` is plain arithmetic on every platform and rolls over what is out of range. */
function dayNumber(date: CalendarDate): number {
  return Math.floor(
    Date.UTC(Number(date.slice(0, 4)), Number(date.slice(5, 7)) - 1, Number(date.slice(8, 10))) / DAY_MS,
  );
}

function checkedDayNumber(date: CalendarDate): number {
  if (!isCalendarDate(date)) throw new RangeError(`not a calendar date: ${date}`);
  return dayNumber(date);
}

function dateOfDay(day: number): CalendarDate {
  const date = new Date(day * DAY_MS);
  return `${pad(date.getUTCFullYear(), 4)}-${pad(date.getUTCMonth() + 1, 2)}-${pad(date.getUTCDate(), 2)}`;
}

function pad(value: number, width: number): string {
  return String(value).padStart(width, '0');
}
