import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mysql from 'mysql2/promise';
import { readEnvironment, type Environment } from '../../src/config/environment.ts';
import { openDatabase, type Database } from '../../src/kernel/database/index.ts';

/** `sqlite` or `mariadb`; the test run goes through both. */
export const ENGINE = process.env['LINLI_TEST_ENGINE'] ?? 'sqlite';
/** `mysql://root@127.0.0.1:PORT/` of the run's own MariaDB. */
const MARIADB = process.env['LINLI_TEST_MARIADB'] ?? '';

/** A fresh, migrated database of the engine under test, and the way to throw it away. */
export interface TestDatabase {
  readonly environment: Environment;
  readonly database: Database;
  dispose(): Promise<void>;
}

export async function openTestDatabase(
  overrides: Readonly<Record<string, string>> = {},
): Promise<TestDatabase> {
  const dataDir = mkdtempSync(join(tmpdir(), 'linli-test-'));
  const name = `linli_${process.pid}_${Date.now().toString(36)}_${Math.floor(Math.random() * 1e6)}`;
  const mariadb = ENGINE === 'mariadb';
  if (mariadb) await onServer(`CREATE DATABASE ${name} CHARACTER SET utf8mb4`);
  const environment = readEnvironment({
    DATA_DIR: dataDir,
    LOG_LEVEL: 'silent',
    POOL_SIZE: '12',
    PORT: '0',
    ...(mariadb ? { DATABASE_URL: `${MARIADB}${name}` } : {}),
    ...overrides,
  });
  const database = await openDatabase(environment, { migrate: true });
  return {
    environment,
    database,
    async dispose() {
      await database.close();
      if (mariadb) await onServer(`DROP DATABASE ${name}`);
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

async function onServer(statement: string): Promise<void> {
  const connection = await mysql.createConnection(MARIADB);
  await connection.query(statement);
  await connection.end();
}
