import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DataSource, type DataSourceOptions } from 'typeorm';
import type { Environment } from '../../config/environment.ts';
import { migrations } from '../../migrations/index.ts';
import { Database } from './database.ts';
import { schemaProblems } from './schema-check.ts';

const SQLITE_FILE = 'linli.sqlite';

export interface OpenOptions {
  /** Bring the schema up to date; without it a schema that is behind refuses to open. */
  readonly migrate: boolean;
}

/** The schema in the database is not the one this build was written for. */
export class SchemaMismatch extends Error {}

/** Opens the database that the environment names: embedded SQLite in `dataDir`, or a MySQL-protocol server. */
export async function openDatabase(environment: Environment, options: OpenOptions): Promise<Database> {
  const { databaseUrl } = environment;
  const database =
    databaseUrl === null
      ? await openSqlite(environment, options)
      : await openMysql(environment, databaseUrl, options);
  return database;
}

const common = {
  migrations,
  migrationsTableName: 'migrations',
  synchronize: false,
  logging: false,
} satisfies Partial<DataSourceOptions>;

async function openSqlite(environment: Environment, options: OpenOptions): Promise<Database> {
  mkdirSync(environment.dataDir, { recursive: true });
  const database = join(environment.dataDir, SQLITE_FILE);
  const pragmas = (synchronous: string) => (connection: { pragma(text: string): unknown }) => {
    connection.pragma('busy_timeout = 5000');
    connection.pragma('foreign_keys = ON');
    connection.pragma(`synchronous = ${synchronous}`);
  };
  const writer = await new DataSource({
    ...common,
    type: 'better-sqlite3',
    database,
    enableWAL: true,
    prepareDatabase: pragmas('FULL'),
  }).initialize();
  await orClose(writer, () => settleSchema(writer, options));
  const reader = await new DataSource({
    ...common,
    type: 'better-sqlite3',
    database,
    readonly: true,
    prepareDatabase: pragmas('FULL'),
  }).initialize();
  return new Database(writer, reader, 'sqlite');
}

async function openMysql(environment: Environment, url: string, options: OpenOptions): Promise<Database> {
  const source = await new DataSource({
    ...common,
    // 'mysql' for every MySQL-protocol engine: 'mariadb' would emit INSERT … RETURNING.
    type: 'mysql',
    url,
    charset: 'utf8mb4',
    timezone: 'Z',
    dateStrings: ['DATE'],
    supportBigNumbers: true,
    // Every integer column is CHECKed to stay within 2^53, so numbers arrive as numbers; sums are cast by the query.
    bigNumberStrings: false,
    poolSize: environment.poolSize,
    extra: { connectTimeout: 5000, decimalNumbers: true, maxIdle: environment.poolSize },
  }).initialize();
  await orClose(source, async () => {
    await settleSessions(source);
    await settleSchema(source, options);
  });
  return new Database(source, source, 'mysql');
}

const SESSION_SETTINGS = [
  'SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED',
  // A transaction that waits longer is given up and run again; a request must not hang for the default 50 s.
  'SET SESSION innodb_lock_wait_timeout = 5',
  "SET SESSION sql_mode = 'STRICT_ALL_TABLES,NO_ZERO_DATE,NO_ZERO_IN_DATE,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION'",
];

interface PoolConnection {
  query(sql: string): unknown;
}
interface Pool {
  on(event: 'connection', listener: (connection: PoolConnection) => void): void;
}

/** Every pooled connection reads committed rows and refuses silent truncation, whatever the server's defaults are. */
async function settleSessions(source: DataSource): Promise<void> {
  const { pool } = source.driver as unknown as { pool: Pool };
  pool.on('connection', (connection) => {
    for (const statement of SESSION_SETTINGS) connection.query(statement);
  });
  // The connection that initialize() opened came before the listener.
  for (const statement of SESSION_SETTINGS) await source.query(statement);
}

async function settleSchema(source: DataSource, options: OpenOptions): Promise<void> {
  if (options.migrate) await source.runMigrations({ transaction: 'each' });
  else if (await source.showMigrations())
    throw new SchemaMismatch('The database schema is behind this version; run the migrations first.');
  const problems = await schemaProblems(source);
  if (problems.length > 0)
    throw new SchemaMismatch(`The database schema is not what was promised: ${problems.join('; ')}`);
}

/** A database that does not settle leaves no connection behind: an open pool would keep the process alive. */
async function orClose(source: DataSource, settle: () => Promise<void>): Promise<void> {
  try {
    await settle();
  } catch (error) {
    await source.destroy();
    throw error;
  }
}
