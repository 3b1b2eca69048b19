import { Inject, Injectable } from '@nestjs/common';
import type { Transaction } from '../database/index.ts';
import { FileBodies } from './file-bodies.ts';

const CHUNK = 200;

/** Deletes uploads: the rows with the thing they belonged to, the bodies through the outbox after that. */
@Injectable()
export class DiscardFiles {
  constructor(@Inject(FileBodies) private readonly bodies: FileBodies) {}

  /** The caller of this must have checked whose they are; nothing may refer to them any more. */
  async discard(tx: Transaction, fileIds: readonly string[]): Promise<void> {
    for (let from = 0; from < fileIds.length; from += CHUNK) {
      const ids = fileIds.slice(from, from + CHUNK);
      const places = ids.map(() => '?').join(', ');
      const rows = await tx.rows<{ storage_key: string }>(
        `SELECT storage_key FROM files WHERE id IN (${places})`,
        ids,
      );
      if (rows.length > 0) await tx.run(`DELETE FROM files WHERE id IN (${places})`, ids);
      await this.bodies.removeLater(
        tx,
        rows.map((row) => row.storage_key),
      );
    }
  }

  /** Those of the files that are still loose when it comes to it: somebody may be attaching one right now. */
  async discardLoose(tx: Transaction, fileIds: readonly string[]): Promise<void> {
    const gone: string[] = [];
    for (const fileId of fileIds) {
      const row = await tx.row<{ storage_key: string }>('SELECT storage_key FROM files WHERE id = ?', [
        fileId,
      ]);
      const deleted = await tx.run('DELETE FROM files WHERE id = ? AND attached = 0', [fileId]);
      if (deleted === 1 && row !== null) gone.push(row.storage_key);
    }
    await this.bodies.removeLater(tx, gone);
  }
}
