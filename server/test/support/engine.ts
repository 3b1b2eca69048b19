import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mysql from 'mysql2/promise';
import { readEnvironment, type Environment } from '../../src/config/environment.ts';
import { openDatabase, SQLITE_FILE, type Database } from '../../src/kernel/database/index.ts';
import { mariadbTemplate, NO_TEMPLATE, type SchemaTemplate, sqliteTemplate } from './schema-template.ts';

/** `sqlite` or `mariadb`; the test run goes through both. */
export const ENGINE = process.env['LINLI_TEST_ENGINE'] ?? 'sqlite';
/** `mysql://root@127.0.0.1:PORT/` of the run's own MariaDB. */
const MARIADB = process.env['LINLI_TEST_MARIADB'] ?? '';
/** The folder in which the run keeps a migrated database to copy; a spec that is run by itself has none. */
const TEMPLATES = process.env['LINLI_TEST_TEMPLATES'] ?? '';

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
  /** Another folder for the copy of a migrated database than the run's. */
  readonly templates?: string;
}

export async function openTestDatabase(
  overrides: Readonly<Record<string, string>> = {},
  { restrictedUser = false, templates = TEMPLATES }: TestDatabaseOptions = {},
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
  const template = templateIn(templates, environment);
  await template.fill();
  const database = await openDatabase(environment, { migrate: true });
  await template.keep();
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

function templateIn(
  folder: string,
  { dataDir, databaseUrl, migrationDatabaseUrl }: Environment,
): SchemaTemplate {
  if (folder === '') return NO_TEMPLATE;
  const owner = migrationDatabaseUrl ?? databaseUrl;
  return owner === null ? sqliteTemplate(folder, join(dataDir, SQLITE_FILE)) : mariadbTemplate(folder, owner);
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
