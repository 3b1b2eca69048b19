import type { MigrationInterface, QueryRunner } from 'typeorm';
import { CONTACT_LIMITS } from '@linli/shared/contacts';
import {
  createTables,
  date,
  dropTables,
  flag,
  id,
  instant,
  integer,
  longText,
  table,
  text,
} from '../kernel/database/ddl.ts';

const tables = [
  table({
    name: 'contact_boards',
    columns: [
      id(),
      id('estate_id'),
      integer('version'),
      date('effective_from'),
      /** Lines and level phones: written and read whole, frozen with the version. */
      longText('entries_json'),
      longText('levels_json'),
      text('reason', CONTACT_LIMITS.reasonMax),
      text('publisher_name', 60),
      id('published_by'),
      instant('published_at'),
      /** When the numbers were last called. */
      instant('checked_at'),
      /** The estate while this is the version in force. */
      id('current_key').orNull(),
    ],
    unique: {
      uq_contact_boards_version: ['estate_id', 'version'],
      uq_contact_boards_current: ['current_key'],
    },
    references: { estate_id: 'estates', published_by: 'persons' },
  }),
  table({
    name: 'contact_board_checks',
    columns: [
      id(),
      id('board_id'),
      text('note', CONTACT_LIMITS.reasonMax),
      id('checked_by'),
      instant('checked_at'),
    ],
    references: { board_id: 'contact_boards', checked_by: 'persons' },
  }),
  table({
    name: 'contact_board_places',
    columns: [
      id(),
      id('estate_id'),
      text('description', CONTACT_LIMITS.placeMax),
      id('photo_id').orNull(),
      instant('photographed_at').orNull(),
      /** 0: the board does not hang there any more. */
      flag('active'),
      instant('created_at'),
    ],
    indexes: { ix_contact_board_places_estate: ['estate_id', 'active', 'id'] },
    references: { estate_id: 'estates', photo_id: 'files' },
  }),
];

/** Contact boards in versions, their checks, and where they hang. */
export class Contacts1763701000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTables(runner, tables);
  }

  async down(runner: QueryRunner): Promise<void> {
    await dropTables(runner, tables);
  }
}
