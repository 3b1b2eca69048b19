import type { MigrationInterface, QueryRunner } from 'typeorm';
import { NOTICE_KINDS } from '@linli/shared/notifications';
import { createTables, dropTables, id, instant, oneOf, table, text } from '../kernel/database/ddl.ts';

const tables = [
  table({
    name: 'inbox_messages',
    columns: [
      id(),
      id('person_id'),
      id('estate_id').orNull(),
      oneOf('kind', NOTICE_KINDS),
      text('title', 60),
      text('body', 300),
      text('link', 200).orNull(),
      instant('created_at'),
      instant('read_at').orNull(),
    ],
    indexes: {
      ix_inbox_messages_person: ['person_id', 'id'],
      ix_inbox_messages_unread: ['person_id', 'read_at', 'id'],
    },
    references: { person_id: 'persons' },
  }),
];

/** The inbox. */
export class Notifications1763700300000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTables(runner, tables);
  }

  async down(runner: QueryRunner): Promise<void> {
    await dropTables(runner, tables);
  }
}
