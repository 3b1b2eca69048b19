import {
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { ENVIRONMENT } from '../../config/config.module.ts';
import type { Environment } from '../../config/environment.ts';
import { Clock } from '../clock/clock.ts';
import { Database, type Transaction, violates } from '../database/index.ts';
import { type HeldJob, JobsRepository, LEASE_MS, type NewJob } from './jobs.repository.ts';

export type JobHandler = (payload: never) => Promise<void>;

export interface HandlerTerms {
  /**
   * Tried for ever, at most ten minutes apart: nobody else would do this work (a vote is counted, money is booked,
   * personal data is erased). Other kinds are put aside after {@link MAX_ATTEMPTS} and wait for the operator.
   */
  readonly untilDone?: boolean;
}

interface Registered extends HandlerTerms {
  readonly handler: JobHandler;
}

const POLL_MS = 500;
/** Jobs that one replica runs side by side. They mostly wait for a gateway or the database. */
const WIDTH = 4;
/** Some forty minutes of trying. */
const MAX_ATTEMPTS = 12;
/** A handler that hangs does not hold its job for ever: after this its lease is not renewed. */
const LONGEST_RUN_MS = 30 * 60_000;
/** 1 s, 2 s, 4 s … capped at ten minutes. */
const backoffMs = (attempts: number) => Math.min(1000 * 2 ** attempts, 600_000);

/**
 * The outbox's worker. Any replica drains it: a lease is taken by a conditional update and renewed while the handler
 * runs, so two workers do not run the same job at once; a handler must still be idempotent, because a crash after its
 * effect runs it again. Jobs run side by side and in no promised order: what must come after a job is enqueued by it.
 */
@Injectable()
export class Jobs implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly log = new Logger('Jobs');
  private readonly handlers = new Map<string, Registered>();
  private readonly running = new Set<Promise<void>>();
  private filling: Promise<unknown> = Promise.resolve();
  private timer: NodeJS.Timeout | null = null;
  private ended = 0;
  private stopped = false;

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(JobsRepository) private readonly jobs: JobsRepository,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
  ) {}

  /** Each kind has one handler, given at module start. */
  handle(kind: string, handler: JobHandler, terms: HandlerTerms = {}): void {
    if (this.handlers.has(kind)) throw new Error(`Two handlers for ${kind}`);
    this.handlers.set(kind, { handler, ...terms });
  }

  enqueue(tx: Transaction, job: NewJob): Promise<void> {
    return this.jobs.add(tx, job);
  }

  /** Takes back a job that has not begun; false where it has, or is not there. */
  callOff(tx: Transaction, dedupeKey: string): Promise<boolean> {
    return this.jobs.remove(tx, dedupeKey);
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
    if (this.environment.runsJobs) this.poll();
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopped = true;
    if (this.timer !== null) clearTimeout(this.timer);
    await this.filling;
    await Promise.all(this.running);
  }

  /**
   * Runs what is due until nothing is; answers how many ran. Tests call it instead of waiting: when it answers,
   * nothing that was due before is still under way here.
   */
  async drain(): Promise<number> {
    const before = this.ended;
    for (;;) {
      const started = await this.fill();
      if (this.running.size > 0) await Promise.race(this.running);
      else if (started === 0) return this.ended - before;
    }
  }

  private poll(): void {
    if (this.stopped) return;
    this.timer = setTimeout(() => void this.refill().then(() => this.poll()), POLL_MS);
    this.timer.unref();
  }

  private async refill(): Promise<void> {
    await this.fill().catch((error: unknown) => this.log.error(`outbox: ${messageOf(error)}`));
  }

  /** Starts what is due, as far as there is room; answers how many. One at a time, so that the room is what it was. */
  private fill(): Promise<number> {
    const turn = this.filling.then(() => this.fillNow());
    this.filling = turn.catch(() => 0);
    return turn;
  }

  private async fillNow(): Promise<number> {
    let started = 0;
    if (this.stopped || this.running.size >= WIDTH) return started;
    for (const job of await this.jobs.due([...this.handlers.keys()])) {
      if (this.stopped || this.running.size >= WIDTH) return started;
      const held = await this.jobs.take(job);
      if (held === null) continue;
      this.start(held);
      started += 1;
    }
    return started;
  }

  private start(job: HeldJob): void {
    const run = this.run(job)
      // The database is away: the lease runs out and the job is taken again.
      .catch((error: unknown) => this.log.error(`job ${job.kind} ${job.id}: ${messageOf(error)}`))
      .finally(() => {
        this.running.delete(run);
        this.ended += 1;
        void this.refill();
      });
    this.running.add(run);
  }

  private async run(job: HeldJob): Promise<void> {
    const stopRenewing = this.keepLease(job);
    const fault = await this.attempt(job).finally(stopRenewing);
    if (fault === null) return this.jobs.settle(job, { state: 'DONE', runAt: this.clock.now() });
    const error = fault.slice(0, 300);
    const line = `job ${job.kind} ${job.id} attempt ${job.attempts}: ${error}`;
    const spent = job.attempts >= MAX_ATTEMPTS;
    const dead = spent && this.registered(job).untilDone !== true;
    // A dead job waits for a person; it must not look like one more retry, nor one that fails for long.
    if (dead) this.log.error(`${line}; given up`);
    else if (spent) this.log.error(`${line}; tried on`);
    else this.log.warn(line);
    const now = this.clock.now();
    if (dead) await this.jobs.settle(job, { state: 'DEAD', runAt: now, error });
    else await this.jobs.settle(job, { state: 'WAITING', runAt: now + backoffMs(job.attempts), error });
  }

  /** Null when it is done, else what went wrong. */
  private async attempt(job: HeldJob): Promise<string | null> {
    const { handler, untilDone = false } = this.registered(job);
    // Taken so often and never settled: it takes its worker with it.
    if (job.attempts > MAX_ATTEMPTS && !untilDone) return 'No worker saw the end of it';
    try {
      await handler(JSON.parse(job.payload) as never);
      return null;
    } catch (error) {
      return messageOf(error);
    }
  }

  private registered({ kind }: HeldJob): Registered {
    const registered = this.handlers.get(kind);
    if (registered === undefined) throw new Error(`No handler for ${kind}`);
    return registered;
  }

  /** Renews at a third of the lease, so that one renewal may fail; answers how to stop. */
  private keepLease(job: HeldJob): () => void {
    const since = this.clock.now();
    const timer = setInterval(() => {
      if (this.clock.now() - since > LONGEST_RUN_MS) return clearInterval(timer);
      this.jobs.renew(job).then(
        (held) => {
          if (held) return;
          clearInterval(timer);
          this.log.warn(`job ${job.kind} ${job.id}: the lease is lost`);
        },
        (error: unknown) =>
          this.log.warn(`job ${job.kind} ${job.id}: lease not renewed: ${messageOf(error)}`),
      );
    }, LEASE_MS / 3);
    timer.unref();
    return () => clearInterval(timer);
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
