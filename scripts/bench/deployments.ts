import { execFileSync } from 'node:child_process';
import { createSecretKey, randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../bootstrap/paths.mjs';
import { SERVER_ALLOCATOR, SERVER_FLAGS } from '../start/server.ts';
import { type Served, serve } from './processes.ts';
import { seedMariadb, seedSqlite } from './stores.ts';
import { writeWechatConfig } from './wechat.ts';

export const POOL_SIZE = 16;

/** What both servers are given: production, keys of this run, one database. */
export interface Deployment {
  readonly units: number;
  readonly environment: Readonly<Record<string, string>>;
}

export interface MariadbPlace {
  createDatabase(name: string): Promise<string>;
}

/** A migrated MariaDB database with an estate of this size. */
export async function deployOnMariadb(
  mariadb: MariadbPlace,
  folder: string,
  units: number,
): Promise<Deployment> {
  const url = await mariadb.createDatabase(`bench_${units}`);
  const environment = { ...productionIn(join(folder, `mariadb-${units}`)), DATABASE_URL: url };
  migrate(environment);
  await seedMariadb(url, units, fieldKeyOf(environment));
  return { units, environment };
}

/** The same estate in an embedded database. */
export async function deployOnSqlite(folder: string, units: number): Promise<Deployment> {
  const dataDir = join(folder, `sqlite-${units}`);
  const environment = productionIn(dataDir);
  migrate(environment);
  await seedSqlite(join(dataDir, 'linli.sqlite'), units, fieldKeyOf(environment));
  return { units, environment };
}

function productionIn(dataDir: string) {
  mkdirSync(dataDir, { recursive: true });
  const key = () => randomBytes(32).toString('base64');
  return {
    NODE_ENV: 'production',
    POOL_SIZE: String(POOL_SIZE),
    LOG_LEVEL: 'error',
    DATA_DIR: dataDir,
    WECHAT_CONFIG: writeWechatConfig(dataDir),
    // What a callback leaves to be booked is another replica's work, as in a district: here requests are measured.
    RUN_JOBS: '0',
    LINLI_FIELD_KEY: key(),
    LINLI_INDEX_KEY: key(),
    LINLI_URL_KEY: key(),
    LINLI_LOG_KEY: key(),
  };
}

const fieldKeyOf = ({ LINLI_FIELD_KEY }: { readonly LINLI_FIELD_KEY: string }) =>
  createSecretKey(LINLI_FIELD_KEY, 'base64');

const built = (program: string) => join(root, 'server', 'dist', program);

function migrate(environment: Readonly<Record<string, string>>): void {
  execFileSync(process.execPath, [built('migrate.js')], { env: environment, stdio: 'inherit' });
}

export const serveLinli = ({ environment }: Deployment): Promise<Served> =>
  serve([...SERVER_FLAGS, built('main.js')], { ...environment, ...SERVER_ALLOCATOR });

/** Started as ours is, with the same flags and the same allocator. */
export const serveRaw = ({ environment }: Deployment): Promise<Served> =>
  serve([...SERVER_FLAGS, join(root, 'scripts', 'bench', 'raw', 'main.ts')], {
    ...environment,
    ...SERVER_ALLOCATOR,
  });
