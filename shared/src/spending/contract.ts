import type { FileRef } from '../files/index.ts';
import type { SpendPurpose } from '../assembly/index.ts';
import type { SpendCategory } from '../income/index.ts';
import type { CalendarDate, Fen, Instant, Page, Quarter } from '../kernel/index.ts';
import type { SpendingEvent, SpendingState } from './status.ts';

/** Spending from the public income 支出申请, under /api/estates/:estateId/income/spending. */

export const APPLICANT_BODIES = ['COMPANY', 'COMMITTEE', 'COMMUNITY'] as const;
export type ApplicantBody = (typeof APPLICANT_BODIES)[number];
export const APPLICANT_BODY_LABELS: Readonly<Record<ApplicantBody, string>> = {
  COMPANY: '物业企业',
  COMMITTEE: '业委会',
  COMMUNITY: '社区',
};

/** What allows the spend 准许依据. */
export type SpendingBasis =
  | {
      readonly kind: 'DECISION';
      readonly decisionId: string;
      readonly number: string;
      readonly title: string;
      /** 年度预算: the year whose budget it is; null for a decision on one thing. */
      readonly budgetYear: number | null;
    }
  /** Below what the estate's owners decide on; the threshold of the day on which it was approved. */
  | { readonly kind: 'BELOW_THRESHOLD'; readonly thresholdFen: Fen };

/** One step that was taken, oldest first. */
export interface SpendingStep {
  readonly event: SpendingEvent | 'APPLY';
  readonly by: string;
  readonly at: Instant;
}

export interface SpendingRequest {
  readonly id: string;
  readonly category: SpendCategory;
  /** What exactly it is for. */
  readonly text: string;
  readonly payee: string;
  readonly amountFen: Fen;
  readonly state: SpendingState;
  readonly appliedAs: ApplicantBody;
  /** Null until it is approved without a decision. */
  readonly basis: SpendingBasis | null;
  /** Contract and quotes. */
  readonly files: readonly FileRef[];
  readonly steps: readonly SpendingStep[];
  /** Why it was rejected. */
  readonly reason: string;
  readonly paidOn: CalendarDate | null;
  readonly bankLineNo: string | null;
  readonly receipt: FileRef | null;
  /** What the reader may do next. */
  readonly can: readonly SpendingEvent[];
}

/** GET ?state=&decisionId=&after=&limit= ; the newest first. */
export type SpendingPage = Page<SpendingRequest>;

/** POST with an Idempotency-Key (company, committee). */
export interface ApplySpendingRequest {
  readonly category: SpendCategory;
  readonly text: string;
  readonly payee: string;
  readonly amountFen: Fen;
  /** The decision of the owners that allows it; null where none is needed, or the year's budget carries it. */
  readonly decisionNo: string | null;
  /** Uploaded as VOUCHER. */
  readonly fileIds: readonly string[];
}

/** POST /:id/reject */
export interface RejectSpendingRequest {
  readonly reason: string;
}

/** POST /:id/reconcile (another person than who paid) */
export interface ReconcileSpendingRequest {
  /** The bank's number of the line that is this payment. */
  readonly serial: string;
}

/** POST /:id/pay */
export interface PaySpendingRequest {
  readonly paidOn: CalendarDate;
  /** 银行流水号: each pays one spend. */
  readonly bankLineNo: string;
  /** The bank's receipt, uploaded as VOUCHER. */
  readonly receiptFileId: string;
}

/** Where owners read a line of the books. */
export interface LinePlace {
  readonly statementId: string;
  readonly index: number;
  readonly quarter: Quarter;
}
/** One of the spends that are charged to a decision. */
export interface DecisionSpend {
  readonly id: string;
  /** Of a payment out of the joint account; null for any other line of the books. */
  readonly requestId: string | null;
  readonly category: SpendPurpose;
  /** What exactly it was for; may be ''. */
  readonly text: string;
  readonly payee: string;
  readonly amountFen: Fen;
  /** The day of the spend; of a payment that is still to be made, the day of its confirmation. */
  readonly on: CalendarDate;
  /** Null until its quarter is published. */
  readonly place: LinePlace | null;
}
/** GET …/income/decisions/:decisionId/spends: what it has cost, the oldest first. */
export interface DecisionCost {
  readonly items: readonly DecisionSpend[];
}
