import { DAY_MS, SECOND_MS } from '../kernel/index.ts';

/** Sizes and times that both sides keep to. */
export const ASSEMBLY_LIMITS = {
  titleLength: { min: 4, max: 60 },
  summaryLength: { min: 10, max: 2_000 },
  motions: { min: 1, max: 20 },
  motionTitleLength: { min: 4, max: 80 },
  motionTextLength: { min: 10, max: 4_000 },
  materials: { max: 10 },
  buildingsInScope: { max: 200 },
  opinionLength: { min: 2, max: 500 },
  objectionLength: { min: 2, max: 500 },
  objectionFiles: { max: 9 },
  reasonLength: { min: 4, max: 500 },
  /** Voting stays open for at least a day and at most three months. */
  votingTimeMs: { min: DAY_MS, max: 92 * DAY_MS },
  pageSize: { default: 20, max: 100 },
} as const;

/** Casting a ballot either commits within this time of its receipt or fails. */
export const CAST_TIME_LIMIT_MS = 10 * SECOND_MS;

/** The roll is corrected so long before the vote opens, or not at all. On no account shorter than a commit may take. */
export const ROLL_SETTLES_MS = 60 * SECOND_MS;

/**
 * The count starts this long after the deadline. Longer than a cast may take, so that a ballot which was received in
 * time and is still being stored cannot slip in behind the count. On no account shorter than `CAST_TIME_LIMIT_MS`.
 */
export const COUNTING_GRACE_MS = 60 * SECOND_MS;
