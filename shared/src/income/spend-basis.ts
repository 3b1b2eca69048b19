import { type SpendFault, type SpendableDecision, spendFaults } from '../assembly/index.ts';
import type { CalendarDate, Fen } from '../kernel/index.ts';
import type { SpendCategory } from './categories.ts';

/** What is to be spent, and what the estate says about it. */
export interface SpendingNeed {
  readonly category: SpendCategory;
  readonly amountFen: Fen;
  /** The day on which it is approved, or was spent. */
  readonly on: CalendarDate;
  /** 预算年度 in which that day lies. */
  readonly budgetYear: number;
  /** From this amount on the owners decide; null means that they decide on every spend. */
  readonly thresholdFen: Fen | null;
}

export type BasisFault = 'VOTE_REQUIRED' | 'BUDGET_SMALL_ONLY' | SpendFault;

/**
 * Everything that stands against a spend 准许依据: from the threshold on it needs a decision, and a decision that is
 * cited must carry it, needed or not. A budget of the year 年度预算 carries what is below the threshold; where the estate
 * has none, whatever is left of it. Empty means that it may be spent.
 */
export function basisFaults(need: SpendingNeed, decision: SpendableDecision | null): BasisFault[] {
  const { category, amountFen, on, budgetYear, thresholdFen } = need;
  if (decision !== null) {
    const faults: BasisFault[] = spendFaults(decision, { purpose: category, amountFen, on, budgetYear });
    const isLarge = thresholdFen !== null && needsDecision(amountFen, thresholdFen);
    return isLarge && decision.budgetYear !== null ? [...faults, 'BUDGET_SMALL_ONLY'] : faults;
  }
  return needsDecision(amountFen, thresholdFen) ? ['VOTE_REQUIRED'] : [];
}

/** Whether spending this much needs a decision of the owners. */
function needsDecision(amountFen: Fen, spendThresholdFen: Fen | null): boolean {
  return amountFen > 0 && (spendThresholdFen === null || amountFen >= spendThresholdFen);
}
