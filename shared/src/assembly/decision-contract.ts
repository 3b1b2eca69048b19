import type { CalendarDate, Fen, Instant } from '../kernel/index.ts';
import type { FileRef } from '../files/index.ts';
import type { FollowUpSummary } from './decision-follow-up.ts';
import type { DecisionStatus } from './decision-status.ts';
import type { MatterNumber, VoteClass } from './matters.ts';

/**
 * Decisions of the owners (业主大会决定), those counted here and those from before the estate joined, under
 * /api/estates/:estateId/decisions. Contracts, fees and vouchers cite them by number.
 */

export const DECISION_ORIGINS = ['ASSEMBLY', 'REGISTERED'] as const;
/** Counted by this system, or registered from paper. */
export type DecisionOrigin = (typeof DECISION_ORIGINS)[number];

/** What other features need of a decision that they cite. */
export interface DecisionReference {
  readonly id: string;
  readonly number: string;
  readonly decidedOn: CalendarDate;
  readonly matter: MatterNumber;
  readonly voteClass: VoteClass;
  readonly title: string;
  readonly status: DecisionStatus;
  /** The most that may be spent on it; null where it sets no amount. */
  readonly amountLimitFen: Fen | null;
  /** What exactly was decided. */
  readonly purpose: string;
}

/** GET / ?status=&overdue=1&after=&limit= */
export interface Decision extends DecisionReference {
  readonly origin: DecisionOrigin;
  /** Where it was counted; null for a registered one. */
  readonly assemblyId: string | null;
  readonly registeredAt: Instant;
  /** What became of it; null while it is not in force. */
  readonly followUp: FollowUpSummary | null;
}

/** GET /:decisionId */
export interface DecisionDetail extends Decision {
  readonly scan: FileRef | null;
  readonly registeredBy: string;
  /** Who checked it against the paper; null while that is still to be done. */
  readonly confirmedBy: string | null;
  readonly confirmedAt: Instant | null;
  readonly refusal: string | null;
  /** Whether the reader may confirm or refuse it now. */
  readonly canReview: boolean;
}

/** POST / with an Idempotency-Key (committee): a decision from before the estate joined. */
export interface RegisterDecisionRequest {
  readonly number: string;
  readonly decidedOn: CalendarDate;
  readonly matter: MatterNumber;
  readonly voteClass: VoteClass;
  readonly title: string;
  readonly purpose: string;
  readonly amountLimitFen: Fen | null;
  readonly scanFileId: string;
}

/** POST /:decisionId/review: by another member of the committee than the one who registered it. */
export interface ReviewDecisionRequest {
  readonly approve: boolean;
  /** Needed to refuse. */
  readonly reason: string;
}

export const DECISION_LIMITS = {
  numberLength: { min: 2, max: 40 },
  titleLength: { min: 4, max: 80 },
  purposeLength: { min: 4, max: 2_000 },
  reasonLength: { min: 4, max: 200 },
  maxAmountFen: 100_000_000_00,
} as const;
