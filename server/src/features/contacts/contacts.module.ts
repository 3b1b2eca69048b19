import { Module } from '@nestjs/common';
import { TicketsModule } from '../tickets/index.ts';
import { BoardLinks } from './board-links.ts';
import { BoardsRepository } from './boards.repository.ts';
import { ContactsController } from './contacts.controller.ts';
import { PublishBoardService } from './publish-board.service.ts';
import { ReadBoardService } from './read-board.service.ts';

/** Contact boards 执法部门职责及联系人公告牌. */
@Module({
  controllers: [ContactsController],
  imports: [TicketsModule],
  providers: [BoardLinks, BoardsRepository, PublishBoardService, ReadBoardService],
  exports: [PublishBoardService, ReadBoardService],
})
export class ContactsModule {}
