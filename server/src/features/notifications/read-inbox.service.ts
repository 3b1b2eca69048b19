import { Inject, Injectable } from '@nestjs/common';
import type { Inbox, InboxMessage, NoticeKind, UnreadCount } from '@linli/shared/notifications';
import type { Caller } from '../../kernel/access/index.ts';
import { Clock } from '../../kernel/clock/clock.ts';
import { Database } from '../../kernel/database/index.ts';
import { refuse } from '../../kernel/errors/refused.ts';
import { toPage } from '../../kernel/http/paging.ts';

interface MessageRow {
  id: string;
  estate_id: string | null;
  kind: NoticeKind;
  title: string;
  body: string;
  link: string | null;
  created_at: number;
  read_at: number | null;
}

/** A count above this is shown as 99+, so nobody counts further. */
const COUNT_UP_TO = 100;

/** The caller's own messages 消息. */
@Injectable()
export class ReadInboxService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  async list(caller: Caller, after: string | undefined, limit: number): Promise<Inbox> {
    const beyond = after === undefined ? '' : 'AND id < ?';
    const [rows, { unread }] = await Promise.all([
      this.database.rows<MessageRow>(
        `SELECT id, estate_id, kind, title, body, link, created_at, read_at FROM inbox_messages
         WHERE person_id = ? ${beyond} ORDER BY id DESC LIMIT ${limit + 1}`,
        [caller.personId, ...(after === undefined ? [] : [after])],
      ),
      this.unread(caller),
    ]);
    return { ...toPage(rows, limit, (row) => row.id, toMessage), unread };
  }

  async unread(caller: Caller): Promise<UnreadCount> {
    const row = await this.database.row<{ count: number }>(
      `SELECT COUNT(*) AS count FROM (
         SELECT id FROM inbox_messages WHERE person_id = ? AND read_at IS NULL LIMIT ${COUNT_UP_TO}) AS waiting`,
      [caller.personId],
    );
    return { unread: row?.count ?? 0 };
  }

  /** Reading a message again changes nothing. */
  async markRead(caller: Caller, messageId: string): Promise<void> {
    const message = await this.database.row<{ read_at: number | null }>(
      'SELECT read_at FROM inbox_messages WHERE id = ? AND person_id = ?',
      [messageId, caller.personId],
    );
    if (message === null) throw refuse('NOT_FOUND');
    if (message.read_at !== null) return;
    await this.database.transaction((tx) =>
      tx.run('UPDATE inbox_messages SET read_at = ? WHERE id = ? AND person_id = ? AND read_at IS NULL', [
        this.clock.now(),
        messageId,
        caller.personId,
      ]),
    );
  }

  /** Everything up to the newest message that was on the screen; what came meanwhile stays unread. */
  async markReadUpTo(caller: Caller, messageId: string): Promise<void> {
    await this.database.transaction((tx) =>
      tx.run('UPDATE inbox_messages SET read_at = ? WHERE person_id = ? AND read_at IS NULL AND id <= ?', [
        this.clock.now(),
        caller.personId,
        messageId,
      ]),
    );
  }
}

function toMessage(row: MessageRow): InboxMessage {
  return {
    id: row.id,
    estateId: row.estate_id,
    kind: row.kind,
    title: row.title,
    body: row.body,
    link: row.link,
    createdAt: row.created_at,
    readAt: row.read_at,
  };
}
