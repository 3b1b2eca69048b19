import type { CalendarDate, Fen, Month } from '../kernel/index.ts';
import type { Funder } from './rules.ts';
import type { CertificateKind, ReliefKind, ReliefState } from './status.ts';

/** POST /api/estates/:estateId/relief (Idempotency-Key) */
export interface ReliefRequest extends ReliefPapersRequest {
  readonly unitId: string;
  readonly kind: ReliefKind;
  readonly billIds: readonly string[];
}

/** POST …/relief/:id/resubmission: what was handed in, put right; home, kind and bills stay. */
export interface ReliefPapersRequest {
  readonly certificateKind: CertificateKind;
  /** Only its keyed hash is kept. */
  readonly certificateNumber: string;
  /** In the household's own words; sealed, and deleted with the papers. */
  readonly reason: string;
  readonly paperFileIds: readonly string[];
  /** With a deferral: until when the household would like to pay. */
  readonly wishedUntil: CalendarDate | null;
  /** 单独同意: that community and street look at the papers (PIPL 29). */
  readonly consent: boolean;
}

export interface ReliefBillView {
  readonly billId: string;
  readonly month: Month;
  readonly totalFen: Fen;
  readonly openFen: Fen;
  readonly dueOn: CalendarDate;
  /** Null until the street has granted it. */
  readonly grantedFen: Fen | null;
  /** Null until it is in the books. */
  readonly creditedFen: Fen | null;
}

/** An application as everybody sees it who may see it at all. */
export interface ReliefView {
  readonly id: string;
  readonly estateId: string;
  readonly unitId: string;
  readonly unitName: string;
  readonly kind: ReliefKind;
  readonly state: ReliefState;
  readonly bills: readonly ReliefBillView[];
  readonly certificateKind: CertificateKind;
  readonly wishedUntil: CalendarDate | null;
  readonly percent: number | null;
  readonly until: CalendarDate | null;
  readonly funder: Funder | null;
  readonly communityNote: string;
  readonly streetNote: string;
  readonly submittedAt: number;
  readonly verifiedAt: number | null;
  readonly decidedAt: number | null;
  readonly appliedAt: number | null;
  readonly papers: number;
  /** When the papers are deleted, or were; null while it is undecided. */
  readonly papersGoneAt: number | null;
}

/** GET /api/me/relief?estateId= : the applicant's own. */
export interface MyRelief {
  readonly items: readonly ReliefView[];
}

/** GET /api/estates/:estateId/relief?state=&after=&limit= : for community and street. */
export interface ReliefQueue {
  readonly items: readonly ReliefView[];
  readonly next: string | null;
}

/** GET /api/estates/:estateId/relief/:id : opened by community or street, which is recorded. */
export interface ReliefFile extends ReliefView {
  readonly applicantName: string;
  /** '' once deleted. */
  readonly reason: string;
  readonly photos: readonly { readonly id: string; readonly url: string; readonly thumbUrl: string }[];
  /** The same certificate stands behind an application of another home. */
  readonly certificateElsewhere: boolean;
  readonly communityName: string | null;
  readonly streetName: string | null;
  /** What the caller may do now. */
  readonly steps: readonly ('VERIFY' | 'DECIDE')[];
}

/** POST …/relief/:id/verification */
export interface VerifyReliefRequest {
  readonly verified: boolean;
  readonly note: string;
}

/** POST …/relief/:id/decision */
export interface DecideReliefRequest {
  readonly approve: boolean;
  readonly note: string;
  readonly percent: number | null;
  readonly funder: Funder | null;
  readonly until: CalendarDate | null;
}
