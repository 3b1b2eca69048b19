import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../clock/clock.ts';
import { Database, type Transaction } from '../database/index.ts';
import { Ids } from '../ids/ids.ts';

/** A side effect to come, written in the transaction that wants it (transactional outbox). */
export interface NewJob {
  /** Names the handler, e.g. `assembly.count`. */
  readonly kind: string;
  readonly payload: unknown;
  /** Instant, epoch ms; now when absent. */
  readonly runAt?: number;
  /** The same key twice is one job. */
  readonly dedupeKey?: string;
}

export interface DueJob {
  readonly id: string;
  readonly kind: string;
  readonly payload: string;
  /** Attempts so far. */
  readonly attempts: number;
}

export interface DeadJobRow {
  id: string;
  kind: string;
  attempts: number;
  last_error: string | null;
  created_at: number;
  run_at: number;
}

/** A job that this worker holds; `attempts` counts the present one. It is what tells this holder from the next. */
export type HeldJob = DueJob;

/** One read of what is due. */
const BATCH = 20;
/** A worker that is not heard of for this long has lost its job to the others. */
export const LEASE_MS = 60_000;

/**
 * The outbox's table. `run_at`: of a waiting job when it is to run, of one that has ended when it did.
 */
@Injectable()
export class JobsRepository {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
  ) {}

  async add(tx: Transaction, job: NewJob): Promise<void> {
    const dedupeKey = job.dedupeKey ?? this.ids.next();
    const exists = await tx.row('SELECT 1 AS found FROM jobs WHERE dedupe_key = ?', [dedupeKey]);
    if (exists !== null) return;
    const payload = JSON.stringify(job.payload);
    await this.insert(tx, { kind: job.kind, payload, dedupeKey, runAt: job.runAt ?? this.clock.now() });
  }

  /** Deletes a job that nobody has taken yet. */
  async remove(tx: Transaction, dedupeKey: string): Promise<boolean> {
    const removed = await tx.run(
      `DELETE FROM jobs WHERE dedupe_key = ? AND state = 'WAITING' AND attempts = 0`,
      [dedupeKey],
    );
    return removed === 1;
  }

  /** What may be taken now, the longest due first. A kind that only a newer replica knows is left to that one. */
  async due(kinds: readonly string[]): Promise<DueJob[]> {
    if (kinds.length === 0) return [];
    const now = this.clock.now();
    return this.database.rows<DueJob>(
      `SELECT id, kind, payload, attempts FROM jobs
       WHERE state = 'WAITING' AND run_at <= ? AND lease_until <= ? AND kind IN (${kinds.map(() => '?').join(', ')})
       ORDER BY run_at, id LIMIT ${BATCH}`,
      [now, now, ...kinds],
    );
  }

  /** Takes the job, or null where another worker was faster. */
  async take(job: DueJob): Promise<HeldJob | null> {
    const now = this.clock.now();
    const taken = await this.database.transaction((tx) =>
      tx.run(
        `UPDATE jobs SET lease_until = ?, attempts = attempts + 1
         WHERE id = ? AND state = 'WAITING' AND lease_until <= ? AND attempts = ?`,
        [now + LEASE_MS, job.id, now, job.attempts],
      ),
    );
    return taken === 1 ? { ...job, attempts: job.attempts + 1 } : null;
  }

  /** False where the job is not this worker's any more. */
  async renew({ id, attempts }: HeldJob): Promise<boolean> {
    const renewed = await this.database.transaction((tx) =>
      tx.run(`UPDATE jobs SET lease_until = ? WHERE id = ? AND state = 'WAITING' AND attempts = ?`, [
        this.clock.now() + LEASE_MS,
        id,
        attempts,
      ]),
    );
    return renewed === 1;
  }

  /** Only the worker that holds the job ends it: one whose lease ran out must not undo what the next one did. */
  async settle(
    { id, attempts }: HeldJob,
    outcome: { readonly state: 'DONE' | 'DEAD' | 'WAITING'; readonly runAt: number; readonly error?: string },
  ): Promise<void> {
    await this.database.transaction((tx) =>
      tx.run(
        `UPDATE jobs SET state = ?, last_error = ?, run_at = ?, lease_until = 0
         WHERE id = ? AND state = 'WAITING' AND attempts = ?`,
        [outcome.state, outcome.error ?? null, outcome.runAt, id, attempts],
      ),
    );
  }

  /** Those that were given up, the newest first. */
  dead(after: string | undefined, limit: number): Promise<DeadJobRow[]> {
    return this.database.rows<DeadJobRow>(
      `SELECT id, kind, attempts, last_error, created_at, run_at FROM jobs
       WHERE state = 'DEAD' ${after === undefined ? '' : 'AND id < ?'} ORDER BY id DESC LIMIT ${limit}`,
      after === undefined ? [] : [after],
    );
  }

  /**
   * A new job in the dead one's place; null where there is none. Under an id of its own: a worker that once lost the
   * old one can do nothing to it.
   */
  async revive(
    tx: Transaction,
    jobId: string,
  ): Promise<{ readonly id: string; readonly kind: string } | null> {
    const dead = await tx.row<{ kind: string; payload: string; dedupe_key: string }>(
      `SELECT kind, payload, dedupe_key FROM jobs WHERE id = ? AND state = 'DEAD'`,
      [jobId],
    );
    if (dead === null) return null;
    if ((await tx.run(`DELETE FROM jobs WHERE id = ? AND state = 'DEAD'`, [jobId])) === 0) return null;
    const { kind, payload, dedupe_key: dedupeKey } = dead;
    return { id: await this.insert(tx, { kind, payload, dedupeKey, runAt: this.clock.now() }), kind };
  }

  private async insert(
    tx: Transaction,
    job: {
      readonly kind: string;
      readonly payload: string;
      readonly dedupeKey: string;
      readonly runAt: number;
    },
  ): Promise<string> {
    const id = this.ids.next();
    await tx.insert('jobs', {
      id,
      kind: job.kind,
      payload: job.payload,
      dedupe_key: job.dedupeKey,
      state: 'WAITING',
      run_at: job.runAt,
      attempts: 0,
      lease_until: 0,
      created_at: this.clock.now(),
    });
    return id;
  }
}
