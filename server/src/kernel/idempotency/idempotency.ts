import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../clock/clock.ts';
import { Database, violates, type Transaction } from '../database/index.ts';
import { Ids } from '../ids/ids.ts';
import { refuse } from '../errors/refused.ts';

/** One user action: the key the phone made for it, and what it asked. */
export interface Action {
  readonly personId: string;
  /** From the `Idempotency-Key` header. */
  readonly key: string;
  /** Names the use case, so that one key cannot answer for another. */
  readonly useCase: string;
  readonly body: unknown;
}

interface StoredAction {
  request_hash: string;
  response: string;
}

/**
 * Does an action once, however often the phone repeats it. Key, effect and answer are one transaction: either all
 * are there or none, so a retry after any crash either does the work or reads the first answer.
 */
@Injectable()
export class Idempotency {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
  ) {}

  /** Runs `work` in a transaction unless this action was done before; then answers what it answered then. */
  async once<T>(action: Action, work: (tx: Transaction) => Promise<T>): Promise<T> {
    const requestHash = createHash('sha256')
      .update(JSON.stringify([action.useCase, action.body]))
      .digest('base64url');
    const earlier = await this.answered<T>(action, requestHash);
    if (earlier !== null) return earlier.response;
    try {
      return await this.database.transaction(async (tx) => {
        await tx.insert('idempotency_keys', {
          id: this.ids.next(),
          person_id: action.personId,
          action_key: action.key,
          request_hash: requestHash,
          response: '',
          created_at: this.clock.now(),
        });
        const response = await work(tx);
        await tx.run('UPDATE idempotency_keys SET response = ? WHERE person_id = ? AND action_key = ?', [
          JSON.stringify(response ?? null),
          action.personId,
          action.key,
        ]);
        return response;
      });
    } catch (error) {
      if (!violates(error, 'uq_idempotency_keys_action')) throw error;
      const first = await this.answered<T>(action, requestHash);
      if (first === null) throw refuse('IDEMPOTENCY.IN_FLIGHT');
      return first.response;
    }
  }

  private async answered<T>(action: Action, requestHash: string): Promise<{ response: T } | null> {
    const row = await this.database.row<StoredAction>(
      'SELECT request_hash, response FROM idempotency_keys WHERE person_id = ? AND action_key = ?',
      [action.personId, action.key],
    );
    if (row === null || row.response === '') return null;
    if (row.request_hash !== requestHash) throw refuse('IDEMPOTENCY.MISMATCH');
    return { response: JSON.parse(row.response) as T };
  }
}
