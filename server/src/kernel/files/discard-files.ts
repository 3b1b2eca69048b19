import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { Transaction } from '../database/index.ts';
import { Jobs } from '../jobs/jobs.ts';
import { FileStorage } from './file-storage.ts';

const JOB = 'files.remove';
const CHUNK = 200;

/** Deletes uploads: the rows with the thing they belonged to, the bodies through the outbox after that. */
@Injectable()
export class DiscardFiles implements OnModuleInit {
  constructor(
    @Inject(Jobs) private readonly jobs: Jobs,
    @Inject(FileStorage) private readonly storage: FileStorage,
  ) {}

  onModuleInit(): void {
    this.jobs.handle(JOB, ({ keys }: { keys: readonly string[] }) => this.remove(keys), { untilDone: true });
  }

  private async remove(keys: readonly string[]): Promise<void> {
    for (const key of keys) {
      await this.storage.remove(key);
      await this.storage.remove(`${key}.thumb`);
    }
  }

  /** The caller of this must have checked whose they are; nothing may refer to them any more. */
  async discard(tx: Transaction, fileIds: readonly string[]): Promise<void> {
    for (let from = 0; from < fileIds.length; from += CHUNK) {
      const ids = fileIds.slice(from, from + CHUNK);
      const places = ids.map(() => '?').join(', ');
      const rows = await tx.rows<{ storage_key: string }>(
        `SELECT storage_key FROM files WHERE id IN (${places})`,
        ids,
      );
      if (rows.length === 0) continue;
      await tx.run(`DELETE FROM files WHERE id IN (${places})`, ids);
      await this.jobs.enqueue(tx, { kind: JOB, payload: { keys: rows.map((row) => row.storage_key) } });
    }
  }
}
