import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type Database, openDatabase, SchemaMismatch } from '../../src/kernel/database/index.ts';
import { createStatements, promisedTables } from '../../src/kernel/database/ddl.ts';
import { ENGINE, openTestDatabase, type TestDatabase } from '../support/engine.ts';

/** What there is of tables and what holds for them, as the engine's own catalogue tells it. */
const STRUCTURE =
  ENGINE === 'sqlite'
    ? ['SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name']
    : [
        `SELECT table_name, engine, table_collation FROM information_schema.tables
         WHERE table_schema = DATABASE() ORDER BY 1`,
        `SELECT table_name, ordinal_position, column_name, column_type, is_nullable, column_default, collation_name, extra
         FROM information_schema.columns WHERE table_schema = DATABASE() ORDER BY 1, 2`,
        `SELECT table_name, index_name, seq_in_index, column_name, non_unique, sub_part
         FROM information_schema.statistics WHERE table_schema = DATABASE() ORDER BY 1, 2, 3`,
        `SELECT table_name, constraint_name, check_clause FROM information_schema.check_constraints
         WHERE constraint_schema = DATABASE() ORDER BY 1, 2`,
        `SELECT table_name, constraint_name, column_name, referenced_table_name, referenced_column_name
         FROM information_schema.key_column_usage WHERE table_schema = DATABASE() ORDER BY 1, 2, ordinal_position`,
        `SELECT table_name, constraint_name, update_rule, delete_rule FROM information_schema.referential_constraints
         WHERE constraint_schema = DATABASE() ORDER BY 1, 2`,
        `SELECT event_object_table, trigger_name, event_manipulation, action_timing, action_statement
         FROM information_schema.triggers WHERE trigger_schema = DATABASE() ORDER BY 1, 2`,
      ];

/** Table → its rows. */
async function rowsOf(database: Database): Promise<Map<string, readonly object[]>> {
  const tables = ['migrations', ...promisedTables().map(({ name }) => name)];
  const rows = new Map<string, readonly object[]>();
  for (const table of tables) rows.set(table, await database.rows(`SELECT * FROM ${table}`));
  return rows;
}

describe('the schema', () => {
  let test1: TestDatabase;

  beforeEach(async () => {
    test1 = await openTestDatabase();
  });
  afterEach(() => test1.dispose());

  const reopen = () => openDatabase(test1.environment, { migrate: false });
  const execute = (sql: string) => test1.database.transaction((tx) => tx.run(sql));

  test('a fresh database is what the migrations promise, and opens again', async () => {
    const again = await reopen();
    expect(await again.row('SELECT COUNT(*) AS n FROM migrations')).not.toBeNull();
    await again.close();
  });

  test('a unique key that somebody dropped keeps the server from starting', async () => {
    await execute('DROP TABLE idempotency_keys');
    const definition = promisedTables().find(({ name }) => name === 'idempotency_keys');
    if (definition === undefined) throw new Error('no such table');
    const { unique: _, ...without } = definition;
    for (const sql of createStatements(without, ENGINE === 'mariadb' ? 'mysql' : 'sqlite'))
      await execute(sql);
    await expect(reopen()).rejects.toThrow('unique key uq_idempotency_keys_action is missing');
  });

  test('a column that is gone keeps the server from starting', async () => {
    await execute('ALTER TABLE estates RENAME COLUMN address TO elsewhere');
    await expect(reopen()).rejects.toThrow('column estates.address is missing');
  });

  test('a database of a later version is not opened by an older server', async () => {
    await execute(`INSERT INTO migrations (timestamp, name) VALUES (1999999999999, 'Later1999999999999')`);
    await expect(reopen()).rejects.toThrow(SchemaMismatch);
  });

  test('answers that lay open before they were sealed are emptied, and their keys stay', async () => {
    await execute('ALTER TABLE idempotency_keys RENAME COLUMN response_sealed TO response');
    await execute("DELETE FROM migrations WHERE name = 'SealedAnswers1763701200000'");
    await execute(
      `INSERT INTO idempotency_keys (id, person_id, action_key, request_hash, response, created_at)
       VALUES ('K1', 'P1', 'key', 'hash', '{"code":"7K2M9Q"}', 1)`,
    );
    const again = await openDatabase(test1.environment, { migrate: true });
    expect(await again.rows('SELECT action_key, response_sealed FROM idempotency_keys')).toEqual([
      { action_key: 'key', response_sealed: '' },
    ]);
    await again.close();
  });

  test('digits of documents that lay open before they were sealed are emptied', async () => {
    await execute('ALTER TABLE owners DROP COLUMN id_last4_sealed');
    await execute('ALTER TABLE sessions DROP COLUMN network_index');
    await execute("DELETE FROM migrations WHERE name = 'SealedDigits1763701700000'");
    await execute(
      "INSERT INTO estates (id, name, region_code, address, roll_version, created_at) VALUES ('E1', '康宁家园', 'qitai', '', 0, 1)",
    );
    await execute(
      `INSERT INTO owners (id, estate_id, name_sealed, identity_index, id_last4, created_at)
       VALUES ('O1', 'E1', 'k1.', 'index', '1234', 1)`,
    );
    const again = await openDatabase(test1.environment, { migrate: true });
    expect(await again.rows('SELECT id, id_last4, id_last4_sealed FROM owners')).toEqual([
      { id: 'O1', id_last4: null, id_last4_sealed: null },
    ]);
    await again.close();
  });

  test('a database that is behind is not opened without migrating', async () => {
    await execute('DELETE FROM migrations WHERE timestamp > 1763700000000');
    await expect(reopen()).rejects.toThrow('behind');
  });
});

describe('a copy of a migrated database', () => {
  let folder: string;
  const opened: TestDatabase[] = [];

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'linli-templates-'));
  });
  afterEach(async () => {
    for (const { dispose } of opened.splice(0)) await dispose();
    rmSync(folder, { recursive: true });
  });

  const open = async () => {
    const one = await openTestDatabase({}, { templates: folder });
    opened.push(one);
    return one.database;
  };

  test('has the tables, columns, keys, rules, triggers and rows that the migrations made', async () => {
    // The first of a folder is migrated, whatever the run keeps elsewhere.
    const migrated = await open();
    const copied = await open();
    for (const question of STRUCTURE) {
      const found = await migrated.rows(question);
      expect(await copied.rows(question)).toEqual(found);
    }
    expect(await rowsOf(copied)).toEqual(await rowsOf(migrated));
  });
});

describe('what the engine itself refuses, on every engine alike', () => {
  let test1: TestDatabase;

  beforeEach(async () => {
    test1 = await openTestDatabase();
  });
  afterEach(() => test1.dispose());

  const estate = {
    id: 'E1',
    name: '康宁家园',
    region_code: 'qitai',
    address: '',
    spend_vote_threshold_fen: null,
    roll_version: 0,
    created_at: 1,
  };
  const insert = (changes: object) =>
    test1.database.transaction((tx) => tx.insert('estates', { ...estate, ...changes }));

  test('a text that is too long', async () => {
    await expect(insert({ name: '长'.repeat(61) })).rejects.toThrow();
  });
  test('an amount beyond 2^53', async () => {
    await expect(insert({ spend_vote_threshold_fen: Number.MAX_SAFE_INTEGER + 2 })).rejects.toThrow();
  });
  test('NULL where a value is needed', async () => {
    await expect(insert({ name: null })).rejects.toThrow();
  });
  test('a reference to nothing', async () => {
    await expect(
      test1.database.transaction((tx) =>
        tx.insert('buildings', {
          id: 'B1',
          estate_id: 'nobody',
          name: '1号楼',
          sort_order: 0,
          kind: 'OTHER',
          storeys: null,
        }),
      ),
    ).rejects.toThrow();
  });
  test('a code that is not one of its kind', async () => {
    await insert({});
    await expect(
      test1.database.transaction((tx) =>
        tx.insert('buildings', {
          id: 'B1',
          estate_id: 'E1',
          name: '1号楼',
          sort_order: 0,
          kind: 'TOWER',
          storeys: null,
        }),
      ),
    ).rejects.toThrow();
  });
  test('names that differ in case only are different names', async () => {
    await insert({});
    const building = { estate_id: 'E1', sort_order: 0, kind: 'OTHER', storeys: null };
    await test1.database.transaction((tx) =>
      tx.insert('buildings', { id: 'B1', name: 'a座', ...building }, { id: 'B2', name: 'A座', ...building }),
    );
    expect(await test1.database.rows('SELECT id FROM buildings WHERE name = ?', ['A座'])).toHaveLength(1);
  });
});
