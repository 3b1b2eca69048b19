import { type CalendarDate, type Holidays, addDays } from './calendar.ts';

/** How far a year of the table can be trusted: the official notice was read, or only the statute was applied. */
export interface HolidayYear {
  readonly year: number;
  /** True where the year's notice of the State Council's General Office was read; make-up days are then complete. */
  readonly verified: boolean;
  readonly source: string;
  readonly off: readonly CalendarDate[];
  readonly work: readonly CalendarDate[];
}

const YEAR_2026: HolidayYear = {
  year: 2026,
  verified: true,
  source: '国务院办公厅关于2026年部分节假日安排的通知（2025-11-04）',
  off: [
    daysOff('2026-01-01', 3), // 元旦
    daysOff('2026-02-15', 9), // 春节
    daysOff('2026-04-04', 3), // 清明节
    daysOff('2026-05-01', 5), // 劳动节
    daysOff('2026-06-19', 3), // 端午节
    daysOff('2026-09-25', 3), // 中秋节
    daysOff('2026-10-01', 7), // 国庆节
  ].flat(),
  work: ['2026-01-04', '2026-02-14', '2026-02-28', '2026-05-09', '2026-09-20', '2026-10-10'],
};

/**
 * Not verified: the notice for 2027 was not at hand. These are the statutory days of the 放假办法 as amended in 2024,
 * each that falls on a weekend given back on the next weekday (its article on 补假). The real notice will move weekend
 * days into the spring, May and October holidays and add make-up days: replace this block when it is published.
 */
const YEAR_2027: HolidayYear = {
  year: 2027,
  verified: false,
  source: '全国年节及纪念日放假办法（2024年修订）推算，待国务院办公厅通知',
  off: [
    daysOff('2027-01-01', 1), // 元旦
    daysOff('2027-02-05', 6), // 除夕至初三, two of them on a weekend
    daysOff('2027-04-05', 1), // 清明节
    daysOff('2027-05-01', 4), // 劳动节 two days, both on a weekend
    daysOff('2027-06-09', 1), // 端午节
    daysOff('2027-09-15', 1), // 中秋节
    daysOff('2027-10-01', 5), // 国庆节 three days, two of them on a weekend
  ].flat(),
  work: [],
};

export const HOLIDAY_YEARS: readonly HolidayYear[] = [YEAR_2026, YEAR_2027];

/** The holidays of mainland China as one table. Outside its years only weekends are off. */
export const CHINA_HOLIDAYS: Holidays = {
  off: HOLIDAY_YEARS.flatMap(({ off }) => off),
  work: HOLIDAY_YEARS.flatMap(({ work }) => work),
};

function daysOff(first: CalendarDate, count: number): CalendarDate[] {
  return Array.from({ length: count }, (_, index) => addDays(first, index));
}
