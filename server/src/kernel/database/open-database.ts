import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Environment } from '../../config/environment.ts';
import { Database } from './database.ts';
import { granteeOf, grantStatements } from './grants.ts';
import { migrationState, type MigrationTarget, runMigrations } from './migrate.ts';
import { MysqlEngine } from './mysql-engine.ts';
import { schemaProblems } from './schema-check.ts';
import { SqliteEngine } from './sqlite-engine.ts';

/** The embedded database, in the data folder. */
export const SQLITE_FILE = 'linli.sqlite';

export interface OpenOptions {
  /** Bring the schema up to date; without it a schema that is behind refuses to open. */
  readonly migrate: boolean;
}

/** The schema in the database is not the one this build was written for. */
export class SchemaMismatch extends Error {}

/** Opens the database that the environment names: embedded SQLite in `dataDir`, or a MySQL-protocol server. */
export async function openDatabase(environment: Environment, options: OpenOptions): Promise<Database> {
  const { databaseUrl, dataDir, poolSize } = environment;
  if (databaseUrl !== null) {
    if (options.migrate) await prepareByOwner(environment);
    const database = new Database(MysqlEngine.open(databaseUrl, poolSize));
    // 'mysql' for every MySQL-protocol engine: 'mariadb' would emit INSERT … RETURNING.
    return settled(database, { type: 'mysql', url: databaseUrl, charset: 'utf8mb4' }, options);
  }
  mkdirSync(dataDir, { recursive: true });
  const file = join(dataDir, SQLITE_FILE);
  return settled(new Database(SqliteEngine.open(file)), { type: 'better-sqlite3', database: file }, options);
}

/**
 * Where `MIGRATION_DATABASE_URL` names the owner of the schema, tables are made by the owner, and the application's own
 * user is granted what it needs of them and no more.
 */
async function prepareByOwner({ databaseUrl, migrationDatabaseUrl }: Environment): Promise<void> {
  if (databaseUrl === null || migrationDatabaseUrl === null) return;
  const owner = new Database(MysqlEngine.open(migrationDatabaseUrl, 1));
  try {
    await settleSchema(
      owner,
      { type: 'mysql', url: migrationDatabaseUrl, charset: 'utf8mb4' },
      { migrate: true },
    );
    const name = decodeURIComponent(new URL(migrationDatabaseUrl).pathname.slice(1));
    for (const statement of grantStatements(name, await granteeOf(databaseUrl))) await owner.rows(statement);
  } finally {
    await owner.close();
  }
}

/** A database that does not settle leaves no connection behind: an open pool would keep the process alive. */
async function settled(database: Database, target: MigrationTarget, options: OpenOptions): Promise<Database> {
  try {
    await settleSchema(database, target, options);
    return database;
  } catch (error) {
    await database.close();
    throw error;
  }
}

async function settleSchema(
  database: Database,
  target: MigrationTarget,
  { migrate }: OpenOptions,
): Promise<void> {
  const { pending, unknown } = await migrationState(database);
  if (pending.length > 0 && !migrate)
    throw new SchemaMismatch('The database schema is behind this version; run the migrations first.');
  if (pending.length > 0) await runMigrations(target);
  const problems = [
    ...(await schemaProblems(database)),
    ...unknown.map((name) => `migration ${name} is of a later version`),
  ];
  if (problems.length > 0)
    throw new SchemaMismatch(`The database schema is not what was promised: ${problems.join('; ')}`);
}
