import type { CalendarDate, Fen } from '../kernel/index.ts';
import type { AllocationOrder } from './periods.ts';

/** What is still owed on one bill. */
export interface Debt {
  readonly billId: string;
  readonly dueOn: CalendarDate;
  readonly principalFen: Fen;
  readonly lateFeeFen: Fen;
}

export interface AllocationLine {
  readonly billId: string;
  readonly principalFen: Fen;
  readonly lateFeeFen: Fen;
}

export interface Allocation {
  readonly lines: readonly AllocationLine[];
  /** What is over when everything is paid; credited or given back, never kept in silence. */
  readonly leftFen: Fen;
}

/** Spreads a payment over debts: the oldest due date first, then by bill; within a bill in the contract's order. */
export function allocatePayment(
  amountFen: Fen,
  debts: readonly Debt[],
  order: AllocationOrder = 'PRINCIPAL_FIRST',
): Allocation {
  const lines: AllocationLine[] = [];
  let leftFen = amountFen;
  const take = (owedFen: Fen): Fen => {
    const paidFen = Math.min(leftFen, owedFen);
    leftFen -= paidFen;
    return paidFen;
  };
  for (const { billId, principalFen, lateFeeFen } of [...debts].sort(byAge)) {
    if (leftFen === 0) break;
    const line =
      order === 'PRINCIPAL_FIRST'
        ? { billId, principalFen: take(principalFen), lateFeeFen: take(lateFeeFen) }
        : { billId, lateFeeFen: take(lateFeeFen), principalFen: take(principalFen) };
    if (line.principalFen + line.lateFeeFen > 0) lines.push(line);
  }
  return { lines, leftFen };
}

function byAge(a: Debt, b: Debt): number {
  if (a.dueOn !== b.dueOn) return a.dueOn < b.dueOn ? -1 : 1;
  if (a.billId === b.billId) return 0;
  return a.billId < b.billId ? -1 : 1;
}
