import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../clock/clock.ts';
import { BlindIndex, FieldCipher } from '../crypto/index.ts';
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
  id: string;
  request_hash: string;
  response_sealed: string;
}

const sealedAt = (rowId: string) => ({ table: 'idempotency_keys', column: 'response_sealed', rowId });

/**
 * Does an action once, however often the phone repeats it. Key, effect and answer are one transaction: either all
 * are there or none, so a retry after any crash either does the work or reads the first answer. Answers are kept sealed
 * and asked requests as a keyed hash: both may tell of people.
 */
@Injectable()
export class Idempotency {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
    @Inject(FieldCipher) private readonly cipher: FieldCipher,
    @Inject(BlindIndex) private readonly index: BlindIndex,
  ) {}

  /** Runs `work` in a transaction unless this action was done before; then answers what it answered then. */
  async once<T>(action: Action, work: (tx: Transaction) => Promise<T>): Promise<T> {
    const requestHash = this.index.of('action', JSON.stringify([action.useCase, action.body]));
    const earlier = await this.answered<T>(action, requestHash);
    if (earlier !== null) return earlier.response;
    try {
      return await this.database.transaction(async (tx) => {
        const id = this.ids.next();
        await tx.insert('idempotency_keys', {
          id,
          person_id: action.personId,
          action_key: action.key,
          request_hash: requestHash,
          response_sealed: '',
          created_at: this.clock.now(),
        });
        const response = await work(tx);
        await tx.run('UPDATE idempotency_keys SET response_sealed = ? WHERE id = ?', [
          this.cipher.seal(JSON.stringify(response ?? null), sealedAt(id)),
          id,
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

  /** What an action answered the first time, whatever it asked then: for saying so to who sends it changed. */
  async firstAnswer(personId: string, key: string): Promise<unknown> {
    const row = await this.stored(personId, key);
    return row === null ? null : this.opened(row);
  }

  private async answered<T>(action: Action, requestHash: string): Promise<{ response: T } | null> {
    const row = await this.stored(action.personId, action.key);
    if (row === null) return null;
    if (row.request_hash !== requestHash) throw refuse('IDEMPOTENCY.MISMATCH');
    return { response: this.opened(row) as T };
  }

  private async stored(personId: string, key: string): Promise<StoredAction | null> {
    const row = await this.database.row<StoredAction>(
      'SELECT id, request_hash, response_sealed FROM idempotency_keys WHERE person_id = ? AND action_key = ?',
      [personId, key],
    );
    return row === null || row.response_sealed === '' ? null : row;
  }

  private opened({ id, response_sealed: sealed }: StoredAction): unknown {
    return JSON.parse(this.cipher.open(sealed, sealedAt(id)));
  }
}
