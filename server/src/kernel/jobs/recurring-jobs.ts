import { Inject, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { Clock } from '../clock/clock.ts';
import { Database } from '../database/index.ts';
import { Jobs } from './jobs.ts';

interface Round {
  readonly slot: number;
  /** The round before, whose row is no longer needed. */
  readonly previous: number | null;
}

/**
 * Work that comes round: a sweep. One job a round for all replicas, by its dedupe key. Each round plans the next
 * before it works, and one that fails leaves its work to the next; so the chain never ends and never piles up.
 */
@Injectable()
export class RecurringJobs implements OnApplicationBootstrap {
  private readonly log = new Logger('Jobs');
  private readonly periods = new Map<string, number>();

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Jobs) private readonly jobs: Jobs,
  ) {}

  /** Given at module start. `work` may meet itself in two replicas. */
  every(kind: string, periodMs: number, work: () => Promise<unknown>): void {
    this.periods.set(kind, periodMs);
    this.jobs.handle(kind, (round: Round) => this.run(kind, periodMs, round, work), { untilDone: true });
  }

  async onApplicationBootstrap(): Promise<void> {
    for (const [kind, periodMs] of this.periods)
      await this.plan(kind, periodMs, { slot: this.slotNow(periodMs), previous: null });
  }

  private async run(kind: string, periodMs: number, { slot, previous }: Round, work: () => Promise<unknown>) {
    await this.plan(kind, periodMs, { slot: Math.max(slot, this.slotNow(periodMs)) + 1, previous: slot });
    await work().catch((error: unknown) => this.log.error(`${kind}: ${(error as Error).message}`));
    if (previous === null) return;
    await this.database.transaction((tx) =>
      tx.run("DELETE FROM jobs WHERE dedupe_key = ? AND state = 'DONE'", [keyOf(kind, previous)]),
    );
  }

  private plan(kind: string, periodMs: number, round: Round): Promise<void> {
    const { slot } = round;
    return this.jobs.ensure({ kind, payload: round, runAt: slot * periodMs, dedupeKey: keyOf(kind, slot) });
  }

  private slotNow(periodMs: number): number {
    return Math.floor(this.clock.now() / periodMs);
  }
}

function keyOf(kind: string, slot: number): string {
  return `${kind}:${slot}`;
}
