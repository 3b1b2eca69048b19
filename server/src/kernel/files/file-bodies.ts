import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { HOUR_MS } from '@linli/shared/kernel';
import { Clock } from '../clock/clock.ts';
import type { Transaction } from '../database/index.ts';
import { Jobs } from '../jobs/jobs.ts';
import { FileStorage } from './file-storage.ts';

const JOB = 'files.remove';
/** What is written belongs to a row long before; what then does not was left by a crash. */
const UNOWNED_MS = HOUR_MS;

/**
 * Keeps stored bodies and the rows that own them in step, though no transaction spans both. The removal of a body is
 * planned before it is written and called off by the transaction that inserts its row; so whatever fails in between,
 * nothing that names people is left lying where no row leads to it.
 */
@Injectable()
export class FileBodies implements OnModuleInit {
  constructor(
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Jobs) private readonly jobs: Jobs,
    @Inject(FileStorage) private readonly storage: FileStorage,
  ) {}

  onModuleInit(): void {
    this.jobs.handle(JOB, ({ keys }: { keys: readonly string[] }) => this.remove(keys), { untilDone: true });
  }

  /** Writes a body, and its thumbnail beside it. Removed in an hour where nothing comes to {@link own} it. */
  async write(key: string, body: Buffer, thumb: Buffer | null = null): Promise<void> {
    await this.jobs.ensure({
      kind: JOB,
      payload: { keys: [key] },
      runAt: this.clock.now() + UNOWNED_MS,
      dedupeKey: removalOf(key),
    });
    await this.storage.write(key, body);
    if (thumb !== null) await this.storage.write(thumbOf(key), thumb);
  }

  /** The row that is inserted in this transaction owns the body. */
  async own(tx: Transaction, key: string): Promise<void> {
    if (!(await this.jobs.callOff(tx, removalOf(key)))) throw new Error(`The body ${key} is being removed`);
  }

  /** The rows that owned them are deleted in this transaction. */
  async removeLater(tx: Transaction, keys: readonly string[]): Promise<void> {
    if (keys.length > 0) await this.jobs.enqueue(tx, { kind: JOB, payload: { keys } });
  }

  private async remove(keys: readonly string[]): Promise<void> {
    for (const key of keys) {
      await this.storage.remove(key);
      await this.storage.remove(thumbOf(key));
    }
  }
}

export function thumbOf(key: string): string {
  return `${key}.thumb`;
}

function removalOf(key: string): string {
  return `${JOB}:${key}`;
}
