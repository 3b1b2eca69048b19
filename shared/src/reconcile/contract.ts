import type { CalendarDate, Fen, Month } from '../kernel/index.ts';
import type { Ledger } from '../fees/index.ts';
import type { OpenProposal } from '../refunds/index.ts';
import type { SheetFault, SheetIgnored } from '../sheet/index.ts';
import type { DifferenceClass, EntryKind } from './differences.ts';

export const RUN_STATES = ['DONE', 'EMPTY', 'WAITING'] as const;
/** WAITING: the bill could not be had or read yet; it is asked for again. EMPTY: nothing moved that day. */
export type RunState = (typeof RUN_STATES)[number];
export const RUN_STATE_LABELS: Readonly<Record<RunState, string>> = {
  DONE: '已核对',
  EMPTY: '当天没有交易',
  WAITING: '账单还没取到',
};

/** How one estate's part of a day stands beside WeChat's bill, for whoever may not see the bill itself. */
const TRADE_BILL_STATES = ['AGREED', 'DIFFERENT', 'WAITING'] as const;
export type TradeBillState = (typeof TRADE_BILL_STATES)[number];
export const TRADE_BILL_STATE_LABELS: Readonly<Record<TradeBillState, string>> = {
  AGREED: '和微信账单一致',
  DIFFERENT: '和微信账单有差异，正在查',
  WAITING: '还没和微信账单核对',
};

/** A day of one ledger's merchant beside WeChat's bill and the bank. */
export interface ReconciledDay {
  readonly date: CalendarDate;
  readonly state: RunState;
  readonly payments: number;
  readonly paidFen: Fen;
  readonly refunds: number;
  readonly refundedFen: Fen;
  /** In whole fen, as it is settled. */
  readonly feeFen: Fen;
  /** What WeChat owes for the day. */
  readonly settlementFen: Fen;
  /** What the bank shows for it; null while it shows nothing. */
  readonly arrivedFen: Fen | null;
  /** Payments and refunds that only the bill told us of, booked since. */
  readonly recovered: number;
  readonly differences: number;
  readonly openDifferences: number;
  readonly checkedAt: number;
  /** Why it waits; '' otherwise. */
  readonly fault: string;
}

/** GET /api/estates/:estateId/reconciliation?month=&ledger= : the month's report; `csv` is the same for a spreadsheet. */
export interface ReconciliationMonth {
  readonly month: Month;
  readonly ledger: Ledger;
  readonly payeeName: string;
  readonly mchId: string;
  readonly days: readonly ReconciledDay[];
  readonly totals: Omit<ReconciledDay, 'date' | 'state' | 'arrivedFen' | 'checkedAt' | 'fault'> & {
    readonly arrivedFen: Fen;
  };
  readonly differences: readonly DifferenceView[];
  readonly csv: string;
}

export const DIFFERENCE_STATES = ['OPEN', 'SETTLED'] as const;
export type DifferenceState = (typeof DIFFERENCE_STATES)[number];
export interface DifferenceView {
  readonly id: string;
  readonly class: DifferenceClass;
  readonly kind: EntryKind;
  readonly onDate: CalendarDate;
  readonly orderNo: string;
  readonly oursFen: Fen | null;
  readonly theirsFen: Fen | null;
  readonly detail: string;
  readonly state: DifferenceState;
  readonly proposal: OpenProposal | null;
  /** 已经更正：少记一笔（李*、赵*）; '' while it is open. */
  readonly outcome: string;
}

/** POST …/reconciliation/bank-statements?ledger= (multipart, the bank's file) */
export interface BankImport {
  readonly from: CalendarDate | null;
  readonly until: CalendarDate | null;
  readonly lines: number;
  readonly newLines: number;
  readonly settlements: number;
  readonly otherLines: number;
  readonly differences: number;
  readonly faults: readonly SheetFault[];
  readonly ignored: readonly SheetIgnored[];
}
