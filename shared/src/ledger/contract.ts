import type { Fen, Month } from '../kernel/index.ts';
import type { AccountKind, Book, Side, SubjectKind } from './accounts.ts';
import type { DocumentKind, LedgerEvent } from './group.ts';

// The ledger as it is read. Staff: /api/estates/:estateId/ledger/… · owners: /api/me/ledger/…

/** GET …/ledger/trial-balance 试算平衡: every account kind of every book that has entries. */
export interface TrialBalanceView {
  readonly books: readonly BookBalance[];
}
export interface BookBalance {
  readonly book: Book;
  readonly label: string;
  readonly rows: readonly AccountBalance[];
  /** Equal, always: what all the debit accounts hold and what all the credit accounts hold. */
  readonly debitFen: Fen;
  readonly creditFen: Fen;
}
export interface AccountBalance {
  readonly kind: AccountKind;
  readonly label: string;
  readonly plain: string;
  readonly side: Side;
  /** By what it is divided: then its homes or categories are listed apart. */
  readonly subject: SubjectKind;
  /** Turnover 发生额 on both sides. */
  readonly debitFen: Fen;
  readonly creditFen: Fen;
  /** On the account's own side; below 0 where the other side is ahead. */
  readonly balanceFen: Fen;
}

/** GET …/ledger/accounts?book=&kind=: the homes or categories of one kind of account. Homes for the company alone. */
export interface AccountPage {
  readonly items: readonly SubjectBalance[];
  readonly next: string | null;
}
export interface SubjectBalance {
  readonly subject: string;
  /** 1号楼 1单元 101, 电梯广告 */
  readonly name: string;
  readonly debitFen: Fen;
  readonly creditFen: Fen;
  readonly balanceFen: Fen;
}

/** GET …/ledger/entries?book=&kind=&subject=: one account, the newest first. */
export interface EntryPage {
  readonly items: readonly EntryView[];
  readonly next: string | null;
}

/**
 * GET …/ledger/traces?kind=&id=: all entries about a bill (BILL), of an order by its number (ORDER_NO), or of another
 * document. GET /api/me/ledger/bills/:id · /api/me/ledger/receipts/:id: one's own.
 */
/** A bill, an order or a document has a handful of entries; nobody reads more at once. */
export const TRACED_AT_MOST = 200;
export interface EntryTrace {
  /** Oldest first. */
  readonly items: readonly EntryView[];
}

export interface EntryView {
  readonly id: string;
  /** Entries with the same key belong together 凭证. */
  readonly groupKey: string;
  readonly event: LedgerEvent;
  readonly eventLabel: string;
  readonly book: Book;
  readonly debit: EntryAccount;
  readonly credit: EntryAccount;
  readonly amountFen: Fen;
  /** For whoever never kept books. */
  readonly sentence: string;
  /** Instants, epoch ms: when it happened, and when it was written down. */
  readonly occurredAt: number;
  readonly postedAt: number;
  readonly document: { readonly kind: DocumentKind; readonly id: string };
  readonly billId: string | null;
  /** Of which month's bill, where it is for one. */
  readonly billMonth: Month | null;
  readonly orderNo: string | null;
}
export interface EntryAccount {
  readonly kind: AccountKind;
  readonly label: string;
  /** '' where the account is not divided, or whose it is is not the reader's business. */
  readonly subject: string;
  readonly subjectName: string;
}
