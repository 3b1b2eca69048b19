import { Inject, Injectable } from '@nestjs/common';
import { type CosignRequest, WITNESS_LIMITS, type WitnessDuties } from '@linli/shared/ballot-log';
import { checkSignatures, noteOf, parseNote, parseNoteKey } from '@linli/shared/transparency';
import type { Instant } from '@linli/shared/kernel';
import { Clock } from '../../kernel/clock/clock.ts';
import { nodePrimitives } from '../../kernel/crypto/index.ts';
import { Database } from '../../kernel/database/index.ts';
import { refuse } from '../../kernel/errors/refused.ts';
import { type RateLimit, RateLimits } from '../../kernel/rate-limits/rate-limits.ts';

/** A laptop that looks every minute is well below. */
const LOOKS: RateLimit = { name: 'log-witness', points: 600, seconds: 3600 };
const LOGS_SHOWN = 50;

interface WitnessRow {
  id: string;
  estate_id: string;
  label: string;
  verifier_key: string;
  retired_at: number | null;
}

/** What a witness's computer asks and brings 见证. Nobody signs in: the signature itself says whose it is. */
@Injectable()
export class Cosign {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(RateLimits) private readonly limits: RateLimits,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** The newest logs of the estate, and how far this witness has signed each. */
  async duties(witnessId: string): Promise<WitnessDuties> {
    const { estate_id: estateId, label } = await this.witness(witnessId);
    const logs = await this.database.rows<{
      id: string;
      origin: string;
      size: number | null;
      signed: number | null;
    }>(
      `SELECT l.id, l.origin,
              (SELECT MAX(c.tree_size) FROM ballot_log_checkpoints c WHERE c.log_id = l.id) AS size,
              (SELECT MAX(s.tree_size) FROM ballot_log_cosignatures s WHERE s.witness_id = ? AND s.log_id = l.id) AS signed
       FROM ballot_logs l WHERE l.estate_id = ? ORDER BY l.id DESC LIMIT ${LOGS_SHOWN}`,
      [witnessId, estateId],
    );
    return {
      label,
      logs: logs.flatMap(({ id, origin, size, signed }) =>
        size === null ? [] : [{ assemblyId: id, origin, size, signed }],
      ),
    };
  }

  /** Takes a signature under a checkpoint; the same one again changes nothing. */
  async cosign(witnessId: string, logId: string, { size, line }: CosignRequest): Promise<void> {
    const witness = await this.witness(witnessId);
    const checkpoint = await this.database.row<{ note: string }>(
      `SELECT c.note FROM ballot_log_checkpoints c JOIN ballot_logs l ON l.id = c.log_id
       WHERE c.log_id = ? AND c.tree_size = ? AND l.estate_id = ?`,
      [logId, size, witness.estate_id],
    );
    if (checkpoint === null) throw refuse('COSIGNATURE.UNKNOWN');
    const at = signedAt(checkpoint.note, line, witness.verifier_key);
    if (at === null) throw refuse('COSIGNATURE.FALSE');
    const now = this.clock.now();
    if (Math.abs(now - at) > WITNESS_LIMITS.clockMs) throw refuse('COSIGNATURE.TIME');
    if (await this.isKept(witnessId, logId, size)) return;
    try {
      await this.database.transaction((tx) =>
        tx.insert('ballot_log_cosignatures', {
          log_id: logId,
          tree_size: size,
          witness_id: witnessId,
          line,
          cosigned_at: at,
          received_at: now,
        }),
      );
    } catch (error) {
      // The laptop asked twice at once, and the other one was first.
      if (!(await this.isKept(witnessId, logId, size))) throw error;
    }
  }

  private async isKept(witnessId: string, logId: string, size: number): Promise<boolean> {
    const kept = await this.database.row(
      'SELECT witness_id FROM ballot_log_cosignatures WHERE log_id = ? AND tree_size = ? AND witness_id = ?',
      [logId, size, witnessId],
    );
    return kept !== null;
  }

  private async witness(witnessId: string): Promise<WitnessRow> {
    await this.limits.use(LOOKS, witnessId);
    const row = await this.database.row<WitnessRow>(
      'SELECT id, estate_id, label, verifier_key, retired_at FROM log_witnesses WHERE id = ?',
      [witnessId],
    );
    if (row === null) throw refuse('NOT_FOUND');
    if (row.retired_at !== null) throw refuse('LOG_WITNESS.RETIRED');
    return row;
  }
}

/** When the witness says it signed this checkpoint; null where the line is no signature of its key under it. */
function signedAt(checkpoint: string, line: string, verifierKey: string): Instant | null {
  const text = parseNote(nodePrimitives, checkpoint)?.text;
  const key = parseNoteKey(nodePrimitives, verifierKey);
  const note = text === undefined ? null : parseNote(nodePrimitives, noteOf(text, [line]));
  if (note?.signatures.length !== 1 || note.text !== text || key === null) return null;
  return checkSignatures(nodePrimitives, note, [key])?.[0]?.at ?? null;
}
