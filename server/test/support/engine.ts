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

/** A server that looks names up takes us for localhost, and for the nobody that it may have there. */
const ACCOUNT_HOSTS = ['%', 'localhost'];

/** How the test's database is opened. */
export interface TestDatabaseOptions {
  /** On MariaDB as in production: the owner migrates, the server runs as a user who may do no more than it needs. */
  readonly restrictedUser?: boolean;
}

export async function openTestDatabase(
  overrides: Readonly<Record<string, string>> = {},
  { restrictedUser = false }: TestDatabaseOptions = {},
): Promise<TestDatabase> {
  const dataDir = mkdtempSync(join(tmpdir(), 'linli-test-'));
  const name = `linli_${process.pid}_${Date.now().toString(36)}_${Math.floor(Math.random() * 1e6)}`;
  const mariadb = ENGINE === 'mariadb';
  if (mariadb) await onServer(`CREATE DATABASE ${name} CHARACTER SET utf8mb4`);
  const restricted = mariadb && restrictedUser;
  const accounts = ACCOUNT_HOSTS.map((host) => `'${name}'@'${host}'`);
  if (restricted)
    await onServer(`CREATE USER ${accounts.map((who) => `${who} IDENTIFIED BY 'test'`).join(', ')}`);
  const environment = readEnvironment({
    DATA_DIR: dataDir,
    LOG_LEVEL: 'silent',
    POOL_SIZE: '12',
    PORT: '0',
    ...(mariadb ? { DATABASE_URL: `${MARIADB}${name}` } : {}),
    ...(restricted ? { DATABASE_URL: asUser(name), MIGRATION_DATABASE_URL: `${MARIADB}${name}` } : {}),
    ...overrides,
  });
  const database = await openDatabase(environment, { migrate: true });
  return {
    environment,
    database,
    async dispose() {
      await database.close();
      if (mariadb) await onServer(`DROP DATABASE ${name}`);
      if (restricted) await onServer(`DROP USER ${accounts.join(', ')}`);
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** The address of the user, and of the database, of this name. */
function asUser(name: string): string {
  const url = new URL(MARIADB);
  url.username = name;
  url.password = 'test';
  url.pathname = `/${name}`;
  return url.href;
}

async function onServer(statement: string): Promise<void> {
  const connection = await mysql.createConnection(MARIADB);
  await connection.query(statement);
  await connection.end();
}
