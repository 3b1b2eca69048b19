import type { FileRef } from '../files/index.ts';
import type { CalendarDate, Instant, Quarter } from '../kernel/index.ts';
import type { AuditCommitment, AuditDuty, FindingDuty, OwedAudit } from './due.ts';
import type { AuditParty } from './parties.ts';
import type { AuditContent, AuditFault, FindingFacts } from './report.ts';
import type { AuditReportState, FindingEvent, FindingState } from './status.ts';

/** The yearly audit 年度审计, under /api/estates/:estateId/income/audits. */

// --- what owners read ------------------------------------------------------------------------------------------------

/** GET / : every year, the newest first, and those that are owed. */
export interface AuditOverview {
  readonly years: readonly AuditYear[];
  readonly owed: readonly OwedAudit[];
  /** Null where neither the region nor the owners ask for a yearly audit. */
  readonly duty: AuditDuty | null;
  /** What the owners decided on it, the oldest first; the last that is for a year counts. */
  readonly decided: readonly AuditCommitment[];
}
export interface AuditYear {
  readonly report: AuditReportSummary;
  readonly findings: FindingCounts;
}
export interface FindingCounts {
  readonly all: number;
  readonly accepted: number;
  /** Of those that are not accepted, past the date of their next step. */
  readonly overdue: number;
}
export interface AuditReportSummary extends Omit<AuditContent, 'findings' | 'summary'> {
  readonly id: string;
  readonly version: number;
  readonly state: AuditReportState;
  readonly publishedAt: Instant | null;
  /** 公告期; null where the region sets none. */
  readonly postedUntil: CalendarDate | null;
  /** Why this version replaced the one before; '' for the first. */
  readonly reason: string;
}

/** GET /reports/:id : a published version, in force or not. */
export interface AuditReportView extends AuditReportSummary {
  readonly summary: string;
  readonly scan: FileRef | null;
  /** SHA-256 of the file that is kept, in hex: what `sha256sum` says of the download. */
  readonly scanSha256: string;
  readonly recordedBy: string;
  readonly publishedBy: string;
  readonly findings: readonly FindingView[];
  /** The newest first. */
  readonly versions: readonly AuditReportSummary[];
}

/** What a finding concerns, as it can be opened. */
export type FindingConcern =
  | {
      readonly kind: 'STATEMENT';
      readonly statementId: string;
      readonly quarter: Quarter;
      readonly lineIndex: number | null;
      readonly text: string;
    }
  | { readonly kind: 'CONTRACT'; readonly contractId: string; readonly text: string };

/** GET /findings/:id */
export interface FindingView extends Pick<
  FindingFacts,
  'no' | 'text' | 'amountFen' | 'responsible' | 'dueOn'
> {
  readonly id: string;
  readonly reportId: string;
  readonly year: number;
  readonly concern: FindingConcern | null;
  readonly state: FindingState;
  /** Who owes the next step; null once it is accepted. */
  readonly duty: FindingDuty | null;
  /** The oldest first. */
  readonly events: readonly FindingEventView[];
  /** What the reader may do next. */
  readonly can: readonly FindingEvent[];
}
export interface FindingEventView {
  readonly seq: number;
  readonly event: FindingEvent;
  readonly text: string;
  readonly files: readonly FileRef[];
  readonly by: string;
  readonly as: AuditParty;
  readonly at: Instant;
}

/** GET /marks?statementId= : which findings concern a statement. */
export interface AuditMarks {
  readonly items: readonly AuditMark[];
}
export interface AuditMark {
  readonly findingId: string;
  readonly reportId: string;
  readonly year: number;
  readonly no: number;
  /** Null where it concerns the whole statement. */
  readonly lineIndex: number | null;
  readonly state: FindingState;
}

// --- the desk ---------------------------------------------------------------------------------------------------------

/** GET /desk */
export interface AuditDesk {
  readonly owed: readonly OwedAudit[];
  readonly duty: AuditDuty | null;
  /** What the owners decided on it, the oldest first; the last that is for a year counts. */
  readonly decided: readonly AuditCommitment[];
  readonly drafts: readonly AuditDraftSummary[];
  readonly published: readonly AuditReportSummary[];
  /** What is not accepted yet: first what waits for the reader, then what is due first. */
  readonly findings: readonly FindingView[];
  /** Whether the reader records and publishes reports here. */
  readonly mayRecord: boolean;
  /** A finding of a report that is published today is answered by then, at the latest. */
  readonly latestAnswerOn: CalendarDate;
}
export interface AuditDraftSummary extends AuditReportSummary {
  readonly recordedBy: string;
  readonly updatedAt: Instant;
  /** Recorded by somebody else, so the reader may publish it. */
  readonly awaitsMe: boolean;
}

/** GET /drafts/:id */
export interface AuditDraft extends AuditDraftSummary {
  readonly summary: string;
  readonly findings: readonly FindingFacts[];
  readonly scan: FileRef | null;
  readonly scanSha256: string;
  readonly revision: number;
  readonly faults: readonly AuditFault[];
  /** The numbers of the findings that are published already: their due dates stay. */
  readonly fixedNos: readonly number[];
}

/** POST /reports (Idempotency-Key) · PUT /reports/:id with the `revision` of the draft seen; 0 for a new one. */
export interface SaveAuditReportRequest extends AuditContent {
  /** Uploaded as VOUCHER; a draft keeps the one it has. */
  readonly scanFileId: string;
  readonly revision: number;
}
/** POST /reports/:id/publish names the revision that was read beside the original. */
export interface PublishAuditReportRequest {
  readonly revision: number;
}
/** POST /reports/:id/amendments (Idempotency-Key): a draft of the next version. */
export interface AmendAuditReportRequest {
  readonly reason: string;
}
/** POST /findings/:id/answers (Idempotency-Key) */
export interface AnswerFindingRequest {
  readonly text: string;
  /** Uploaded as VOUCHER. */
  readonly fileIds: readonly string[];
}
/** POST /findings/:id/accept · names the answer that was read. */
export interface AcceptAnswerRequest {
  readonly seq: number;
}
/** POST /findings/:id/send-back */
export interface SendBackAnswerRequest extends AcceptAnswerRequest {
  readonly reason: string;
}
/** POST /commitment (Idempotency-Key): the owners decided on an audit every year. */
export type CommitAuditRequest = Pick<AuditCommitment, 'sinceYear' | 'decisionNumber'>;
/** POST /commitment/changes (Idempotency-Key): a later decision takes the place of what was decided, or ends it. */
export type ChangeAuditRequest = Pick<AuditCommitment, 'sinceYear' | 'decisionNumber' | 'isOwed'>;
