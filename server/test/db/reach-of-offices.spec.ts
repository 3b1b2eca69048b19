import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { DataSource, type QueryRunner } from 'typeorm';
import { migrations } from '../../src/migrations/index.ts';
import { openTestDatabase, type TestDatabase } from '../support/engine.ts';

const Migration = migrations.find(({ name }) => name.startsWith('OfficesAndRolls'));
if (Migration === undefined) throw new Error('The migration is gone');
const migration = new Migration();
let opened: TestDatabase;
let source: DataSource;
let runner: QueryRunner;

beforeEach(async () => {
  opened = await openTestDatabase();
  const { databaseUrl, dataDir } = opened.environment;
  source = new DataSource(
    databaseUrl === null
      ? { type: 'better-sqlite3', database: join(dataDir, 'linli.sqlite') }
      : { type: 'mysql', url: databaseUrl },
  );
  await source.initialize();
  runner = source.createQueryRunner();
  const { database } = opened;
  await database.transaction(async (tx) => {
    for (const id of ['E1', 'E2'])
      await tx.insert('estates', {
        id,
        name: id,
        region_code: 'qitai',
        address: '',
        spend_vote_threshold_fen: null,
        roll_version: 0,
        created_at: 1,
      });
    for (const kind of ['COMMITTEE', 'COMPANY', 'STREET']) {
      await tx.insert('organisations', { id: kind, kind, name: kind, phone: null, created_at: 1 });
      const served = kind === 'COMMITTEE' ? ['E2'] : ['E1', 'E2'];
      await tx.insert(
        'organisation_estates',
        ...served.map((estate_id) => ({ organisation_id: kind, estate_id })),
      );
    }
    await tx.insert('persons', {
      id: 'P1',
      name_sealed: null,
      phone_sealed: null,
      phone_index: null,
      openid_index: null,
      openid_sealed: null,
      privacy_version: null,
      privacy_accepted_at: null,
      created_at: 1,
      closed_at: null,
    });
    await tx.insert('audit_log', {
      id: 'A1',
      at: 1,
      person_id: 'P1',
      session_id: null,
      roles: '',
      estate_id: 'E2',
      action: 'MEMBERSHIP.PROPOSED',
      subject_type: 'membership',
      subject_id: 'CLERK',
      before_json: null,
      after_json: null,
    });
  });
});
afterEach(async () => {
  await runner.release();
  await source.destroy();
  await opened.dispose();
});

test('offices of before keep the estate where they were proposed, and an area’s keep the area', async () => {
  await migration.down(runner);
  const office = (id: string, organisation: string, role: string) =>
    runner.query(
      `INSERT INTO memberships (id, person_id, organisation_id, role, starts_on, created_at) VALUES ('${id}', 'P1', '${organisation}', '${role}', '2026-01-01', 1)`,
    );
  await office('CLERK', 'COMPANY', 'COMPANY_CLERK');
  await office('MANAGER', 'COMPANY', 'COMPANY_MANAGER');
  await office('CHAIR', 'COMMITTEE', 'COMMITTEE_CHAIR');
  await office('OFFICER', 'STREET', 'STREET_OFFICER');
  await migration.up(runner);
  const rows: { id: string; estate_id: string | null; reach_key: string }[] = await runner.query(
    'SELECT id, estate_id, reach_key FROM memberships ORDER BY id',
  );
  expect(rows.map(({ id, estate_id, reach_key }) => [id, estate_id, reach_key])).toEqual([
    ['CHAIR', 'E2', 'E2'],
    ['CLERK', 'E2', 'E2'],
    ['MANAGER', 'E1', 'E1'],
    ['OFFICER', null, 'ALL'],
  ]);
});
