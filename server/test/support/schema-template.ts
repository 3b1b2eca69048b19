import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import mysql, { type Connection, type RowDataPacket } from 'mysql2/promise';

/**
 * A database as the migrations leave it, kept for the run: the first that is opened goes through all of them, every
 * further one is a copy. Workers that come first together both migrate, and the later copy takes the place of the same.
 */
export interface SchemaTemplate {
  /** Fills an empty database from the copy; does nothing while there is none. */
  fill(): Promise<void>;
  /** Keeps a copy of the database, which nothing but the migrations has touched. */
  keep(): Promise<void>;
}

/** For where nobody keeps anything: each database is migrated. */
export const NO_TEMPLATE: SchemaTemplate = {
  fill: () => Promise.resolve(),
  keep: () => Promise.resolve(),
};

export function sqliteTemplate(folder: string, database: string): SchemaTemplate {
  const template = join(folder, 'template.sqlite');
  return {
    async fill() {
      if (existsSync(template)) await copyFile(template, database);
    },
    async keep() {
      if (existsSync(template)) return;
      const connection = new Sqlite(database, { readonly: true });
      try {
        writeWhole(template, connection.serialize());
      } finally {
        connection.close();
      }
    },
  };
}

export function mariadbTemplate(folder: string, url: string): SchemaTemplate {
  const template = join(folder, 'template.sql');
  return {
    async fill() {
      if (!existsSync(template)) return;
      await onConnection(url, (connection) => connection.query(readFileSync(template, 'utf8')));
    },
    async keep() {
      if (!existsSync(template)) writeWhole(template, await onConnection(url, dump));
    },
  };
}

/** Whoever reads it meets all of it or nothing. */
function writeWhole(path: string, content: string | Buffer): void {
  const beside = `${path}.${randomUUID()}`;
  writeFileSync(beside, content);
  renameSync(beside, path);
}

async function onConnection<T>(url: string, work: (connection: Connection) => Promise<T>): Promise<T> {
  const connection = await mysql.createConnection({ uri: url, charset: 'utf8mb4', multipleStatements: true });
  try {
    return await work(connection);
  } finally {
    await connection.end();
  }
}

/** The statements that make the tables and their rows again, in one round trip. */
async function dump(connection: Connection): Promise<string> {
  const [tables] = await connection.query<RowDataPacket[]>('SHOW TABLES');
  const statements = ['SET foreign_key_checks = 0'];
  for (const table of tables.map((row) => mysql.escapeId(String(Object.values(row)[0])))) {
    const [[made]] = await connection.query<RowDataPacket[]>(`SHOW CREATE TABLE ${table}`);
    statements.push(String(made?.['Create Table']));
    const [rows] = await connection.query<RowDataPacket[]>(`SELECT * FROM ${table}`);
    for (const row of rows) statements.push(mysql.format(`INSERT INTO ${table} SET ?`, [row]));
  }
  return statements.join(';\n');
}
