import type { Instant } from '../kernel/index.ts';

/** GET /api/ops/jobs/dead: work of the server that failed too often and waits for the operator 运维. */
export interface DeadJob {
  readonly id: string;
  /** Names the work, e.g. `notifications.deliver`. */
  readonly kind: string;
  readonly attempts: number;
  /** What went wrong the last time, for whoever runs the server. */
  readonly error: string;
  readonly createdAt: Instant;
  readonly givenUpAt: Instant;
}

/** GET /api/health */
export interface Health {
  readonly status: 'ok';
  /** How many jobs wait for the operator. */
  readonly deadJobs: number;
}
