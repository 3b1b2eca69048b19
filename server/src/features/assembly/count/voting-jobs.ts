import { countsAt } from '@linli/shared/assembly';
import { DAY_MS, type Instant } from '@linli/shared/kernel';
import type { Transaction } from '../../../kernel/database/index.ts';
import type { Jobs } from '../../../kernel/jobs/jobs.ts';

export const OPEN_JOB = 'assembly.open';
export const REMIND_JOB = 'assembly.remind';
export const COUNT_JOB = 'assembly.count';

export interface VotingJob {
  readonly estateId: string;
  readonly assemblyId: string;
}

/** The deadline was moved: what was planned for the old one is called off and planted anew. */
export async function planForNewDeadline(
  jobs: Jobs,
  tx: Transaction,
  { estateId, assemblyId, from, to }: VotingJob & { readonly from: Instant; readonly to: Instant },
): Promise<void> {
  const due = [
    [REMIND_JOB, to - DAY_MS],
    [COUNT_JOB, countsAt({ opensAt: from, closesAt: to })],
  ] as const;
  for (const [kind, runAt] of due) {
    await jobs.callOff(tx, `${kind}:${assemblyId}`);
    await jobs.callOff(tx, `${kind}:${assemblyId}:${from}`);
    await jobs.enqueue(tx, {
      kind,
      payload: { estateId, assemblyId } satisfies VotingJob,
      runAt,
      dedupeKey: `${kind}:${assemblyId}:${to}`,
    });
  }
}

/** What the clock does for a meeting, planted with its notice: open, remind a day before the end, count. */
export async function planVotingJobs(
  jobs: Jobs,
  tx: Transaction,
  schedule: VotingJob & { readonly opensAt: Instant; readonly closesAt: Instant },
): Promise<void> {
  const { estateId, assemblyId, opensAt, closesAt } = schedule;
  const due = [
    [OPEN_JOB, opensAt],
    [REMIND_JOB, Math.max(opensAt, closesAt - DAY_MS)],
    [COUNT_JOB, countsAt(schedule)],
  ] as const;
  for (const [kind, runAt] of due)
    await jobs.enqueue(tx, {
      kind,
      payload: { estateId, assemblyId } satisfies VotingJob,
      runAt,
      dedupeKey: `${kind}:${assemblyId}`,
    });
}
