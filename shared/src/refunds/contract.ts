import type { Fen } from '../kernel/index.ts';
import type { QuarantineReason, Receipt } from '../fees/index.ts';
import type { ProposalOutcome, ProposalSubject } from './proposals.ts';
import type {
  CreditOrigin,
  CreditState,
  QuarantineState,
  RefundEffect,
  RefundState,
  RefundSubject,
} from './status.ts';

// --- the desk: /api/estates/:estateId/fees/… --------------------------------------------------------------------------

/** A proposal that waits for a second person. */
export interface OpenProposal {
  readonly id: string;
  readonly outcome: ProposalOutcome;
  readonly reason: string;
  /** 李*, and whether that is the caller: nobody decides on their own. */
  readonly askedBy: string;
  readonly mine: boolean;
  readonly askedAt: number;
}

/** GET …/unmatched: money that arrived and fits no open bill. What is settled already is left out. */
export interface UnmatchedMoney {
  readonly quarantined: readonly QuarantinedMoney[];
  readonly credits: readonly CreditedMoney[];
}
export interface QuarantinedMoney {
  readonly id: string;
  readonly orderNo: string;
  readonly transactionId: string;
  readonly reason: QuarantineReason;
  readonly expectedFen: Fen | null;
  readonly receivedFen: Fen;
  readonly at: number;
  readonly state: QuarantineState;
  /** Whether it came to this merchant, and whether a home is known to credit. */
  readonly refundable: boolean;
  readonly creditable: boolean;
  readonly proposal: OpenProposal | null;
}
export interface CreditedMoney {
  readonly id: string;
  readonly orderNo: string;
  readonly unitName: string;
  readonly reason: CreditOrigin;
  readonly amountFen: Fen;
  readonly leftFen: Fen;
  readonly state: CreditState;
  readonly at: number;
  readonly proposal: OpenProposal | null;
}

/** GET …/refunds?state= */
export interface RefundList {
  readonly items: readonly RefundRow[];
  readonly next: string | null;
}
export interface RefundRow {
  readonly id: string;
  readonly refundNo: string;
  readonly subject: RefundSubject;
  readonly effect: RefundEffect;
  readonly orderNo: string;
  readonly unitName: string;
  readonly amountFen: Fen;
  readonly reason: string;
  readonly state: RefundState;
  /** 李*; 系统 where money that paid nothing goes back by itself. */
  readonly askedBy: string;
  readonly mine: boolean;
  readonly askedAt: number;
  readonly decidedBy: string | null;
  readonly decidedAt: number | null;
  readonly note: string;
  readonly endedAt: number | null;
  /** What WeChat last said where it did not take the refund; a hint only, as refusals are not signed. */
  readonly hint: string;
}

/** POST …/refunds (Idempotency-Key) */
export interface AskRefundRequest {
  readonly subject: RefundSubject;
  /** The order, the credit or the quarantined payment. */
  readonly subjectId: string;
  /** The bill whose money goes back; null but for PAYMENT. */
  readonly billId: string | null;
  readonly effect: RefundEffect;
  readonly amountFen: Fen;
  readonly reason: string;
}
/** POST …/refunds/:id/decision · …/proposals/:id/decision */
export interface DecisionRequest {
  readonly approve: boolean;
  /** Why not, where it is not approved. */
  readonly note: string;
}
/** POST …/proposals (Idempotency-Key) */
export interface ProposeRequest {
  readonly subject: ProposalSubject;
  readonly subjectId: string;
  readonly outcome: ProposalOutcome;
  readonly reason: string;
}
export interface AskedResponse {
  readonly id: string;
}

/** GET …/bills/:id/payments: what was paid of a bill, to give some of it back. */
export interface BillPayments {
  readonly items: readonly {
    readonly orderId: string;
    readonly orderNo: string;
    readonly paidAt: number;
    readonly paidFen: Fen;
    readonly refundableFen: Fen;
  }[];
  /** Taken from money paid too much before. */
  readonly fromCreditsFen: Fen;
}

// --- the payer: /api/me/… -----------------------------------------------------------------------------------------------

/** GET /api/me/refunds?estateId= : what is owed back to the caller, and what has been asked for. */
export interface MyRefunds {
  readonly credits: readonly MyCredit[];
  readonly refunds: readonly MyRefund[];
}
export interface MyCredit {
  readonly id: string;
  readonly unitName: string;
  readonly reason: CreditOrigin;
  readonly leftFen: Fen;
  readonly state: CreditState;
  readonly at: number;
  /** From then on it goes back by itself; null where it is kept. */
  readonly backAt: number | null;
}
export interface MyRefund {
  readonly id: string;
  readonly orderNo: string;
  readonly unitName: string;
  readonly amountFen: Fen;
  readonly state: RefundState;
  readonly reason: string;
  readonly askedAt: number;
  readonly endedAt: number | null;
}

/** GET /api/me/receipts/:id : a receipt, and what went back of its money since. */
export interface RefundedReceipt extends Receipt {
  readonly refunds: readonly Pick<MyRefund, 'amountFen' | 'state' | 'askedAt' | 'endedAt'>[];
}

/** POST /api/me/credits/:id/choice */
export const CREDIT_CHOICES = ['REFUND', 'KEEP'] as const;
export type CreditChoice = (typeof CREDIT_CHOICES)[number];
export interface ChooseCreditRequest {
  readonly choice: CreditChoice;
}
