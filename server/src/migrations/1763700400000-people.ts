import type { MigrationInterface, QueryRunner } from 'typeorm';
import {
  ascii,
  createTables,
  dialectOf,
  dropTables,
  id,
  instant,
  integer,
  oneOf,
  table,
} from '../kernel/database/ddl.ts';

const tables = [
  /** How many subscribe messages a person still allows, by our own count: WeChat tells nobody. */
  table({
    name: 'message_consents',
    columns: [id(), id('person_id'), ascii('template_id', 64), integer('remaining'), instant('updated_at')],
    unique: { uq_message_consents_template: ['person_id', 'template_id'] },
    indexes: { ix_message_consents_template: ['template_id', 'person_id'] },
    checks: { ck_message_consents_remaining: 'remaining >= 0' },
    references: { person_id: 'persons' },
  }),
  /** One inbox message on its way to WeChat; the consent is taken with the row, so never twice for one message. */
  table({
    name: 'message_deliveries',
    columns: [
      id(),
      id('message_id'),
      ascii('template_id', 64),
      oneOf('state', ['TAKEN', 'SENT', 'REFUSED']),
      instant('taken_at'),
      instant('settled_at').orNull(),
    ],
    unique: { uq_message_deliveries_message: ['message_id'] },
    references: { message_id: 'inbox_messages' },
  }),
];

/** Columns that the first tables of people lacked. BIGINT and INTEGER are the same to both engines' readers. */
const COLUMNS = [
  ['claims', 'residency_ends_at'],
  ['claims', 'evidence_deleted_at'],
  ['invitations', 'revoked_at'],
] as const;

const INDEXES = [
  ['ix_estates_name', 'estates (name, id)'],
  // Not led by a column with a foreign key: MySQL would lean the key on this index and never let it go.
  ['ix_invitations_open', 'invitations (accepted_at, unit_id, id)'],
] as const;

/** MySQL makes an index for each foreign key by itself; SQLite does not. */
const INDEXES_OF_SQLITE = [['ix_residencies_estate', 'residencies (estate_id, person_id)']] as const;

function indexesOf(runner: QueryRunner): readonly (readonly [name: string, on: string])[] {
  return dialectOf(runner) === 'sqlite' ? [...INDEXES, ...INDEXES_OF_SQLITE] : INDEXES;
}

/** Consents and deliveries of messages; terms and evidence of claims; invitations that were taken back. */
export class People1763700400000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTables(runner, tables);
    const type = dialectOf(runner) === 'mysql' ? 'BIGINT' : 'INTEGER';
    for (const [name, column] of COLUMNS)
      await runner.query(`ALTER TABLE ${name} ADD COLUMN ${column} ${type} NULL`);
    for (const [name, on] of indexesOf(runner)) await runner.query(`CREATE INDEX ${name} ON ${on}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    const mysql = dialectOf(runner) === 'mysql';
    for (const [name, on] of [...indexesOf(runner)].toReversed())
      await runner.query(`DROP INDEX ${name}${mysql ? ` ON ${on.split(' ')[0]}` : ''}`);
    for (const [name, column] of COLUMNS.toReversed())
      await runner.query(`ALTER TABLE ${name} DROP COLUMN ${column}`);
    await dropTables(runner, tables);
  }
}
