import type { MigrationInterface, QueryRunner } from 'typeorm';
import {
  ascii,
  createStatements,
  date,
  dialectOf,
  id,
  instant,
  table,
  type TableDefinition,
} from '../kernel/database/ddl.ts';

const FACTS = [
  'id',
  'person_id',
  'organisation_id',
  'role',
  'starts_on',
  'ends_on',
  'granted_by',
  'confirmed_by',
  'confirmed_at',
  'created_at',
].join(', ');

const memberships = table({
  name: 'memberships',
  columns: [
    id(),
    id('person_id'),
    id('organisation_id'),
    ascii('role', 30),
    date('starts_on'),
    date('ends_on').orNull(),
    id('granted_by').orNull(),
    /** A power role counts from the second person's confirmation. */
    id('confirmed_by').orNull(),
    instant('confirmed_at').orNull(),
    instant('created_at'),
    /** Where the office gives power; absent for the whole area of an organisation that supervises one. */
    id('estate_id').orNull(),
    /** The estate or ALL, as a unique key does not see what is absent. */
    ascii('reach_key', 26),
  ],
  unique: { uq_memberships_reach: ['person_id', 'organisation_id', 'role', 'reach_key', 'starts_on'] },
  indexes: {
    ix_memberships_organisation: ['organisation_id', 'person_id'],
    ix_memberships_estate: ['estate_id', 'organisation_id'],
  },
  checks: { ck_memberships_reach: "reach_key = COALESCE(estate_id, 'ALL')" },
  references: { person_id: 'persons', organisation_id: 'organisations', estate_id: 'estates' },
});

/** As 1763700100000 made it. */
const before: TableDefinition = {
  ...memberships,
  columns: memberships.columns.filter(({ name }) => !['estate_id', 'reach_key'].includes(name)),
  unique: { uq_memberships_role: ['person_id', 'organisation_id', 'role', 'starts_on'] },
  indexes: { ix_memberships_organisation: ['organisation_id', 'person_id'] },
  checks: {},
  references: { person_id: 'persons', organisation_id: 'organisations' },
};

/**
 * Where an office of before counts: a committee's or a company's in the estate where it was proposed, or in the only
 * one (else the first) that its organisation serves; an area's everywhere in it.
 */
const ESTATE_OF = `(SELECT CASE WHEN o.kind IN ('COMMITTEE', 'COMPANY') THEN COALESCE(
    (SELECT MIN(a.estate_id) FROM audit_log a
     WHERE a.subject_type = 'membership' AND a.subject_id = memberships.id AND a.action = 'MEMBERSHIP.PROPOSED'),
    (SELECT MIN(oe.estate_id) FROM organisation_estates oe WHERE oe.organisation_id = o.id))
  END FROM organisations o WHERE o.id = memberships.organisation_id)`;

/** An office gives power in the estate where it was granted, not in every estate of its organisation. */
export class ReachOfOffices1763701300000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    if (dialectOf(runner) === 'sqlite') {
      await rebuild(runner, memberships, `${FACTS}, ${ESTATE_OF}, COALESCE(${ESTATE_OF}, 'ALL')`);
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

  async down(runner: QueryRunner): Promise<void> {
    if (dialectOf(runner) === 'sqlite') {
      await rebuild(runner, before, FACTS);
      return;
    }
    await runner.query(`ALTER TABLE memberships DROP CONSTRAINT ck_memberships_reach,
      DROP FOREIGN KEY fk_memberships_estate_id, DROP INDEX ix_memberships_estate,
      ADD CONSTRAINT uq_memberships_role UNIQUE (person_id, organisation_id, role, starts_on),
      DROP INDEX uq_memberships_reach, DROP COLUMN reach_key, DROP COLUMN estate_id`);
  }
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
