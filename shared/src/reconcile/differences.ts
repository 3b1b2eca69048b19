import type { CalendarDate, Fen } from '../kernel/index.ts';
import { OUTCOMES_OF, type ProposalOutcome } from '../refunds/index.ts';

/** How two accounts of the same money can differ. */
export const DIFFERENCE_CLASSES = [
  'MISSING_HERE',
  'MISSING_THERE',
  'AMOUNT',
  'STATE',
  'DUPLICATE',
  'FEE',
] as const;
export type DifferenceClass = (typeof DIFFERENCE_CLASSES)[number];
export const DIFFERENCE_LABELS: Readonly<Record<DifferenceClass, string>> = {
  MISSING_HERE: '对方有，我们没有',
  MISSING_THERE: '我们有，对方没有',
  AMOUNT: '金额不符',
  STATE: '状态不符',
  DUPLICATE: '重复',
  FEE: '手续费不符',
};

/** What was compared: a payment or a refund with the trade bill, or a day's settlement with the bank statement. */
export const ENTRY_KINDS = ['PAYMENT', 'REFUND', 'SETTLEMENT'] as const;
export type EntryKind = (typeof ENTRY_KINDS)[number];
export const ENTRY_LABELS: Readonly<Record<EntryKind, string>> = {
  PAYMENT: '收款',
  REFUND: '退款',
  SETTLEMENT: '结算入账',
};

/** One difference, as both sides have it. `key` names the entry: with kind and class it is found once only. */
export interface Difference {
  readonly class: DifferenceClass;
  readonly kind: EntryKind;
  readonly key: string;
  readonly onDate: CalendarDate;
  readonly orderNo: string;
  readonly oursFen: Fen | null;
  readonly theirsFen: Fen | null;
  /** What else differs, in words: the states, the two fees, the bank's own number. */
  readonly detail: string;
}

/** What two people may say of it. Only of a settlement that came over another amount is the rest a fee. */
export function outcomesOf({
  kind,
  class: differs,
}: Pick<Difference, 'kind' | 'class'>): readonly ProposalOutcome[] {
  const isOddSettlement = kind === 'SETTLEMENT' && differs === 'AMOUNT';
  return OUTCOMES_OF.DIFFERENCE.filter((outcome) => outcome !== 'AS_FEE' || isOddSettlement);
}
