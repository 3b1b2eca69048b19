import {
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { checkpointText } from '@linli/shared/transparency';
import { ENVIRONMENT } from '../../config/config.module.ts';
import type { Environment } from '../../config/environment.ts';
import { Clock } from '../../kernel/clock/clock.ts';
import { nodePrimitives, NoteSigner } from '../../kernel/crypto/index.ts';
import { Database, type Transaction, violates } from '../../kernel/database/index.ts';
import { LogTreeRepository } from './log-tree.repository.ts';

interface PendingRow {
  id: string;
  subject_id: string | null;
  leaf_hash: string;
  leaf_sealed: string;
  promised_at: number;
}

/** Undoes a batch of which another replica has had a part. */
class TakenByAnother extends Error {}

/** Well under the two seconds within which a promise is kept. */
const ROUND_MS = 400;
const LEAVES_A_ROUND = 500;
const LOGS_A_ROUND = 50;

/**
 * Gives promised leaves their places, signs a checkpoint over them, and keeps every promise within two seconds. Each
 * replica tries; two that append to one log at once meet in the place of a leaf, and one of them starts over, so no
 * lock is needed and none can be left behind.
 */
@Injectable()
export class LogSequencer implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly log = new Logger('BallotLog');
  private timer: NodeJS.Timeout | null = null;
  private round: Promise<void> = Promise.resolve();
  private stopped = false;

  constructor(
    @Inject(ENVIRONMENT) private readonly environment: Environment,
    @Inject(Database) private readonly database: Database,
    @Inject(LogTreeRepository) private readonly trees: LogTreeRepository,
    @Inject(NoteSigner) private readonly signer: NoteSigner,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    if (this.environment.runsJobs) this.plan();
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopped = true;
    if (this.timer !== null) clearTimeout(this.timer);
    await this.round;
  }

  /** Everything that waits in any log. */
  async integrateAll(): Promise<void> {
    const logs = await this.database.rows<{ log_id: string }>(
      `SELECT DISTINCT log_id FROM ballot_log_pending LIMIT ${LOGS_A_ROUND}`,
    );
    for (const { log_id } of logs) await this.integrate(log_id);
  }

  /** Until nothing waits in this log. */
  async integrate(logId: string): Promise<void> {
    for (;;)
      try {
        const left = await this.database.transaction((tx) => this.append(tx, logId));
        if (!left) return;
      } catch (error) {
        // Another replica was there first; what it left is ours.
        if (!(error instanceof TakenByAnother) && !violates(error, 'uq_ballot_log_leaves_place')) throw error;
      }
  }

  /** One batch; tells whether there may be more. */
  private async append(tx: Transaction, logId: string): Promise<boolean> {
    const pending = await tx.rows<PendingRow>(
      `SELECT id, subject_id, leaf_hash, leaf_sealed, promised_at FROM ballot_log_pending
       WHERE log_id = ? ORDER BY id LIMIT ${LEAVES_A_ROUND}`,
      [logId],
    );
    if (pending.length === 0) return false;
    const taken = await tx.run(
      `DELETE FROM ballot_log_pending WHERE id IN (${pending.map(() => '?').join(', ')})`,
      pending.map(({ id }) => id),
    );
    if (taken < pending.length) throw new TakenByAnother();
    const log = await tx.row<{ origin: string; last: number | null }>(
      `SELECT l.origin, (SELECT MAX(v.leaf_index) FROM ballot_log_leaves v WHERE v.log_id = l.id) AS last
       FROM ballot_logs l WHERE l.id = ?`,
      [logId],
    );
    if (log === null) throw new Error(`No log ${logId}`);
    const { origin } = log;
    const size = (log.last ?? -1) + 1;
    await tx.insert(
      'ballot_log_leaves',
      ...pending.map((leaf, index) => ({ log_id: logId, leaf_index: size + index, ...leaf })),
    );
    const hashes = pending.map(({ leaf_hash }) => Buffer.from(leaf_hash, 'base64'));
    const root = await this.trees.append(tx, logId, size, hashes);
    const treeSize = size + pending.length;
    await tx.insert('ballot_log_checkpoints', {
      log_id: logId,
      tree_size: treeSize,
      note: this.signer.signNote(origin, checkpointText(nodePrimitives, { origin, size: treeSize, root })),
      signed_at: this.clock.now(),
    });
    return pending.length === LEAVES_A_ROUND;
  }

  private plan(): void {
    if (this.stopped) return;
    this.timer = setTimeout(() => {
      this.round = this.integrateAll()
        .catch((error: unknown) => this.log.error((error as Error).message))
        .then(() => this.plan());
    }, ROUND_MS);
    this.timer.unref();
  }
}
