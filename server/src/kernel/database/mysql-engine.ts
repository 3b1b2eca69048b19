import { createPool, type Pool, type PoolConnection, type QueryError } from 'mysql2';
import { type Engine, type SqlValue, StatementFailed, type Statements } from './engine.ts';

const SESSION_SETTINGS = [
  'SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED',
  // A transaction that waits longer is given up and run again; a request must not hang for the default 50 s.
  'SET SESSION innodb_lock_wait_timeout = 5',
  "SET SESSION sql_mode = 'STRICT_ALL_TABLES,NO_ZERO_DATE,NO_ZERO_IN_DATE,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION'",
];

/**
 * Longer statements are inserts of many rows and long IN lists: hardly two have the same shape, so that preparing them
 * would only fill the server's memory.
 */
const MAX_PREPARED_VALUES = 64;
/** For each connection; MySQL-protocol servers allow some 16,000 in all by default, for all replicas together. */
const MAX_PREPARED_STATEMENTS = 200;

/** MySQL, MariaDB, TiDB or Galera: a pool, and statements that the server prepares once for each connection. */
export class MysqlEngine implements Engine {
  readonly dialect = 'mysql';

  private constructor(private readonly pool: Pool) {}

  static open(uri: string, connections: number): MysqlEngine {
    const pool = createPool({
      uri,
      charset: 'utf8mb4',
      timezone: 'Z',
      dateStrings: ['DATE'],
      supportBigNumbers: true,
      // Every integer column is CHECKed to stay within 2^53, so numbers arrive as numbers; sums are cast by the query.
      bigNumberStrings: false,
      decimalNumbers: true,
      connectionLimit: connections,
      maxIdle: connections,
      connectTimeout: 5000,
      maxPreparedStatements: MAX_PREPARED_STATEMENTS,
    });
    // Every connection reads committed rows and refuses silent truncation, whatever the server's defaults are.
    pool.on('connection', (connection) => {
      for (const statement of SESSION_SETTINGS) connection.query(statement);
    });
    return new MysqlEngine(pool);
  }

  rows(sql: string, parameters: readonly SqlValue[]): Promise<object[]> {
    return send(this.pool, sql, parameters) as Promise<object[]>;
  }

  async transaction<T>(work: (statements: Statements) => Promise<T>): Promise<T> {
    const connection = await this.connection();
    let usable = true;
    try {
      await send(connection, 'START TRANSACTION', []);
      const result = await work(new ConnectionStatements(connection));
      await send(connection, 'COMMIT', []);
      return result;
    } catch (error) {
      usable = await rolledBack(connection);
      throw error;
    } finally {
      if (usable) connection.release();
      // One that may still hold an open transaction must not serve anybody else.
      else connection.destroy();
    }
  }

  close(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.pool.end((error) => (error ? reject(error) : resolve()));
    });
  }

  private connection(): Promise<PoolConnection> {
    return new Promise((resolve, reject) => {
      this.pool.getConnection((error, connection) => (error ? reject(error) : resolve(connection)));
    });
  }
}

class ConnectionStatements implements Statements {
  constructor(private readonly connection: PoolConnection) {}

  rows(sql: string, parameters: readonly SqlValue[]): Promise<object[]> {
    return send(this.connection, sql, parameters) as Promise<object[]>;
  }

  async run(sql: string, parameters: readonly SqlValue[]): Promise<number> {
    const { affectedRows } = (await send(this.connection, sql, parameters)) as { affectedRows?: number };
    return affectedRows ?? 0;
  }
}

async function rolledBack(connection: PoolConnection): Promise<boolean> {
  try {
    await send(connection, 'ROLLBACK', []);
    return true;
  } catch {
    return false;
  }
}

/** The driver's callbacks rather than its promises: those note the stack for every statement, also when all is well. */
async function send(
  on: Pool | PoolConnection,
  sql: string,
  parameters: readonly SqlValue[],
): Promise<unknown> {
  try {
    return await new Promise((resolve, reject) => {
      const answered = (error: QueryError | null, result: unknown) =>
        error ? reject(error) : resolve(result);
      // What has no values (START TRANSACTION, COMMIT, DDL) gains nothing from being prepared.
      const prepared = parameters.length > 0 && parameters.length <= MAX_PREPARED_VALUES;
      if (prepared) on.execute(sql, [...parameters], answered);
      else on.query(sql, [...parameters], answered);
    });
  } catch (error) {
    throw new StatementFailed(sql, error);
  }
}
