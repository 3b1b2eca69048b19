import { Global, Module } from '@nestjs/common';
import { ConsentsService } from './consents.service.ts';
import { DeliverMessageService } from './deliver-message.service.ts';
import { InboxController } from './inbox.controller.ts';
import { InboxService } from './inbox.service.ts';
import { MessageRecords } from './message-records.ts';
import { MessageTemplates } from './message-templates.ts';
import { ReadInboxService } from './read-inbox.service.ts';

/** Inbox and subscribe messages. Global: every feature tells people what happened. */
@Global()
@Module({
  controllers: [InboxController],
  providers: [
    ConsentsService,
    DeliverMessageService,
    InboxService,
    MessageRecords,
    MessageTemplates,
    ReadInboxService,
  ],
  exports: [InboxService],
})
export class NotificationsModule {}
