import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { HOUR_MS } from '@linli/shared/kernel';
import { Clock } from '../clock/clock.ts';
import { Database } from '../database/index.ts';
import { RecurringJobs } from '../jobs/recurring-jobs.ts';
import { RETENTION } from '../retention/retention.ts';
import { DiscardFiles } from './discard-files.ts';

const BATCH = 100;

/** Uploads that were never used: they would count against their uploader for ever, and show what nobody sent. */
@Injectable()
export class SweepLooseFiles implements OnModuleInit {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(RecurringJobs) private readonly recurring: RecurringJobs,
    @Inject(DiscardFiles) private readonly files: DiscardFiles,
  ) {}

  onModuleInit(): void {
    this.recurring.every('files.sweep', HOUR_MS, () => this.sweep());
  }

  async sweep(): Promise<void> {
    const until = this.clock.now() - RETENTION.looseFilesMs;
    for (;;) {
      const rows = await this.database.rows<{ id: string }>(
        `SELECT id FROM files WHERE attached = 0 AND created_at <= ? ORDER BY created_at LIMIT ${BATCH}`,
        [until],
      );
      const ids = rows.map((row) => row.id);
      await this.database.transaction((tx) => this.files.discardLoose(tx, ids));
      if (ids.length < BATCH) return;
    }
  }
}
