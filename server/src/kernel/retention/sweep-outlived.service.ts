import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { HOUR_MS } from '@linli/shared/kernel';
import { Clock } from '../clock/clock.ts';
import { Database } from '../database/index.ts';
import { RecurringJobs } from '../jobs/recurring-jobs.ts';
import { RETENTION } from './retention.ts';

/** Rows that one transaction deletes: locks stay few and short. */
const BATCH = 500;

/** Rows that have outlived their use. Names come from code; an index has to lead to them. */
export interface Outlived {
  readonly table: string;
  /** The table's key, of one column. */
  readonly key: string;
  /** The instants of a row from which on it is of no use: the last of them counts. */
  readonly endedAt: readonly string[];
  /** Which rows, where not all of the table's. */
  readonly only?: string;
  /** How long they are kept after that. */
  readonly keptMs: number;
}

/** Deletes what has outlived its use. A feature says in its `onModuleInit` what of its own does. */
@Injectable()
export class SweepOutlived implements OnModuleInit {
  private readonly outlived: Outlived[] = [
    { table: 'idempotency_keys', key: 'id', endedAt: ['created_at'], keptMs: RETENTION.answersMs },
    { table: 'jobs', key: 'id', endedAt: ['run_at'], only: "state = 'DONE'", keptMs: RETENTION.doneJobsMs },
  ];

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(RecurringJobs) private readonly recurring: RecurringJobs,
  ) {}

  register(...outlived: readonly Outlived[]): void {
    this.outlived.push(...outlived);
  }

  onModuleInit(): void {
    this.recurring.every('kernel.sweep', HOUR_MS, () => this.sweep());
  }

  async sweep(): Promise<void> {
    for (const rows of this.outlived) await this.deleteInBatches(rows);
  }

  private async deleteInBatches({ table, key, endedAt, only, keptMs }: Outlived): Promise<void> {
    const over = [...endedAt.map((instant) => `${instant} <= ?`), ...(only === undefined ? [] : [only])].join(
      ' AND ',
    );
    const until = endedAt.map(() => this.clock.now() - keptMs);
    for (;;) {
      const rows = await this.database.rows<{ of_row: string }>(
        `SELECT ${key} AS of_row FROM ${table} WHERE ${over} LIMIT ${BATCH}`,
        until,
      );
      const keys = rows.map((row) => row.of_row);
      if (keys.length > 0)
        await this.database.transaction((tx) =>
          // Asked again: meanwhile a row may have got a new life under the same key.
          tx.run(`DELETE FROM ${table} WHERE ${key} IN (${keys.map(() => '?').join(', ')}) AND ${over}`, [
            ...keys,
            ...until,
          ]),
        );
      if (keys.length < BATCH) return;
    }
  }
}
