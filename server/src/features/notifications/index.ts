export { InboxService, type NewMessage } from './inbox.service.ts';
export { NotificationsModule } from './notifications.module.ts';
