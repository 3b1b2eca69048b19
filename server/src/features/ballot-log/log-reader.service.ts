import { Inject, Injectable } from '@nestjs/common';
import type { LogHead } from '@linli/shared/ballot-log';
import { formatReceipt, type LogHash, type MerkleTree } from '@linli/shared/transparency';
import { nodePrimitives } from '../../kernel/crypto/index.ts';
import { Database } from '../../kernel/database/index.ts';
import { BallotLog } from './ballot-log.service.ts';
import { LogKeys } from './log-keys.service.ts';
import { LogTreeRepository } from './log-tree.repository.ts';

/** Every checkpoint of a log as it is exported, and who besides the log has signed in it. */
export interface CosignedLog {
  /** Oldest first, each with the witnesses' signatures under the log's. */
  readonly checkpoints: readonly { readonly size: number; readonly note: string }[];
  /** Verifier keys of the witnesses that signed any of them. */
  readonly witnesses: readonly string[];
}

/** What became of a promised leaf. */
export interface LoggedLeaf {
  /** Its place in the tree; null while it waits for one. */
  readonly index: number | null;
  readonly promise: string;
  /** A C2SP tlog-proof; null while it waits. */
  readonly receipt: string | null;
}

interface LeafRow {
  id: string;
  leaf_index: number | null;
  leaf_hash: string;
  leaf_sealed: string;
  promised_at: number;
}

const LEAVES_A_PAGE = 500;

/** What a log shows: its head, proofs, receipts, and the leaves themselves for an export. */
@Injectable()
export class LogReader {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(BallotLog) private readonly ballotLog: BallotLog,
    @Inject(LogTreeRepository) private readonly trees: LogTreeRepository,
    @Inject(LogKeys) private readonly keys: LogKeys,
  ) {}

  /** Null where nothing is in the log yet. */
  async head(logId: string): Promise<LogHead | null> {
    const row = await this.database.row<{ origin: string; tree_size: number; note: string }>(
      `SELECT l.origin, c.tree_size, c.note FROM ballot_logs l JOIN ballot_log_checkpoints c ON c.log_id = l.id
       WHERE l.id = ? ORDER BY c.tree_size DESC LIMIT 1`,
      [logId],
    );
    if (row === null) return null;
    const { origin, tree_size: size, note } = row;
    return { origin, keys: await this.keys.keysOf(origin), size, note };
  }

  /** The newest checkpoints of several logs in one read; a log that is not there is not in the answer. */
  async heads(logIds: readonly string[]): Promise<ReadonlyMap<string, Pick<LogHead, 'size' | 'note'>>> {
    const rows = await this.database.rows<{ log_id: string; tree_size: number; note: string }>(
      `SELECT c.log_id, c.tree_size, c.note FROM ballot_log_checkpoints c
       WHERE c.log_id IN (${logIds.map(() => '?').join(', ')})
         AND c.tree_size = (SELECT MAX(n.tree_size) FROM ballot_log_checkpoints n WHERE n.log_id = c.log_id)`,
      logIds,
    );
    return new Map(rows.map((row) => [row.log_id, { size: row.tree_size, note: row.note }]));
  }

  /** That the first `first` leaves of the log are still those that somebody has seen. */
  consistency(logId: string, first: number, size: number): Promise<LogHash[]> {
    return this.ask(logId, (tree) => tree.consistency(first, size));
  }

  /** The root of the first `size` leaves as the tree has it now, base64. */
  async rootAt(logId: string, size: number): Promise<string> {
    return nodePrimitives.toBase64(await this.ask(logId, (tree) => tree.root(size)));
  }

  inclusion(logId: string, index: number, size: number): Promise<LogHash[]> {
    return this.ask(logId, (tree) => tree.inclusion(index, size));
  }

  /** The leaf about a subject, promised or placed; null where there is none. */
  async leafAbout(logId: string, subjectId: string): Promise<LoggedLeaf | null> {
    const row = await this.database.row<LeafRow>(
      `SELECT id, leaf_index, leaf_hash, leaf_sealed, promised_at FROM ballot_log_leaves WHERE log_id = ? AND subject_id = ?
       UNION ALL
       SELECT id, NULL, leaf_hash, leaf_sealed, promised_at FROM ballot_log_pending WHERE log_id = ? AND subject_id = ?`,
      [logId, subjectId, logId, subjectId],
    );
    const origin = await this.ballotLog.originOf(this.database, logId);
    if (row === null || origin === null) return null;
    const hash = Buffer.from(row.leaf_hash, 'base64');
    const promise = this.ballotLog.signed({ origin, hash, promisedAt: row.promised_at });
    const receipt = row.leaf_index === null ? null : await this.receipt(logId, row, row.leaf_index);
    return { index: row.leaf_index, promise, receipt };
  }

  /** The text of one leaf. */
  async leafAt(logId: string, index: number): Promise<string> {
    const row = await this.database.row<Pick<LeafRow, 'id' | 'leaf_sealed'>>(
      'SELECT id, leaf_sealed FROM ballot_log_leaves WHERE log_id = ? AND leaf_index = ?',
      [logId, index],
    );
    if (row === null) throw new Error(`The log has no leaf ${index}`);
    return this.ballotLog.openLeaf(row.id, row.leaf_sealed);
  }

  /** Every checkpoint of the log: at most one for each batch that was integrated. */
  async checkpoints(logId: string): Promise<CosignedLog> {
    const rows = await this.database.rows<{ tree_size: number; note: string }>(
      'SELECT tree_size, note FROM ballot_log_checkpoints WHERE log_id = ? ORDER BY tree_size',
      [logId],
    );
    const cosigned = await this.database.rows<{ tree_size: number; line: string; verifier_key: string }>(
      `SELECT s.tree_size, s.line, w.verifier_key FROM ballot_log_cosignatures s
       JOIN log_witnesses w ON w.id = s.witness_id WHERE s.log_id = ? ORDER BY s.tree_size, s.witness_id`,
      [logId],
    );
    const lines = new Map<number, string>();
    for (const { tree_size, line } of cosigned) lines.set(tree_size, (lines.get(tree_size) ?? '') + line);
    return {
      checkpoints: rows.map(({ tree_size, note }) => ({
        size: tree_size,
        note: note + (lines.get(tree_size) ?? ''),
      })),
      witnesses: [...new Set(cosigned.map(({ verifier_key }) => verifier_key))],
    };
  }

  /** The leaves' texts from an index on. */
  async *leaves(logId: string, from = 0): AsyncGenerator<string> {
    for (let next = from; ;) {
      const rows = await this.database.rows<Pick<LeafRow, 'id' | 'leaf_sealed'>>(
        `SELECT id, leaf_sealed FROM ballot_log_leaves WHERE log_id = ? AND leaf_index >= ?
         ORDER BY leaf_index LIMIT ${LEAVES_A_PAGE}`,
        [logId, next],
      );
      for (const { id, leaf_sealed } of rows) yield this.ballotLog.openLeaf(id, leaf_sealed);
      if (rows.length < LEAVES_A_PAGE) return;
      next += rows.length;
    }
  }

  private async receipt(logId: string, row: LeafRow, index: number): Promise<string | null> {
    const head = await this.head(logId);
    if (head === null) return null;
    return formatReceipt(nodePrimitives, {
      leaf: this.ballotLog.openLeaf(row.id, row.leaf_sealed),
      index,
      path: await this.inclusion(logId, index, head.size),
      checkpoint: head.note,
    });
  }

  private ask<T>(logId: string, question: (tree: MerkleTree) => T): Promise<T> {
    return this.trees.ask(this.database, logId, question);
  }
}
