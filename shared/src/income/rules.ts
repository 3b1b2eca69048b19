import type { Fraction } from '../kernel/index.ts';

/** The region's part of public income that statements are checked against. The threshold for spending is the estate's. */
export interface IncomeRules {
  /** Days after the quarter's end. */
  readonly publishWithinDays: number;
  readonly accountHolder: 'COMMITTEE' | 'PM_SEPARATE';
  /** The share of net income that has to top up the maintenance fund; null where the assembly decides. */
  readonly fundMinShare: {
    readonly share: Fraction;
    readonly strict: boolean;
    /** Only while the fund is below this share of its first levy; null for always. */
    readonly whileFundBelow: Fraction | null;
  } | null;
}

/** What the estate's maintenance fund holds, for regions whose rule depends on it; null where nobody has said. */
export interface FundLevel {
  readonly balanceFen: number;
  readonly firstLevyFen: number;
}
