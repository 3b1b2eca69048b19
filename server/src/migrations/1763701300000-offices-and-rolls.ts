import type { MigrationInterface, QueryRunner } from 'typeorm';
import { ROLL_CHANGE_KINDS } from '@linli/shared/estate';
import {
  amend,
  ascii,
  createStatements,
  createTables,
  dialectOf,
  dropTables,
  id,
  instant,
  integer,
  longText,
  oneOf,
  table,
  type TableDefinition,
} from '../kernel/database/ddl.ts';
// Declares the tables that are amended here.
import './1763700100000-estates-and-people.ts';

const memberships = amend('memberships', ({ columns, indexes, references }) => ({
  columns: [
    ...columns,
    /** Where the office gives power; absent for the whole area of an organisation that supervises one. */
    id('estate_id').orNull(),
    /** The estate or ALL, as a unique key does not see what is absent. */
    ascii('reach_key', 26),
  ],
  unique: { uq_memberships_reach: ['person_id', 'organisation_id', 'role', 'reach_key', 'starts_on'] },
  indexes: { ...indexes, ix_memberships_estate: ['estate_id', 'organisation_id'] },
  checks: { ck_memberships_reach: "reach_key = COALESCE(estate_id, 'ALL')" },
  references: { ...references, estate_id: 'estates' },
}));

/** What an import would do used to be one sealed text; now a page of it is read by itself. */
amend('roll_imports', ({ columns }) => ({
  columns: columns.filter(({ name }) => name !== 'changes_sealed'),
}));

const tables = [
  table({
    name: 'roll_import_changes',
    primaryKey: ['import_id', 'position'],
    columns: [
      id('import_id'),
      /** In the order of the page: added, changed, removed. */
      integer('position'),
      oneOf('kind', ROLL_CHANGE_KINDS),
      /** Names people, so it is sealed. */
      longText('change_sealed'),
    ],
    indexes: { ix_roll_import_changes_kind: ['import_id', 'kind', 'position'] },
    references: { import_id: 'roll_imports' },
  }),
  /** A picture that WeChat was asked about; its verdict comes by a push within half an hour. */
  table({
    name: 'picture_checks',
    primaryKey: ['file_id'],
    columns: [
      id('file_id'),
      id('person_id'),
      id('estate_id'),
      ascii('trace_id', 64),
      oneOf('state', ['ASKED', 'PASS', 'REVIEW', 'RISKY']),
      instant('asked_at'),
      instant('settled_at').orNull(),
    ],
    unique: { uq_picture_checks_trace: ['trace_id'] },
  }),
];

const FACTS = memberships.before.columns.map(({ name }) => name).join(', ');

/**
 * Where an office of before counts: a committee's or a company's in the estate where it was proposed, or in the only
 * one (else the first) that its organisation serves; an area's everywhere in it.
 */
const ESTATE_OF = `(SELECT CASE WHEN o.kind IN ('COMMITTEE', 'COMPANY') THEN COALESCE(
    (SELECT MIN(a.estate_id) FROM audit_log a
     WHERE a.subject_type = 'membership' AND a.subject_id = memberships.id AND a.action = 'MEMBERSHIP.PROPOSED'),
    (SELECT MIN(oe.estate_id) FROM organisation_estates oe WHERE oe.organisation_id = o.id))
  END FROM organisations o WHERE o.id = memberships.organisation_id)`;

/**
 * An office gives power in the estate where it was granted, not in every estate of its organisation; the preview of a
 * roll is kept change by change; pictures are checked by WeChat.
 */
export class OfficesAndRolls1763701300000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await giveReach(runner);
    await createTables(runner, tables);
    await runner.query('ALTER TABLE roll_imports DROP COLUMN changes_sealed');
    // What they would do can no longer be shown: the file has to be looked at again.
    await runner.query("UPDATE roll_imports SET state = 'OUTDATED' WHERE state = 'READY'");
  }

  async down(runner: QueryRunner): Promise<void> {
    const type = dialectOf(runner) === 'mysql' ? 'MEDIUMTEXT' : 'TEXT';
    await runner.query(`ALTER TABLE roll_imports ADD COLUMN changes_sealed ${type} NULL`);
    await dropTables(runner, tables);
    await takeReach(runner);
  }
}

async function giveReach(runner: QueryRunner): Promise<void> {
  if (dialectOf(runner) === 'sqlite') {
    await rebuild(runner, memberships.after, `${FACTS}, ${ESTATE_OF}, COALESCE(${ESTATE_OF}, 'ALL')`);
    return;
  }
  const type = 'VARCHAR(26) CHARACTER SET ascii COLLATE ascii_bin';
  await runner.query(`ALTER TABLE memberships ADD COLUMN estate_id ${type} NULL,
      ADD COLUMN reach_key ${type} NOT NULL DEFAULT 'ALL'`);
  await runner.query(`UPDATE memberships SET estate_id = ${ESTATE_OF}`);
  await runner.query(`UPDATE memberships SET reach_key = COALESCE(estate_id, 'ALL')`);
  await runner.query(`ALTER TABLE memberships ALTER COLUMN reach_key DROP DEFAULT,
      ADD CONSTRAINT uq_memberships_reach UNIQUE (person_id, organisation_id, role, reach_key, starts_on),
      DROP INDEX uq_memberships_role,
      ADD INDEX ix_memberships_estate (estate_id, organisation_id),
      ADD CONSTRAINT fk_memberships_estate_id FOREIGN KEY (estate_id) REFERENCES estates (id),
      ADD CONSTRAINT ck_memberships_reach CHECK (reach_key = COALESCE(estate_id, 'ALL'))`);
}

async function takeReach(runner: QueryRunner): Promise<void> {
  if (dialectOf(runner) === 'sqlite') {
    await rebuild(runner, memberships.before, FACTS);
    return;
  }
  await runner.query(`ALTER TABLE memberships DROP CONSTRAINT ck_memberships_reach,
      DROP FOREIGN KEY fk_memberships_estate_id, DROP INDEX ix_memberships_estate,
      ADD CONSTRAINT uq_memberships_role UNIQUE (person_id, organisation_id, role, starts_on),
      DROP INDEX uq_memberships_reach, DROP COLUMN reach_key, DROP COLUMN estate_id`);
}

/** SQLite cannot take a unique key off a table: it is written anew. Nothing refers to it. */
async function rebuild(runner: QueryRunner, wanted: TableDefinition, select: string): Promise<void> {
  await runner.query('ALTER TABLE memberships RENAME TO memberships_before');
  await runner.query('DROP INDEX ix_memberships_organisation');
  await runner.query('DROP INDEX IF EXISTS ix_memberships_estate');
  for (const statement of createStatements(wanted, 'sqlite')) await runner.query(statement);
  const columns = wanted.columns.map(({ name }) => name).join(', ');
  await runner.query(
    `INSERT INTO memberships (${columns}) SELECT ${select} FROM memberships_before AS memberships`,
  );
  await runner.query('DROP TABLE memberships_before');
}
