import { Inject, Injectable } from '@nestjs/common';
import type { Caller } from '../../kernel/access/index.ts';
import type { Transaction } from '../../kernel/database/index.ts';
import { Refused, refuse } from '../../kernel/errors/refused.ts';
import { FilesService } from '../../kernel/files/index.ts';

/** Ties uploaded photos to a complaint; only the caller's own, each once. */
@Injectable()
export class AttachPhotos {
  constructor(@Inject(FilesService) private readonly files: FilesService) {}

  async attach(
    tx: Transaction,
    caller: Caller,
    estateId: string,
    photoIds: readonly string[],
  ): Promise<string[]> {
    const distinct = [...new Set(photoIds)];
    try {
      await this.files.attach(tx, caller, estateId, 'TICKET_PHOTO', distinct);
    } catch (error) {
      if (error instanceof Refused && error.refusal.code === 'FILE.MISSING')
        throw refuse('TICKET.PHOTO_NOT_YOURS');
      throw error;
    }
    return distinct;
  }
}
