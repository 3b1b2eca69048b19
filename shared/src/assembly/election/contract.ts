import type { CalendarDate, Instant } from '../../kernel/index.ts';
import type { DoubleCount } from '../counts.ts';
import type { ElectionOutcome } from './count.ts';
import type { ElectionKind, SeatBounds } from './seats.ts';
import type { Vacancy } from './recall.ts';
import type { HandoverKind, HandoverState, TermClock } from './term.ts';

/**
 * Elections of the committee 业委会选举, under /api/estates/:estateId/elections.
 *
 * - GET  /                     → ElectionSummary page
 * - GET  /options              → ElectionOptions, conveners
 * - GET  /:id                  → ElectionDetail
 * - POST /                     StartElectionRequest, conveners; Idempotency-Key
 * - POST /:id/candidates       NominateRequest: an owner for themselves, conveners and 社区 for an owner; Idempotency-Key
 * - POST /:id/candidates/:candidateId/answer  {consents}: the candidate
 * - POST /:id/candidates/:candidateId/refuse  {reason}: conveners, before the list is posted
 * - POST /:id/list             conveners: the posted list
 * - POST /:id/candidates/:candidateId/objections  {reason}: owners
 * - GET  /:id/objections       → CandidateObjection[]: conveners, 社区 and 街道
 * - POST /:id/objections/:objectionId/answer  {upheld, answer}: 社区 and 街道, who take no side
 * - POST /:id/assembly         conveners: drafts the meeting, a motion for each candidate
 * - POST /:id/offices          社区 or 街道 proposes the offices of the elected; another of them confirms
 *
 * The term and the handover, under /api/estates/:estateId/committee-terms.
 *
 * - GET  /current              → CommitteeTerm or null: everybody
 * - POST /                     RegisterTermRequest, 社区 and 街道: a committee from before
 * - POST /:id/filed, /:id/first-meeting  {on}: 街道 files; the committee, 社区 or 街道 record the meeting
 * - POST /:id/vacancies      → VacanciesFilled: 社区 and 街道; alternates step in by their rank
 * - GET  /:id/handover         → Handover: the committee, 社区 and 街道
 * - POST /:id/handover/:itemId/give, /receive, /missing
 */
export const ELECTION_STATES = ['NOMINATING', 'LISTED', 'VOTING', 'COUNTED', 'CANCELLED'] as const;
/** 提名, 名单公示, 已提交业主大会, 有结果, 取消. */
export type ElectionState = (typeof ELECTION_STATES)[number];
export const ELECTION_STATE_LABELS: Readonly<Record<ElectionState, string>> = {
  NOMINATING: '提名中',
  LISTED: '候选人公示中',
  VOTING: '已提交业主大会表决',
  COUNTED: '已有结果',
  CANCELLED: '已取消',
};
export const ELECTION_KIND_LABELS: Readonly<Record<ElectionKind, string>> = {
  GENERAL: '业委会选举',
  BY_ELECTION: '业委会补选',
  RUN_OFF: '同票重新投票',
};

export const CANDIDATE_STATES = ['NOMINATED', 'CONSENTED', 'DECLINED', 'REFUSED'] as const;
/** 待本人同意, 已同意, 不参选, 不符合条件. */
export type CandidateState = (typeof CANDIDATE_STATES)[number];
export const CANDIDATE_STATE_LABELS: Readonly<Record<CandidateState, string>> = {
  NOMINATED: '待本人同意',
  CONSENTED: '已同意参选',
  DECLINED: '不参选',
  REFUSED: '不符合条件',
};
export const CANDIDATE_RESULTS = ['ELECTED', 'ALTERNATE', 'TIED', 'NOT_ELECTED'] as const;
/** 当选, 候补, 末位同票, 未当选. */
export type CandidateResult = (typeof CANDIDATE_RESULTS)[number];
export const CANDIDATE_RESULT_LABELS: Readonly<Record<CandidateResult, string>> = {
  ELECTED: '当选',
  ALTERNATE: '候补',
  TIED: '末位同票',
  NOT_ELECTED: '未当选',
};

export interface ElectionSummary {
  readonly id: string;
  readonly kind: ElectionKind;
  readonly state: ElectionState;
  readonly seats: number;
  readonly nominationsUntil: Instant;
  readonly objectionsUntil: Instant;
  readonly assemblyId: string | null;
  readonly outcome: ElectionOutcome | null;
  readonly createdAt: Instant;
}

export interface ElectionCandidate {
  readonly id: string;
  readonly name: string;
  readonly statement: string;
  readonly state: CandidateState;
  readonly isMe: boolean;
  /** Why not, where the conditions are not met; for conveners and the candidate. */
  readonly refusal: string | null;
  readonly openObjections: number;
  readonly motionId: string | null;
  readonly result: CandidateResult | null;
  /** Of this candidate's motion, once counted. */
  readonly inFavour: DoubleCount | null;
}

export interface ElectionDetail extends ElectionSummary {
  readonly conditions: string;
  readonly termYears: number;
  readonly startsOn: CalendarDate;
  readonly endsOn: CalendarDate;
  readonly committeeSeats: number;
  /** In the order of the agenda; before the list is posted only conveners and the nominated see them. */
  readonly candidates: readonly ElectionCandidate[];
  readonly leastCandidates: number;
  readonly sentence: string | null;
  /** Whether the offices of the elected have been proposed. */
  readonly officesProposed: boolean;
  readonly runOffOf: string | null;
  readonly mayNominateMyself: boolean;
}

export interface ElectionOptions {
  readonly bounds: SeatBounds;
  readonly termYears: { readonly min: number; readonly max: number };
  readonly differential: boolean;
  /** 党员过半: advice to those who nominate. */
  readonly advice: string | null;
}

export interface StartElectionRequest {
  readonly kind: 'GENERAL' | 'BY_ELECTION';
  readonly seats: number;
  readonly termYears: number;
  readonly startsOn: CalendarDate;
  readonly conditions: string;
  readonly nominationsUntil: Instant;
  readonly objectionsUntil: Instant;
}

export interface NominateRequest {
  /** Absent: the owner themselves. */
  readonly phone?: string;
  readonly statement: string;
}

export interface CandidateObjection {
  readonly id: string;
  readonly candidateName: string;
  readonly text: string;
  readonly raisedAt: Instant;
  readonly answer: string | null;
  readonly upheld: boolean | null;
}

export interface CommitteeTerm {
  readonly id: string;
  readonly startsOn: CalendarDate;
  readonly endsOn: CalendarDate;
  readonly seats: number;
  readonly clock: TermClock;
  readonly fileBy: CalendarDate | null;
  readonly filedOn: CalendarDate | null;
  readonly firstMeetingBy: CalendarDate | null;
  readonly firstMeetingOn: CalendarDate | null;
  /** After a recall; null where no seat is empty by one. */
  readonly vacancy: Vacancy | null;
  readonly handover: { readonly done: number; readonly missing: number; readonly all: number } | null;
}

export interface RegisterTermRequest {
  readonly startsOn: CalendarDate;
  readonly endsOn: CalendarDate;
  readonly seats: number;
}

/** What became of vacant seats: alternates whose offices are proposed, and seats left for a by-election. */
export interface VacanciesFilled {
  readonly stepIn: number;
  readonly byElection: number;
  /** Too few are left even so: the whole committee is elected anew. */
  readonly electAnew: boolean;
}

export interface HandoverItem {
  readonly id: string;
  readonly kind: HandoverKind;
  readonly name: string;
  readonly state: HandoverState;
  readonly givenBy: string | null;
  readonly givenAt: Instant | null;
  readonly receivedBy: string | null;
  readonly receivedAt: Instant | null;
  readonly note: string | null;
  readonly dueOn: CalendarDate;
  /** Handed over by who was recalled, not by the committee before. */
  readonly recalled: boolean;
  readonly mayGive: boolean;
  readonly mayReceive: boolean;
  readonly mayTellMissing: boolean;
}

export interface Handover {
  /** Of what is still to be signed, the first. */
  readonly dueOn: CalendarDate;
  readonly overdueDays: number;
  readonly items: readonly HandoverItem[];
}
