import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { HOUR_MS } from '@linli/shared/kernel';
import { Clock } from '../clock/clock.ts';
import { Database } from '../database/index.ts';
import { RecurringJobs } from '../jobs/recurring-jobs.ts';
import { RETENTION } from './retention.ts';

/** Rows that one transaction deletes: locks stay few and short. */
const BATCH = 500;

/** Deletes what has outlived its use: answers kept for repeated actions, and jobs that are done. */
@Injectable()
export class SweepOutlived implements OnModuleInit {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(RecurringJobs) private readonly recurring: RecurringJobs,
  ) {}

  onModuleInit(): void {
    this.recurring.every('kernel.sweep', HOUR_MS, () => this.sweep());
  }

  async sweep(): Promise<void> {
    await this.deleteInBatches('idempotency_keys', 'created_at <= ?', RETENTION.answersMs);
    await this.deleteInBatches('jobs', "state = 'DONE' AND run_at <= ?", RETENTION.doneJobsMs);
  }

  private async deleteInBatches(table: string, outlived: string, keptMs: number): Promise<void> {
    const until = this.clock.now() - keptMs;
    for (;;) {
      const rows = await this.database.rows<{ id: string }>(
        `SELECT id FROM ${table} WHERE ${outlived} LIMIT ${BATCH}`,
        [until],
      );
      const ids = rows.map((row) => row.id);
      if (ids.length > 0)
        await this.database.transaction((tx) =>
          tx.run(`DELETE FROM ${table} WHERE id IN (${ids.map(() => '?').join(', ')})`, ids),
        );
      if (ids.length < BATCH) return;
    }
  }
}
