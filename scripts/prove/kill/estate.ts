import { execFileSync } from 'node:child_process';
import { createSecretKey, randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { ESTATE, rowId } from '../../bench/ids.ts';
import { seedMariadb, seedSqlite } from '../../bench/stores.ts';
import { root } from '../../bootstrap/paths.mjs';
import { type RunningSandbox, startSandbox } from '../../sandbox/main.ts';
import { freePort } from '../../start/free-port.ts';

/** Reads what is stored, past the server. */
export type Look = (sql: string) => Promise<readonly Readonly<Record<string, unknown>>[]>;

/** An estate with a vote under way and open bills, its merchant, and how its server is started. */
export interface Estate {
  readonly origin: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly sandbox: RunningSandbox;
  readonly look: Look;
  close(): Promise<void>;
}

const UNITS = 60;
/** A callback that is not answered comes again after 15 ms in place of 15 s. */
const RETRY_SCALE = 0.001;

const driver = createRequire(join(root, 'server', 'package.json'))('mysql2/promise') as {
  createConnection(options: { readonly uri: string }): Promise<{
    query(sql: string): Promise<readonly [readonly Record<string, unknown>[], unknown]>;
    end(): Promise<void>;
  }>;
};

/** `databaseUrl`: an empty MariaDB database; null for the embedded one. */
export async function openEstate(folder: string, databaseUrl: string | null): Promise<Estate> {
  const dataDir = join(folder, databaseUrl === null ? 'sqlite' : 'mariadb');
  mkdirSync(dataDir, { recursive: true });
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const sandbox = await startSandbox({
    dir: join(dataDir, 'sandbox'),
    appOrigins: [origin],
    retryScale: RETRY_SCALE,
  });
  const key = () => randomBytes(32).toString('base64');
  const environment = {
    PATH: process.env['PATH'] ?? '',
    HOST: '127.0.0.1',
    PORT: String(port),
    PUBLIC_ORIGIN: origin,
    DATA_DIR: dataDir,
    LOG_LEVEL: 'error',
    WECHAT_CONFIG: join(dataDir, 'sandbox', 'sandbox.json'),
    LINLI_FIELD_KEY: key(),
    LINLI_INDEX_KEY: key(),
    LINLI_URL_KEY: key(),
    LINLI_LOG_KEY: key(),
    ...(databaseUrl === null ? {} : { DATABASE_URL: databaseUrl }),
  };
  execFileSync(process.execPath, [join(root, 'server', 'dist', 'migrate.js')], { env: environment });
  const fieldKey = createSecretKey(environment.LINLI_FIELD_KEY, 'base64');
  const payee = payeeOf(sandbox.config.mchId);
  if (databaseUrl === null) {
    const file = join(dataDir, 'linli.sqlite');
    await seedSqlite(file, UNITS, fieldKey);
    const writer = new DatabaseSync(file);
    for (const statement of payee) writer.exec(statement);
    writer.close();
    const look: Look = (sql) => Promise.resolve(lookIn(file, sql));
    return { origin, environment, sandbox, look, close: () => sandbox.close() };
  }
  await seedMariadb(databaseUrl, UNITS, fieldKey);
  const look: Look = async (sql) => {
    const connection = await driver.createConnection({ uri: databaseUrl });
    try {
      return (await connection.query(sql))[0];
    } finally {
      await connection.end();
    }
  };
  for (const statement of payee) await look(statement);
  return { origin, environment, sandbox, look, close: () => sandbox.close() };
}

function lookIn(file: string, sql: string): readonly Readonly<Record<string, unknown>>[] {
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    return database.prepare(sql).all();
  } finally {
    database.close();
  }
}

const payeeOf = (mchId: string) => [
  `INSERT INTO merchants (mch_id, ledger) VALUES ('${mchId}', 'PROPERTY_FEE')`,
  `INSERT INTO payees (id, estate_id, ledger, holder_name, mch_id, created_at)
   VALUES ('${rowId('Y', 1)}', '${ESTATE}', 'PROPERTY_FEE', '康宁物业', '${mchId}', 1)`,
];
