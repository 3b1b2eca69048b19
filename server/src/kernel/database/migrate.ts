import type { DataSourceOptions } from 'typeorm';
import { migrations } from '../../migrations/index.ts';
import type { Database } from './database.ts';

/** Where the migrations run: a connection of their own, for the time that they take. */
export type MigrationTarget =
  | { readonly type: 'better-sqlite3'; readonly database: string }
  | { readonly type: 'mysql'; readonly url: string; readonly charset: 'utf8mb4' };

export interface MigrationState {
  /** Known to this version and not run yet. */
  readonly pending: readonly string[];
  /** Run by a later version. */
  readonly unknown: readonly string[];
}

/** Which migrations the database has seen. Plain statements: a start with nothing to migrate needs no more. */
export async function migrationState(database: Database): Promise<MigrationState> {
  const table = await database.row(
    database.dialect === 'mysql'
      ? `SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = 'migrations'`
      : `SELECT name FROM sqlite_master WHERE type = 'table' AND name = 'migrations'`,
  );
  const run = table === null ? [] : await database.rows<{ name: string }>('SELECT name FROM migrations');
  const seen = new Set(run.map(({ name }) => name));
  const known = migrations.map((migration) => migration.name);
  return {
    pending: known.filter((name) => !seen.has(name)),
    unknown: [...seen].filter((name) => !known.includes(name)),
  };
}

/** Runs what is pending. TypeORM is loaded here and nowhere else: 25 MB that a running server has no use for. */
export async function runMigrations(target: MigrationTarget): Promise<void> {
  const { DataSource } = await import('typeorm');
  const options: DataSourceOptions = {
    ...target,
    migrations,
    migrationsTableName: 'migrations',
    synchronize: false,
    logging: false,
  };
  const source = await new DataSource(options).initialize();
  try {
    await source.runMigrations({ transaction: 'each' });
  } finally {
    await source.destroy();
  }
}
