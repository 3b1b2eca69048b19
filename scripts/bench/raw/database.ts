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

  /** Inserts in one transaction, in order. */
  async insertAll(
    inserts: readonly { readonly table: string; readonly row: Readonly<Record<string, Value>> }[],
  ) {
    const connection = await this.pool.getConnection();
    try {
      await connection.query('START TRANSACTION');
      for (const { table, row } of inserts) {
        const columns = Object.keys(row);
        const places = columns.map(() => '?').join(', ');
        const sql = `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${places})`;
        await connection.execute(sql, Object.values(row));
      }
      await connection.query('COMMIT');
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
