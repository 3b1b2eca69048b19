import { type Fen, assertInteger } from '../kernel/index.ts';
import { type Account, ACCOUNTS, type Book, sameAccount } from './accounts.ts';

/** What happened; together with the thing that it happened to it names a group. */
export const LEDGER_EVENTS = [
  'BILL_ISSUED',
  'BILL_CANCELLED',
  'PAYMENT_SETTLED',
  'PAYMENT_CREDITED',
  'PAYMENT_QUARANTINED',
  'SUSPENSE_CLEARED',
  'CREDIT_USED',
  'REFUND_REQUESTED',
  'REFUND_SUCCEEDED',
  'REFUND_FAILED',
  'REDUCTION_APPLIED',
  'GATEWAY_PAID_OUT',
  'BANK_LINE',
  'STATEMENT_LINE',
  'FUND_OPENED',
  'CORRECTION',
] as const;
export type LedgerEvent = (typeof LEDGER_EVENTS)[number];
export const LEDGER_EVENT_LABELS: Readonly<Record<LedgerEvent, string>> = {
  BILL_ISSUED: '开出账单',
  BILL_CANCELLED: '账单作废',
  PAYMENT_SETTLED: '缴费入账',
  PAYMENT_CREDITED: '多付的钱记为预收',
  PAYMENT_QUARANTINED: '对不上的钱先记待查',
  SUSPENSE_CLEARED: '待查款查清入账',
  CREDIT_USED: '用预收款抵账单',
  REFUND_REQUESTED: '批准退款',
  REFUND_SUCCEEDED: '退款到账',
  REFUND_FAILED: '退款未成，钱退回原处',
  REDUCTION_APPLIED: '减免',
  GATEWAY_PAID_OUT: '微信结算到银行',
  BANK_LINE: '银行流水',
  STATEMENT_LINE: '公共收益收支',
  FUND_OPENED: '期初结余',
  CORRECTION: '更正',
};

/** The document that a group is made from. */
export const DOCUMENT_KINDS = [
  'BILL',
  'PAY_ORDER',
  'PAY_CREDIT',
  'QUARANTINE',
  'REFUND',
  'REDUCTION',
  'PAYOUT',
  'BANK_LINE',
  'STATEMENT_LINE',
  'STATEMENT',
  'LEDGER_GROUP',
] as const;
export type DocumentKind = (typeof DOCUMENT_KINDS)[number];

/** One movement: what the debit account 借 gains the credit account 贷 gives, in one book of one estate. */
export interface LedgerEntry {
  readonly debit: Account;
  readonly credit: Account;
  /** More than 0: a movement back is an entry with the sides changed. */
  readonly amountFen: Fen;
  /** The bill that the movement is for, where it is for one. */
  readonly billId: string | null;
}

/**
 * Entries that belong together 一笔凭证: stored all or none, and once. Estate and book stand on the group, so that an
 * entry between two books, or two estates, cannot even be written down.
 */
export interface LedgerGroup {
  /** Names what happened, once for ever: the same event gives the same key whoever reports it. ≤ 160 ASCII characters. */
  readonly key: string;
  /** Null for money that came to a merchant number for an order that nobody knows. */
  readonly estateId: string | null;
  readonly book: Book;
  readonly event: LedgerEvent;
  readonly document: { readonly kind: DocumentKind; readonly id: string };
  /** The payment order that the money came by, where it came by one. */
  readonly orderId: string | null;
  /** When it happened: the payment, not its booking. Instant, epoch ms. */
  readonly occurredAt: number;
  /** None where nothing moved: a bill over nothing. */
  readonly entries: readonly LedgerEntry[];
}

export const GROUP_KEY_MAX = 160;
const SUBJECT_MAX = 26;

/** Answers the group, or throws: what does not fit here is a bug of the caller, never a user's mistake. */
export function checkGroup(group: LedgerGroup): LedgerGroup {
  const { key, book, entries } = group;
  if (key.length > GROUP_KEY_MAX || !/^[!-~]+$/.test(key)) throw new RangeError(`"${key}" names no group`);
  for (const { debit, credit, amountFen } of entries) {
    if (assertInteger(amountFen, 'amountFen') <= 0) throw new RangeError(`${key} moves ${amountFen} fen`);
    if (sameAccount(debit, credit)) throw new RangeError(`${key} moves money from ${debit.kind} to itself`);
    for (const account of [debit, credit]) checkAccount(account, book, key);
  }
  return group;
}

function checkAccount({ kind, subject }: Account, book: Book, key: string): void {
  const rule = ACCOUNTS[kind];
  if (!rule.books.includes(book)) throw new RangeError(`${key}: ${book} has no account ${kind}`);
  const fits = {
    NONE: subject === '',
    UNIT: subject !== '',
    UNIT_IF_KNOWN: true,
    CATEGORY: subject !== '',
  }[rule.subject];
  if (!fits || subject.length > SUBJECT_MAX) throw new RangeError(`${key}: "${subject}" names no ${kind}`);
}

/** The same movements back again. */
export function reversed(entries: readonly LedgerEntry[]): LedgerEntry[] {
  return entries.map(({ debit, credit, ...rest }) => ({ ...rest, debit: credit, credit: debit }));
}
