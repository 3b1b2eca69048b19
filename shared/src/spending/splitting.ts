import type { SpendCategory } from '../income/index.ts';
import { type Fen, isSameParty } from '../kernel/index.ts';

/** A spend that no decision carries. */
export interface UndecidedSpend {
  readonly category: SpendCategory;
  readonly payee: string;
  readonly amountFen: Fen;
}

export const SPLIT_KINDS = ['PURPOSE', 'PAYEE'] as const;
/** 同一用途, 同一收款单位: what spends have in common that are one spend in pieces. */
export type SplitKind = (typeof SPLIT_KINDS)[number];

/** Spends of one year that are each too small for a vote and together are not 化整为零. */
export interface Split {
  readonly kind: SplitKind;
  readonly earlierFen: Fen;
  readonly togetherFen: Fen;
  readonly thresholdFen: Fen;
}

/**
 * Whether a spend below the threshold reaches it together with what was spent, or applied for, without a decision in the
 * same year for the same purpose or to the same payee.
 */
export function splitsOf(
  spend: UndecidedSpend,
  earlier: readonly UndecidedSpend[],
  thresholdFen: Fen,
): Split[] {
  const alike: Readonly<Record<SplitKind, (other: UndecidedSpend) => boolean>> = {
    PURPOSE: ({ category }) => category === spend.category,
    PAYEE: ({ payee }) => isSameParty(payee, spend.payee),
  };
  return SPLIT_KINDS.flatMap((kind) => {
    const earlierFen = earlier.filter(alike[kind]).reduce((sum, { amountFen }) => sum + amountFen, 0);
    const togetherFen = earlierFen + spend.amountFen;
    return earlierFen > 0 && togetherFen >= thresholdFen
      ? [{ kind, earlierFen, togetherFen, thresholdFen }]
      : [];
  });
}
