import { Inject, Injectable } from '@nestjs/common';
import {
  type LogWitness,
  type RegisterWitnessRequest,
  WITNESS_LIMITS,
  type WitnessKind,
  type WitnessState,
} from '@linli/shared/ballot-log';
import { parseNoteKey } from '@linli/shared/transparency';
import { ENVIRONMENT } from '../../config/config.module.ts';
import type { Environment } from '../../config/environment.ts';
import type { Caller } from '../../kernel/access/index.ts';
import { Audit } from '../../kernel/audit/audit.ts';
import { Clock } from '../../kernel/clock/clock.ts';
import { nodePrimitives } from '../../kernel/crypto/index.ts';
import { Database, type Reader, type Transaction, violates } from '../../kernel/database/index.ts';
import { refuse } from '../../kernel/errors/refused.ts';
import { Idempotency } from '../../kernel/idempotency/idempotency.ts';
import { Ids } from '../../kernel/ids/ids.ts';
import { LogKeys } from './log-keys.service.ts';

interface WitnessRow {
  id: string;
  kind: string;
  label: string;
  verifier_key: string;
  registered_at: number;
  retired_at: number | null;
}

/** Retired ones are shown too: what they signed stays. */
const MOST_SHOWN = 100;

/**
 * Who watches the logs of an estate 见证方. Named by 社区 or 街道, never by the committee, which runs the vote. A
 * witness's secret is made on its own computer and stays there: one that the server held would vouch for nothing.
 */
@Injectable()
export class LogWitnesses {
  constructor(
    @Inject(ENVIRONMENT) private readonly environment: Environment,
    @Inject(Database) private readonly database: Database,
    @Inject(LogKeys) private readonly logKeys: LogKeys,
    @Inject(Idempotency) private readonly idempotency: Idempotency,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
  ) {}

  async list(estateId: string): Promise<LogWitness[]> {
    const rows = await this.database.rows<WitnessRow>(
      `SELECT id, kind, label, verifier_key, registered_at, retired_at FROM log_witnesses
       WHERE estate_id = ? ORDER BY id DESC LIMIT ${MOST_SHOWN}`,
      [estateId],
    );
    return rows.map((row) => this.toWitness(row));
  }

  async register(
    caller: Caller,
    estateId: string,
    request: RegisterWitnessRequest,
    key: string,
  ): Promise<LogWitness> {
    const parsed = parseNoteKey(nodePrimitives, request.key);
    if (parsed?.type !== 'WITNESS') throw refuse('LOG_WITNESS.KEY');
    // A log that watches itself is watched by nobody.
    const { keys: own } = await this.logKeys.response();
    if (own.includes(nodePrimitives.toBase64(parsed.publicKey))) throw refuse('LOG_WITNESS.OWN_KEY');
    const action = { personId: caller.personId, key, useCase: 'register-log-witness', body: request };
    try {
      return await this.idempotency.once(action, (tx) => this.write(tx, caller, estateId, request));
    } catch (error) {
      throw violates(error, 'uq_log_witnesses_key') ? refuse('LOG_WITNESS.KNOWN') : error;
    }
  }

  /** It signs no more; what it signed stays and is still checked. */
  async retire(caller: Caller, estateId: string, witnessId: string): Promise<LogWitness[]> {
    await this.database.transaction(async (tx) => {
      const known = await tx.row('SELECT id FROM log_witnesses WHERE estate_id = ? AND id = ?', [
        estateId,
        witnessId,
      ]);
      if (known === null) throw refuse('NOT_FOUND');
      const retired = await tx.run(
        'UPDATE log_witnesses SET retired_at = ? WHERE id = ? AND retired_at IS NULL',
        [this.clock.now(), witnessId],
      );
      if (retired === 0) throw refuse('LOG_WITNESS.RETIRED');
      await this.audit.record(tx, caller, {
        action: 'LOG_WITNESS.RETIRED',
        estateId,
        subjectType: 'log_witness',
        subjectId: witnessId,
      });
    });
    return this.list(estateId);
  }

  /** How far each has signed a log: those who watch now, and those of before who signed in it. */
  async statesOf(logId: string): Promise<WitnessState[]> {
    const rows = await this.database.rows<WitnessRow & { size: number | null; at: number | null }>(
      `SELECT w.id, w.kind, w.label, w.verifier_key, w.retired_at,
              (SELECT MAX(s.tree_size) FROM ballot_log_cosignatures s WHERE s.witness_id = w.id AND s.log_id = l.id) AS size,
              (SELECT MAX(s.cosigned_at) FROM ballot_log_cosignatures s WHERE s.witness_id = w.id AND s.log_id = l.id) AS at
       FROM ballot_logs l JOIN log_witnesses w ON w.estate_id = l.estate_id WHERE l.id = ? ORDER BY w.id`,
      [logId],
    );
    return rows
      .filter(({ retired_at, size }) => retired_at === null || size !== null)
      .map(({ kind, label, verifier_key, size, at }) => ({
        kind: kind as WitnessKind,
        label,
        key: verifier_key,
        size,
        at,
      }));
  }

  private async write(
    tx: Transaction,
    caller: Caller,
    estateId: string,
    { kind, label, key }: RegisterWitnessRequest,
  ): Promise<LogWitness> {
    await this.checkRoom(tx, estateId);
    const row: WitnessRow = {
      id: this.ids.next(),
      kind,
      label,
      verifier_key: key,
      registered_at: this.clock.now(),
      retired_at: null,
    };
    await tx.insert('log_witnesses', { ...row, estate_id: estateId, registered_by: caller.personId });
    await this.audit.record(tx, caller, {
      action: 'LOG_WITNESS.REGISTERED',
      estateId,
      subjectType: 'log_witness',
      subjectId: row.id,
      after: { kind, key },
    });
    return this.toWitness(row);
  }

  private async checkRoom(reader: Reader, estateId: string): Promise<void> {
    const row = await reader.row<{ active: number }>(
      'SELECT COUNT(*) AS active FROM log_witnesses WHERE estate_id = ? AND retired_at IS NULL',
      [estateId],
    );
    if (Number(row?.active ?? 0) >= WITNESS_LIMITS.most)
      throw refuse('LOG_WITNESS.TOO_MANY', { params: { max: WITNESS_LIMITS.most } });
  }

  private toWitness(row: WitnessRow): LogWitness {
    return {
      id: row.id,
      kind: row.kind as WitnessKind,
      label: row.label,
      key: row.verifier_key,
      registeredAt: row.registered_at,
      retiredAt: row.retired_at,
      address: `${this.environment.publicOrigin}/api/public/log-witnesses/${row.id}`,
    };
  }
}
