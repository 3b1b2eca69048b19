import { createRequire } from 'node:module';
import { join } from 'node:path';
import { root } from '../../bootstrap/paths.mjs';

export type Value = string | number | null;

interface Executor {
  execute(sql: string, values: readonly Value[]): Promise<readonly [unknown, unknown]>;
}
interface PooledConnection extends Executor {
  query(sql: string): Promise<unknown>;
  release(): void;
}
interface Pool extends Executor {
  getConnection(): Promise<PooledConnection>;
  end(): Promise<void>;
}
interface Driver {
  createPool(options: Readonly<Record<string, unknown>>): Pool;
}
const driver = createRequire(join(root, 'server', 'package.json'))('mysql2/promise') as Driver;

/** mysql2 with prepared statements and nothing around it. */
export class RawDatabase {
  private readonly pool: Pool;

  constructor(uri: string, connectionLimit: number) {
    this.pool = driver.createPool({ uri, connectionLimit, maxIdle: connectionLimit });
  }

  async rows<Row>(sql: string, values: readonly Value[]): Promise<Row[]> {
    const [rows] = await this.pool.execute(sql, values);
    return rows as Row[];
  }

  async transaction<T>(work: (statements: RawStatements) => Promise<T>): Promise<T> {
    const connection = await this.pool.getConnection();
    try {
      await connection.query('START TRANSACTION');
      const result = await work(new RawStatements(connection));
      await connection.query('COMMIT');
      return result;
    } catch (error) {
      await connection.query('ROLLBACK');
      throw error;
    } finally {
      connection.release();
    }
  }

  end(): Promise<void> {
    return this.pool.end();
  }
}

/** What is said within a transaction. */
export class RawStatements {
  private readonly connection: Executor;

  constructor(connection: Executor) {
    this.connection = connection;
  }

  async rows<Row>(sql: string, values: readonly Value[]): Promise<Row[]> {
    const [rows] = await this.connection.execute(sql, values);
    return rows as Row[];
  }

  async run(sql: string, values: readonly Value[]): Promise<number> {
    const [result] = await this.connection.execute(sql, values);
    return (result as { affectedRows: number }).affectedRows;
  }

  async insert(table: string, row: Readonly<Record<string, Value>>): Promise<void> {
    const columns = Object.keys(row);
    const marks = columns.map(() => '?').join(', ');
    await this.run(`INSERT INTO ${table} (${columns.join(', ')}) VALUES (${marks})`, Object.values(row));
  }
}
