import { addDays, type CalendarDate, yearOf } from '../kernel/index.ts';
import type { IncomeRules } from './rules.ts';

type YearRules = Pick<IncomeRules, 'spendYearStartsMonth'>;

/** 预算年度: the year of budgets in which a day lies, called by the calendar year in which it begins. */
export function spendYearOf(date: CalendarDate, { spendYearStartsMonth }: YearRules): number {
  const year = yearOf(date);
  return Number(date.slice(5, 7)) >= spendYearStartsMonth ? year : year - 1;
}

export function spendYearDays(
  year: number,
  { spendYearStartsMonth }: YearRules,
): { readonly from: CalendarDate; readonly until: CalendarDate } {
  const monthAndDay = `${String(spendYearStartsMonth).padStart(2, '0')}-01`;
  return { from: `${year}-${monthAndDay}`, until: addDays(`${year + 1}-${monthAndDay}`, -1) };
}
