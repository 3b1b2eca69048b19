import { createConnection } from 'mysql2';
import type { Database } from './database.ts';
import { promisedTables } from './ddl.ts';

/**
 * What the application's user may do on a MySQL-protocol server: read and write rows, and of append-only tables read and
 * add them; nothing to the schema. Table by table, as rights over the whole database cannot be narrowed afterwards.
 */
export function grantStatements(database: string, grantee: string): string[] {
  const on = (table: string) => `ON \`${database.replaceAll('`', '``')}\`.\`${table}\` TO ${grantee}`;
  return [
    `GRANT SELECT ${on('migrations')}`,
    ...promisedTables().map(({ name, appendOnly }) =>
      appendOnly === true
        ? `GRANT SELECT, INSERT ${on(name)}`
        : `GRANT SELECT, INSERT, UPDATE, DELETE ${on(name)}`,
    ),
  ];
}

/** Whom the server takes the holder of this address for, as GRANT wants it: `'linli'@'10.%'`. */
export async function granteeOf(url: string): Promise<string> {
  const address = new URL(url);
  // No database yet: a user without any right may not even enter one.
  address.pathname = '/';
  const connection = createConnection({ uri: address.href, connectTimeout: 5000 });
  try {
    const account = await new Promise<string>((resolve, reject) => {
      connection.query('SELECT CURRENT_USER() AS account', (error, rows) =>
        error ? reject(error) : resolve((rows as { account: string }[])[0]?.account ?? ''),
      );
    });
    const at = account.lastIndexOf('@');
    return `${quoted(account.slice(0, at))}@${quoted(account.slice(at + 1))}`;
  } finally {
    connection.destroy();
  }
}

/** Which append-only tables this user may change after all; none where the grants are right. Changes nothing. */
export async function changeableTables(database: Database): Promise<string[]> {
  const tables = promisedTables().filter(({ appendOnly }) => appendOnly === true);
  const open: string[] = [];
  if (database.dialect === 'sqlite') return open;
  for (const { name, columns } of tables) {
    const [column] = columns;
    const update = `UPDATE ${name} SET ${column?.name} = ${column?.name} WHERE 1 = 0`;
    // To explain a statement takes the rights to run it.
    for (const statement of [update, `DELETE FROM ${name} WHERE 1 = 0`])
      if (await maySay(database, `EXPLAIN ${statement}`)) open.push(name);
  }
  return [...new Set(open)];
}

const DENIED = [1142, 1143];

async function maySay(database: Database, sql: string): Promise<boolean> {
  try {
    await database.rows(sql);
    return true;
  } catch (error) {
    const fault = (error as { driverError?: { errno?: number } }).driverError;
    if (DENIED.includes(fault?.errno ?? 0)) return false;
    throw error;
  }
}

function quoted(name: string): string {
  return `'${name.replaceAll("'", "''")}'`;
}
