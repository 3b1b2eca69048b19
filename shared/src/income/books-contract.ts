import type { FileRef } from '../files/index.ts';
import type { CalendarDate, Fen, Instant, Quarter } from '../kernel/index.ts';
import type { EntryView } from '../ledger/index.ts';
import type { TradeBillState } from '../reconcile/index.ts';
import type { BookLineSource } from './books.ts';
import type { Collected, StatementLine } from './statement.ts';

// The books of the public income 公共收益账簿: /api/estates/:estateId/income/books

/** GET …/income/books?quarter=: every line of a quarter, those taken back among them, by their day. */
export interface QuarterBooks {
  readonly quarter: Quarter;
  readonly lines: readonly KeptLineView[];
  /** What came and went by WeChat, as a statement of the quarter would say it now 自动取自微信收款. */
  readonly collected: readonly CollectedLineView[];
  /** Of the lines that count, with what came by WeChat. */
  readonly incomeNetFen: Fen;
  readonly spendFen: Fen;
  /** The version in force of the quarter; it may say less than the books by now. */
  readonly published: { readonly id: string; readonly isBehind: boolean } | null;
  readonly draftId: string | null;
}
export interface CollectedLineView {
  readonly line: StatementLine;
  readonly categoryLabel: string;
}
export interface BookLineView {
  readonly id: string;
  readonly source: BookLineSource;
  readonly line: StatementLine;
  readonly categoryLabel: string;
  readonly bookedBy: string;
  readonly bookedAt: Instant;
  readonly takenBack: { readonly by: string; readonly at: Instant; readonly reason: string } | null;
}
/** As its keepers see it, with what owners see of its papers. */
export interface KeptLineView extends BookLineView {
  readonly vouchers: readonly VoucherView[];
}
/** POST …/income/books/lines (Idempotency-Key): books one line 记一笔; it stands in the ledger from then on. */
export interface BookLineRequest {
  readonly line: StatementLine;
}
/** POST …/income/books/lines/:id/take-back 冲销: both stay to be read. */
export interface TakeBackLineRequest {
  readonly reason: string;
}
/** POST …/income/statements/from-books (Idempotency-Key): a draft of what the books have of the quarter 生成季报. */
export interface StatementFromBooksRequest {
  readonly quarter: Quarter;
}

/** GET …/income/statements/:id/lines/:index/trace: from a line that owners read down to the bank. */
export interface LineTrace {
  readonly index: number;
  /** Null with a version from before there were books, and with what came by WeChat. */
  readonly booked: BookLineView | null;
  /** Null with every other line. */
  readonly collected: CollectedTrace | null;
  /** Oldest first; those of a line that was taken back say so. Of what came by WeChat the first 200. */
  readonly entries: readonly EntryView[];
  readonly vouchers: readonly VoucherView[];
  /** Null until the bank's statement has it. */
  readonly bankLine: BankLineView | null;
}
/** What stands behind a line that came by WeChat, as the ledger has it now: whose payments they are is not told. */
export interface CollectedTrace extends Collected {
  readonly amountFen: Fen;
  /** The oldest first. */
  readonly days: readonly CollectedDay[];
}
export interface CollectedDay {
  readonly on: CalendarDate;
  readonly count: number;
  readonly amountFen: Fen;
  /** How the day stands beside WeChat's trade bill 对账; null where nothing moved at WeChat that day. */
  readonly reconciled: TradeBillState | null;
}
/** A voucher as owners see it 凭证公开件, beside the kept original's hash. */
export interface VoucherView {
  readonly originalId: string;
  /** The copy with personal data blacked out 公开件 where there is one, otherwise the original. */
  readonly shown: FileRef;
  readonly isRedacted: boolean;
  /** SHA-256 of the original as it is kept, 64 hex digits: whoever inspects it can tell that it is the same. */
  readonly originalSha256: string;
}
export interface BankLineView {
  /** The bank's own number 流水号. */
  readonly serial: string;
  readonly onDate: CalendarDate;
  readonly amountFen: Fen;
  readonly counterparty: string;
}
/** POST …/income/vouchers/:fileId/redacted: an uploaded copy without personal data, shown in the original's place. */
export interface RedactVoucherRequest {
  readonly fileId: string;
}
