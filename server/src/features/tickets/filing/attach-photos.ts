import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { Caller } from '../../../kernel/access/index.ts';
import type { Transaction } from '../../../kernel/database/index.ts';
import { Refused, refuse } from '../../../kernel/errors/refused.ts';
import { FilesService } from '../../../kernel/files/index.ts';
import { PictureCheck } from '../../../wechat/picture-check.ts';
import { InboxService } from '../../notifications/index.ts';

/** Ties uploaded photos to a complaint; only the caller's own, each once. WeChat looks at them afterwards. */
@Injectable()
export class AttachPhotos implements OnModuleInit {
  constructor(
    @Inject(FilesService) private readonly files: FilesService,
    @Inject(PictureCheck) private readonly pictures: PictureCheck,
    @Inject(InboxService) private readonly inbox: InboxService,
  ) {}

  onModuleInit(): void {
    this.pictures.onRisky((tx, { personId, estateId }) =>
      this.inbox.post(tx, {
        to: [personId],
        estateId,
        kind: 'TICKET',
        title: '有一张照片没有显示',
        body: '您在投诉里上传的一张照片没有通过内容检查，现在不再显示。投诉照常办理。',
        link: null,
      }),
    );
  }

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
    await this.pictures.plan(tx, caller, estateId, distinct);
    return distinct;
  }
}
