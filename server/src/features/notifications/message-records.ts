import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { NOTICE_KIND_NAMES, type NoticeKind } from '@linli/shared/notifications';
import type { Reader, Transaction } from '../../kernel/database/index.ts';
import { PersonalData } from '../../kernel/privacy/personal-data.ts';

const MOST_ROWS = 1000;

/** What this feature keeps about a person, for export and closure. */
@Injectable()
export class MessageRecords implements OnModuleInit {
  constructor(@Inject(PersonalData) private readonly data: PersonalData) {}

  onModuleInit(): void {
    this.data.register({
      title: '消息',
      purpose: '告诉您事情办到哪一步；注销后删除',
      rows: (reader, personId) => this.messages(reader, personId),
      erase: (tx, personId) => this.erase(tx, personId),
    });
  }

  private async messages(reader: Reader, personId: string): Promise<object[]> {
    const rows = await reader.rows<{
      kind: NoticeKind;
      title: string;
      body: string;
      created_at: number;
      read_at: number | null;
    }>(
      `SELECT kind, title, body, created_at, read_at FROM inbox_messages
       WHERE person_id = ? ORDER BY id DESC LIMIT ${MOST_ROWS}`,
      [personId],
    );
    return rows.map(({ kind, title, body, created_at, read_at }) => ({
      about: NOTICE_KIND_NAMES[kind],
      title,
      body,
      sentAt: created_at,
      readAt: read_at,
    }));
  }

  private async erase(tx: Transaction, personId: string): Promise<void> {
    await tx.run(
      'DELETE FROM message_deliveries WHERE message_id IN (SELECT id FROM inbox_messages WHERE person_id = ?)',
      [personId],
    );
    await tx.run('DELETE FROM inbox_messages WHERE person_id = ?', [personId]);
    await tx.run('DELETE FROM message_consents WHERE person_id = ?', [personId]);
  }
}
