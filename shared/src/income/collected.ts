import { type Fen, type Quarter, quarterEnd } from '../kernel/index.ts';
import type { AccountKind, LedgerEvent } from '../ledger/index.ts';
import { canonicalJson } from './canonical.ts';
import { incomeCategoryOf } from './categories.ts';
import { type Collected, COLLECTED_KINDS, type CollectedKind, type StatementLine } from './statement.ts';

/** An entry of the public income's book, as far as it tells what came by WeChat. */
export interface CollectedEntry {
  readonly event: LedgerEvent;
  readonly debitKind: AccountKind;
  readonly creditKind: AccountKind;
  /** Whether it is for a bill: what is kept for a home, or not cleared up yet, is for none and is no income. */
  readonly isOfBill: boolean;
}

/**
 * What an entry is to the statement; null where it is nothing. A charge is income once money has paid its bill, be it
 * from WeChat, from what the home had paid too much or from what had to be looked into; a refund of it takes that back
 * when the payer has it. The gateway's fee is one however it was found.
 */
export function collectedKind(entry: CollectedEntry): CollectedKind | null {
  if (entry.debitKind === 'GATEWAY_FEE' || entry.creditKind === 'GATEWAY_FEE') return 'FEES';
  switch (entry.event) {
    case 'PAYMENT_SETTLED':
    case 'SUSPENSE_CLEARED':
    case 'CREDIT_USED':
      return entry.isOfBill ? 'PAYMENTS' : null;
    case 'REFUND_SUCCEEDED':
      return entry.isOfBill ? 'REFUNDS' : null;
    default:
      return null;
  }
}

/** What an entry adds to its line: WeChat may give a fee back. */
export function collectedFen({ creditKind }: CollectedEntry, amountFen: Fen): Fen {
  return creditKind === 'GATEWAY_FEE' ? -amountFen : amountFen;
}

/** The entries of a quarter that belong to one line. */
export interface CollectedSum extends Collected {
  /** As bills call the charge; '' for the gateway's fee. */
  readonly itemName: string;
  readonly amountFen: Fen;
}

/** The lines that a quarter's entries make, always in the same order and the same words. */
export function collectedLines(quarter: Quarter, sums: readonly CollectedSum[]): StatementLine[] {
  return sums
    .filter(({ amountFen }) => amountFen !== 0)
    .sort((a, b) => orderOf(a) - orderOf(b) || (a.itemCode < b.itemCode ? -1 : 1))
    .map((sum) => collectedLine(quarter, sum));
}

const orderOf = ({ kind }: Collected) => COLLECTED_KINDS.indexOf(kind);

function collectedLine(quarter: Quarter, sum: CollectedSum): StatementLine {
  const { kind, itemCode, itemName, count, amountFen } = sum;
  const said = {
    date: quarterEnd(quarter),
    contractNo: null,
    voucherNo: null,
    voucherIds: [],
    decisionNo: null,
    collected: { kind, itemCode, count },
  };
  if (kind === 'FEES') {
    const note = `微信支付手续费，结算 ${count} 次`;
    return { ...said, dir: 'SPEND', category: 'OPERATING_COST', counterparty: '微信支付', amountFen, note };
  }
  const isRefund = kind === 'REFUNDS';
  const netFen = isRefund ? -amountFen : amountFen;
  return {
    ...said,
    dir: 'INCOME',
    // What homes are charged in this book is parking on common ground, whatever the schedule calls it.
    category: incomeCategoryOf(itemName) ?? 'PARKING_COMMON',
    counterparty: isRefund ? '退款的住户' : '缴费的住户',
    grossFen: netFen,
    costFen: 0,
    netFen,
    justification: null,
    note: `${itemName}，微信${isRefund ? '退款' : '收款'} ${count} 笔`,
  };
}

/** What such a line is marked with. */
export const COLLECTED_LABEL = '自动取自微信收款';

export function isCollected({ collected }: StatementLine): boolean {
  return collected !== undefined;
}

/** What a draft says of the money that came by WeChat, beside what the entries say. */
export interface CollectedGaps {
  /** Lines of the entries that it does not have at all. */
  readonly missing: readonly StatementLine[];
  /** Places of lines that say something else than the entries, with the line that the entries make, if any. */
  readonly changed: readonly { readonly index: number; readonly now: StatementLine | null }[];
}

export function collectedGaps(
  lines: readonly StatementLine[],
  collected: readonly StatementLine[],
): CollectedGaps {
  const open = new Map(collected.map((line) => [nameOf(line), line]));
  const changed: { readonly index: number; readonly now: StatementLine | null }[] = [];
  for (const [index, line] of lines.entries()) {
    if (!isCollected(line)) continue;
    const now = open.get(nameOf(line)) ?? null;
    open.delete(nameOf(line));
    if (now === null || canonicalJson(now) !== canonicalJson(line)) changed.push({ index, now });
  }
  return { missing: [...open.values()], changed };
}

const nameOf = ({ collected }: StatementLine) => `${collected?.kind ?? ''} ${collected?.itemCode ?? ''}`;
