import {
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { Clock } from '../clock/clock.ts';
import { Database, type Transaction, violates } from '../database/index.ts';
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

export type JobHandler = (payload: never) => Promise<void>;

interface JobRow {
  id: string;
  kind: string;
  payload: string;
  attempts: number;
}

const POLL_MS = 500;
const BATCH = 20;
const LEASE_MS = 60_000;
const MAX_ATTEMPTS = 12;
/** 1 s, 2 s, 4 s … capped at ten minutes. */
const backoffMs = (attempts: number) => Math.min(1000 * 2 ** attempts, 600_000);

/**
 * The outbox's worker. Any replica drains it: a lease is taken by a conditional update, so two workers never run
 * the same job at once; a handler must still be idempotent, because a crash after its effect runs it again.
 */
@Injectable()
export class Jobs implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly log = new Logger('Jobs');
  private readonly handlers = new Map<string, JobHandler>();
  private timer: NodeJS.Timeout | null = null;
  private draining: Promise<number> = Promise.resolve(0);
  private stopped = false;

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
  ) {}

  /** Each kind has one handler, given at module start. */
  handle(kind: string, handler: JobHandler): void {
    if (this.handlers.has(kind)) throw new Error(`Two handlers for ${kind}`);
    this.handlers.set(kind, handler);
  }

  async enqueue(tx: Transaction, job: NewJob): Promise<void> {
    const now = this.clock.now();
    const dedupeKey = job.dedupeKey ?? this.ids.next();
    const exists = await tx.row('SELECT 1 AS found FROM jobs WHERE dedupe_key = ?', [dedupeKey]);
    if (exists !== null) return;
    await tx.insert('jobs', {
      id: this.ids.next(),
      kind: job.kind,
      payload: JSON.stringify(job.payload),
      dedupe_key: dedupeKey,
      state: 'WAITING',
      run_at: job.runAt ?? now,
      attempts: 0,
      lease_until: 0,
      created_at: now,
    });
  }

  /** Plants a job outside any other change, e.g. a recurring sweep at start; a lost race for the key is fine. */
  async ensure(job: NewJob & { readonly dedupeKey: string }): Promise<void> {
    try {
      await this.database.transaction((tx) => this.enqueue(tx, job));
    } catch (error) {
      if (!violates(error, 'uq_jobs_dedupe_key')) throw error;
    }
  }

  onApplicationBootstrap(): void {
    this.schedule();
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopped = true;
    if (this.timer !== null) clearTimeout(this.timer);
    await this.draining;
  }

  /**
   * Runs what is due until nothing is; answers how many ran. Tests call it instead of waiting. One drain at a time:
   * when it answers, nothing that was due before is still under way here.
   */
  drain(): Promise<number> {
    const turn = this.draining.then(() => this.drainNow());
    this.draining = turn.catch(() => 0);
    return turn;
  }

  private async drainNow(): Promise<number> {
    let total = 0;
    for (;;) {
      const ran = await this.runBatch();
      if (ran === 0 || this.stopped) return total + ran;
      total += ran;
    }
  }

  private schedule(): void {
    if (this.stopped) return;
    this.timer = setTimeout(() => {
      void this.drain()
        .catch((error: unknown) => this.log.error(`outbox: ${(error as Error).message}`))
        .finally(() => this.schedule());
    }, POLL_MS);
    this.timer.unref();
  }

  private async runBatch(): Promise<number> {
    const now = this.clock.now();
    const due = await this.database.rows<JobRow>(
      `SELECT id, kind, payload, attempts FROM jobs
       WHERE state = 'WAITING' AND run_at <= ? AND lease_until <= ? ORDER BY run_at, id LIMIT ${BATCH}`,
      [now, now],
    );
    let ran = 0;
    for (const job of due) if (await this.lease(job, now)) ran += await this.runOne(job);
    return ran;
  }

  private async lease(job: JobRow, now: number): Promise<boolean> {
    const taken = await this.database.transaction((tx) =>
      tx.run(
        `UPDATE jobs SET lease_until = ?, attempts = attempts + 1
         WHERE id = ? AND state = 'WAITING' AND lease_until <= ? AND attempts = ?`,
        [now + LEASE_MS, job.id, now, job.attempts],
      ),
    );
    return taken === 1;
  }

  private async runOne(job: JobRow): Promise<number> {
    const handler = this.handlers.get(job.kind);
    try {
      if (handler === undefined) throw new Error(`No handler for ${job.kind}`);
      await handler(JSON.parse(job.payload) as never);
      await this.finish(job, 'DONE', null, 0);
    } catch (error) {
      const attempts = job.attempts + 1;
      const message = ((error as Error).message ?? String(error)).slice(0, 300);
      const dead = attempts >= MAX_ATTEMPTS;
      const line = `job ${job.kind} ${job.id} attempt ${attempts}: ${message}`;
      // A dead job waits for a person; it must not look like one more retry.
      if (dead) this.log.error(`${line}; given up`);
      else this.log.warn(line);
      await this.finish(job, dead ? 'DEAD' : 'WAITING', message, this.clock.now() + backoffMs(attempts));
    }
    return 1;
  }

  /** Only the worker that holds the job ends it: one whose lease ran out must not undo what the next one did. */
  private async finish(job: JobRow, state: string, error: string | null, runAt: number): Promise<void> {
    await this.database.transaction((tx) =>
      tx.run(
        `UPDATE jobs SET state = ?, last_error = ?, run_at = ?, lease_until = 0
         WHERE id = ? AND state = 'WAITING' AND attempts = ?`,
        [state, error, runAt, job.id, job.attempts + 1],
      ),
    );
  }
}
