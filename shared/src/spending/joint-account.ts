import type { CalendarDate, Fen, Instant, Month } from '../kernel/index.ts';
import type { SpendingRequest } from './contract.ts';

/** The joint account 共管账户 beside the bank's statement, under /api/estates/:estateId/income/joint-account. */

export const BANK_SUBJECTS = ['PAYMENT', 'WITHDRAWAL'] as const;
/** 已登记的付款, 银行流水上的支出. */
export type BankSubject = (typeof BANK_SUBJECTS)[number];

const BANK_STATES = ['OPEN', 'PROPOSED', 'MATCHED', 'BOOKED', 'EXPLAINED'] as const;
/**
 * OPEN and PROPOSED wait for a person; the others let the quarter be posted. BOOKED: a withdrawal that the books have as
 * a line of their own, which two people publish with the quarter.
 */
export type BankState = (typeof BANK_STATES)[number];
export const BANK_STATE_LABELS: Readonly<Record<BankState, string>> = {
  OPEN: '没有对上',
  PROPOSED: '待核对',
  MATCHED: '已对上',
  BOOKED: '账簿里有',
  EXPLAINED: '已说明',
};

export interface BankExplanation {
  readonly reason: string;
  readonly by: string;
  readonly at: Instant;
}

/** A withdrawal on the bank's statement. */
export interface AccountLine {
  /** The bank's own number. */
  readonly serial: string;
  readonly onDate: CalendarDate;
  readonly amountFen: Fen;
  readonly counterparty: string;
  readonly summary: string;
}

export interface PaymentOfMonth {
  readonly request: SpendingRequest;
  readonly state: BankState;
  /** MATCHED: the line that was confirmed. PROPOSED: the one that fits. */
  readonly line: AccountLine | null;
  readonly explanation: BankExplanation | null;
}

export interface WithdrawalOfMonth {
  readonly line: AccountLine;
  readonly state: BankState;
  /** MATCHED, PROPOSED and BOOKED: what the payment was for. */
  readonly paidFor: string | null;
  readonly explanation: BankExplanation | null;
}

/** GET ?month= */
export interface JointAccountMonth {
  readonly month: Month;
  /** The last day that the bank's statement tells of; null where none was ever imported. */
  readonly statementUntil: CalendarDate | null;
  readonly payments: readonly PaymentOfMonth[];
  readonly withdrawals: readonly WithdrawalOfMonth[];
  readonly open: OpenOfMonth;
  /** Of the body that keeps the account: may import the statement, and say what something was. */
  readonly isKeeper: boolean;
}

/** What keeps the quarter from being posted. */
export interface OpenOfMonth {
  readonly payments: number;
  readonly withdrawals: number;
}

/** POST /explanations */
export interface ExplainBankRequest {
  readonly kind: BankSubject;
  /** The spend's id, or the bank's number of the line. */
  readonly subject: string;
  readonly reason: string;
}

export function isOpen(state: BankState): boolean {
  return state === 'OPEN' || state === 'PROPOSED';
}
