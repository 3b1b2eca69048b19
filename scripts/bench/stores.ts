import type { KeyObject } from 'node:crypto';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { root } from '../bootstrap/paths.mjs';
import { seedEstate, type Sink } from './seed.ts';

interface Connection {
  query(sql: string, values?: readonly unknown[]): Promise<unknown>;
  end(): Promise<void>;
}
interface Driver {
  createConnection(options: { readonly uri: string }): Promise<Connection>;
}
const driver = createRequire(join(root, 'server', 'package.json'))('mysql2/promise') as Driver;

/** Fills a migrated MariaDB database. */
export async function seedMariadb(uri: string, units: number, fieldKey: KeyObject): Promise<void> {
  const connection = await driver.createConnection({ uri });
  const sink: Sink = {
    async insert(table, rows) {
      const columns = Object.keys(rows[0] ?? {});
      const values = rows.map((row) => columns.map((column) => row[column] ?? null));
      await connection.query(`INSERT INTO ${table} (${columns.join(', ')}) VALUES ?`, [values]);
    },
  };
  await connection.query('START TRANSACTION');
  await seedEstate(sink, units, fieldKey);
  await connection.query('COMMIT');
  // The planner must know 100,000 homes from 1,000.
  await connection.query(
    `ANALYZE TABLE bills, bill_lines, sessions, residencies, inbox_messages, assembly_principals, assembly_roll_owners,
       assembly_roll_units, owners, ballots`,
  );
  await connection.end();
}

/** Fills a migrated SQLite file that nobody has open. */
export async function seedSqlite(file: string, units: number, fieldKey: KeyObject): Promise<void> {
  const database = new DatabaseSync(file);
  const sink: Sink = {
    insert(table, rows) {
      const columns = Object.keys(rows[0] ?? {});
      const places = columns.map(() => '?').join(', ');
      const statement = database.prepare(`INSERT INTO ${table} (${columns.join(', ')}) VALUES (${places})`);
      for (const row of rows) statement.run(...columns.map((column) => row[column] ?? null));
      return Promise.resolve();
    },
  };
  database.exec('BEGIN');
  await seedEstate(sink, units, fieldKey);
  database.exec('COMMIT; ANALYZE');
  database.close();
}
