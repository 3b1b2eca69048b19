import type { Fraction } from '../kernel/index.ts';

/** The region's part of public income that statements are checked against. The threshold for spending is the estate's. */
export interface IncomeRules {
  /** Statements are of quarters everywhere; where the year is the period, its four are due after its end. */
  readonly publishPeriod: 'QUARTER' | 'YEAR';
  /** Days after the period's end. */
  readonly publishWithinDays: number;
  readonly accountHolder: 'COMMITTEE' | 'PM_SEPARATE';
  /** The share of net income that has to top up the maintenance fund; null where the assembly decides. */
  readonly fundMinShare: {
    readonly share: Fraction;
    readonly strict: boolean;
    /** Only while the fund is below this share of its first levy, which the estate's people know; null for always. */
    readonly whileFundBelow: Fraction | null;
  } | null;
  /** Whether public income may make up for property fees (老旧小区弥补物业费). */
  readonly mayOffsetFees: boolean;
  /** The month, 1 – 12, in which the year of budgets 预算年度 begins. */
  readonly spendYearStartsMonth: number;
  /** What is added up to see whether small spends are a large one in pieces 化整为零. */
  readonly splitWindow:
    { readonly kind: 'YEAR' } | { readonly kind: 'ROLLING_MONTHS'; readonly months: number };
}
