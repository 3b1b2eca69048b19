import { type IncomeRules, type SpendCategory, spendYearDays, spendYearOf } from '../income/index.ts';
import {
  addDays,
  addMonths,
  type CalendarDate,
  type Fen,
  isSameParty,
  monthEnd,
  monthOf,
} from '../kernel/index.ts';

export type SplitRules = Pick<IncomeRules, 'spendYearStartsMonth' | 'splitWindow'>;

/** A spend that no decision carries. */
export interface UndecidedSpend {
  readonly category: SpendCategory;
  readonly payee: string;
  readonly amountFen: Fen;
  /** The day of the spend, or of its application. */
  readonly on: CalendarDate;
}

const SPLIT_KINDS = ['PURPOSE', 'PAYEE'] as const;
/** 同一用途, 同一收款单位: what spends have in common that are one spend in pieces. */
export type SplitKind = (typeof SPLIT_KINDS)[number];

/** Spends of one period that are each too small for a vote and together are not 化整为零. */
export interface Split {
  readonly kind: SplitKind;
  readonly earlierFen: Fen;
  readonly togetherFen: Fen;
  readonly thresholdFen: Fen;
}

/** Both days belong to it. */
export interface Days {
  readonly from: CalendarDate;
  readonly until: CalendarDate;
}

/** All days that may be added up with this one. */
export function splitDays(on: CalendarDate, rules: SplitRules): Days {
  if (rules.splitWindow.kind === 'YEAR') return spendYearDays(spendYearOf(on, rules), rules);
  const { months } = rules.splitWindow;
  return { from: monthsLater(on, -months), until: monthsLater(on, months) };
}

/**
 * Whether a spend below the threshold reaches it together with what was spent, or applied for, without a decision in the
 * same period for the same purpose or to the same payee. Where months roll, no such stretch that holds this day may
 * reach it.
 */
export function splitsOf(
  spend: UndecidedSpend,
  others: readonly UndecidedSpend[],
  thresholdFen: Fen,
  rules: SplitRules,
): Split[] {
  const alike: Readonly<Record<SplitKind, (other: UndecidedSpend) => boolean>> = {
    PURPOSE: ({ category }) => category === spend.category,
    PAYEE: ({ payee }) => isSameParty(payee, spend.payee),
  };
  return SPLIT_KINDS.flatMap((kind) => {
    const pieces = others.filter(alike[kind]);
    const sums = stretchesWith(spend.on, pieces, rules).map(({ from, until }) =>
      pieces.filter(({ on }) => on >= from && on <= until).reduce((sum, { amountFen }) => sum + amountFen, 0),
    );
    const earlierFen = Math.max(0, ...sums);
    const togetherFen = earlierFen + spend.amountFen;
    return earlierFen > 0 && togetherFen >= thresholdFen
      ? [{ kind, earlierFen, togetherFen, thresholdFen }]
      : [];
  });
}

/** 今年, 本年度（4 月起）, 连续 12 个月内: what is added up, in a word. */
export function splitPeriodText({ spendYearStartsMonth, splitWindow }: SplitRules): string {
  if (splitWindow.kind === 'ROLLING_MONTHS') return `连续 ${splitWindow.months} 个月内`;
  return spendYearStartsMonth === 1 ? '今年' : `本年度（${spendYearStartsMonth} 月起）`;
}

/** The year alone, or each stretch of months that holds the day and begins with a spend. */
function stretchesWith(
  on: CalendarDate,
  pieces: readonly UndecidedSpend[],
  rules: SplitRules,
): readonly Days[] {
  const { splitWindow } = rules;
  if (splitWindow.kind === 'YEAR') return [splitDays(on, rules)];
  const begins = new Set([on, ...pieces.map((piece) => piece.on)]);
  return [...begins]
    .map((from) => ({ from, until: addDays(monthsLater(from, splitWindow.months), -1) }))
    .filter(({ from, until }) => from <= on && on <= until);
}

/** The same day so many months later; the last of a shorter month. */
function monthsLater(date: CalendarDate, months: number): CalendarDate {
  const month = addMonths(monthOf(date), months);
  const day = `${month}-${date.slice(8)}`;
  return day > monthEnd(month) ? monthEnd(month) : day;
}
