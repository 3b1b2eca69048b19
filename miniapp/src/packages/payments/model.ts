import type { BillView } from '@linli/shared/fees';

/** One order takes bills of one home and one ledger: these go together. */
export const accountOf = ({ unitId, ledger }: BillView): string => `${unitId}:${ledger}`;

export const owedFen = ({ openFen, lateFeeFen }: BillView): number => openFen + lateFeeFen;

export function sumOwed(bills: readonly BillView[]): number {
  return bills.reduce((sum, bill) => sum + owedFen(bill), 0);
}

export const isOpen = ({ state }: BillView): boolean => state === 'ISSUED' || state === 'PART_PAID';

/** Bills that go together, in the order in which they are shown. */
export function accountsOf(bills: readonly BillView[]): readonly (readonly BillView[])[] {
  const accounts = new Map<string, BillView[]>();
  for (const bill of bills) {
    const account = accounts.get(accountOf(bill));
    if (account === undefined) accounts.set(accountOf(bill), [bill]);
    else account.push(bill);
  }
  return [...accounts.values()];
}

/** The home that is looked at comes first; the others keep their order. */
export function homeFirst(bills: readonly BillView[], unitId: string | null): readonly BillView[] {
  return [
    ...bills.filter((bill) => bill.unitId === unitId),
    ...bills.filter((bill) => bill.unitId !== unitId),
  ];
}
