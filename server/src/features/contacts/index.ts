export { ContactsModule } from './contacts.module.ts';
export { PublishBoardService } from './publish-board.service.ts';
export { ReadBoardService } from './read-board.service.ts';
