import type { Fen, Quarter } from '../kernel/index.ts';
import { INCOME_CATEGORIES, SPEND_CATEGORIES } from './categories.ts';
import type { StatementLine } from './statement.ts';

/** One bar of a chart; the number beside it is the readable form. */
export interface CategorySum {
  readonly category: string;
  readonly label: string;
  readonly amountFen: Fen;
  readonly lines: number;
}

/** Net income by category, the largest first. */
export function incomeByCategory(lines: readonly StatementLine[]): CategorySum[] {
  return sums(
    lines.flatMap((line) =>
      line.dir === 'INCOME'
        ? [{ category: line.category, label: INCOME_CATEGORIES[line.category].label, amountFen: line.netFen }]
        : [],
    ),
  );
}

/** Spending by category, the largest first. */
export function spendByCategory(lines: readonly StatementLine[]): CategorySum[] {
  return sums(
    lines.flatMap((line) =>
      line.dir === 'SPEND'
        ? [
            {
              category: line.category,
              label: SPEND_CATEGORIES[line.category].label,
              amountFen: line.amountFen,
            },
          ]
        : [],
    ),
  );
}

/** A quarter of the balance chart. */
export interface QuarterSum {
  readonly quarter: Quarter;
  readonly openingFen: Fen;
  readonly incomeNetFen: Fen;
  readonly spendFen: Fen;
  readonly closingFen: Fen;
}

function sums(
  parts: readonly { readonly category: string; readonly label: string; readonly amountFen: Fen }[],
): CategorySum[] {
  const byCategory = new Map<string, CategorySum>();
  for (const { category, label, amountFen } of parts) {
    const sum = byCategory.get(category);
    byCategory.set(category, {
      category,
      label,
      amountFen: (sum?.amountFen ?? 0) + amountFen,
      lines: (sum?.lines ?? 0) + 1,
    });
  }
  return [...byCategory.values()].sort((a, b) => b.amountFen - a.amountFen);
}
