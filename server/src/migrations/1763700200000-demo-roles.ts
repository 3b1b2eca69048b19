import type { MigrationInterface, QueryRunner } from 'typeorm';
import { ascii, createTables, dropTables, id, integer, table, text } from '../kernel/database/ddl.ts';

const tables = [
  table({
    name: 'demo_roles',
    primaryKey: ['role_key'],
    columns: [
      ascii('role_key', 31),
      id('person_id'),
      text('label', 30),
      text('person_name', 30),
      text('story', 120),
      integer('sort_order'),
    ],
    references: { person_id: 'persons' },
  }),
];

/** Whom the demo's role picker offers. Empty outside the demo, and its routes answer 404 there. */
export class DemoRoles1763700200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTables(runner, tables);
  }

  async down(runner: QueryRunner): Promise<void> {
    await dropTables(runner, tables);
  }
}
