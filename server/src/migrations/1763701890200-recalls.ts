import type { MigrationInterface, QueryRunner } from 'typeorm';
import {
  amend,
  createTables,
  date,
  dialectOf,
  dropTables,
  id,
  instant,
  table,
} from '../kernel/database/ddl.ts';
// Declares the tables that are amended here.
import './1763701840000-elections.ts';

const tables = [
  table({
    /** Offices that the owners ended 罢免: written with the result, and carried out once. */
    name: 'recalled_offices',
    primaryKey: ['petition_id', 'membership_id'],
    columns: [
      id('petition_id'),
      id('membership_id'),
      id('estate_id'),
      id('person_id'),
      id('motion_id'),
      instant('effective_at'),
      date('elect_by'),
      date('hand_over_by'),
      /** When it was carried out. */
      instant('carried_out_at').orNull(),
    ],
    indexes: { ix_recalled_offices_estate: ['estate_id', 'effective_at'] },
    references: { petition_id: 'petitions', membership_id: 'memberships' },
  }),
];

amend('handover_items', ({ columns, unique }) => ({
  columns: [
    ...columns,
    /** Of the recall that it is handed over after; null for what the committee before hands over. */
    id('petition_id').orNull(),
    date('due_on').orNull(),
  ],
  unique: { ...unique, uq_handover_items_recall: ['petition_id', 'name'] },
}));

/** A recall that was passed takes effect by itself. */
export class Recalls1763701890200 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const mysql = dialectOf(runner) === 'mysql';
    const ascii = (length: number) =>
      mysql ? `VARCHAR(${length}) CHARACTER SET ascii COLLATE ascii_bin` : 'TEXT';
    await createTables(runner, tables);
    await runner.query(`ALTER TABLE handover_items ADD COLUMN petition_id ${ascii(26)} NULL`);
    await runner.query(`ALTER TABLE handover_items ADD COLUMN due_on ${ascii(10)} NULL`);
    await runner.query('CREATE UNIQUE INDEX uq_handover_items_recall ON handover_items (petition_id, name)');
  }

  async down(runner: QueryRunner): Promise<void> {
    const mysql = dialectOf(runner) === 'mysql';
    await runner.query(`DROP INDEX uq_handover_items_recall${mysql ? ' ON handover_items' : ''}`);
    await runner.query('ALTER TABLE handover_items DROP COLUMN due_on');
    await runner.query('ALTER TABLE handover_items DROP COLUMN petition_id');
    await dropTables(runner, tables);
  }
}
