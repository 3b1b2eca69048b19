import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { LogKeysResponse } from '@linli/shared/ballot-log';
import {
  formatNoteKey,
  type KeySuccession,
  noteKey,
  openSuccession,
  reachedKeys,
  SUCCESSION_NAME,
  successionText,
} from '@linli/shared/transparency';
import { Clock } from '../../kernel/clock/clock.ts';
import { nodePrimitives, NoteSigner } from '../../kernel/crypto/index.ts';
import { Database, violates } from '../../kernel/database/index.ts';
import { Ids } from '../../kernel/ids/ids.ts';

const { toBase64 } = nodePrimitives;

/**
 * The keys of the logs 日志公钥. A key that was changed signs no more, and the checkpoints under it must stay checkable:
 * while both keys sign, a note of the change is kept that both have signed, so nobody can slip an old key in later.
 */
@Injectable()
export class LogKeys implements OnApplicationBootstrap {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(NoteSigner) private readonly signer: NoteSigner,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    const [next, former] = this.signer.publicKeys;
    if (next === undefined || former === undefined) return;
    const text = successionText(nodePrimitives, { former, next });
    try {
      await this.database.transaction((tx) =>
        tx.insert('log_key_successions', {
          id: this.ids.next(),
          former_key: toBase64(former),
          next_key: toBase64(next),
          note: this.signer.signNote(SUCCESSION_NAME, text),
          recorded_at: this.clock.now(),
        }),
      );
    } catch (error) {
      // It was recorded when the change began.
      if (!violates(error, 'uq_log_key_successions_pair')) throw error;
    }
  }

  /** As people hand them to each other, for one log: those that sign now, then those of before. */
  async keysOf(origin: string): Promise<string[]> {
    const { keys } = await this.all();
    return keys.map((key) => formatNoteKey(nodePrimitives, noteKey(nodePrimitives, origin, 'LOG', key)));
  }

  async response(): Promise<LogKeysResponse> {
    const { keys, successions } = await this.all();
    return { keys: keys.map(toBase64), successions };
  }

  private async all(): Promise<{ readonly keys: Uint8Array[]; readonly successions: string[] }> {
    const rows = await this.database.rows<{ note: string }>(
      'SELECT note FROM log_key_successions ORDER BY recorded_at, id',
    );
    const successions = rows.map(({ note }) => note);
    const opened = successions.flatMap(
      (note): KeySuccession | [] => openSuccession(nodePrimitives, note) ?? [],
    );
    const keys = reachedKeys(nodePrimitives, this.signer.publicKeys, opened, 'former');
    return { keys, successions };
  }
}
