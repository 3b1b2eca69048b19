import type { Database, Reader } from './database.ts';
import { guardTriggers, promisedTables, type TableDefinition } from './ddl.ts';

/** What a table really has. */
interface ActualTable {
  /** column → may be NULL */
  readonly columns: ReadonlyMap<string, boolean>;
  /** Columns of each unique key, the primary key included, joined by commas. */
  readonly uniqueKeys: ReadonlySet<string>;
}

/**
 * Compares the database with what the migrations promise: columns, nullability, unique keys. Exactly-once stands on
 * the unique keys, so a server without them must not start.
 * Answers every difference in words; empty when all is well.
 */
export async function schemaProblems(database: Database): Promise<string[]> {
  const mysql = database.dialect === 'mysql';
  const actual = await (mysql ? mysqlTables(database) : sqliteTables(database));
  const problems = promisedTables().flatMap((table) => tableProblems(table, actual.get(table.name)));
  return mysql ? problems : [...problems, ...(await missingGuards(database))];
}

/** Append-only tables of SQLite that somebody opened for changes. */
async function missingGuards(reader: Reader): Promise<string[]> {
  const rows = await reader.rows<{ name: string }>("SELECT name FROM sqlite_master WHERE type = 'trigger'");
  const found = new Set(rows.map(({ name }) => name));
  return promisedTables()
    .filter(({ appendOnly }) => appendOnly === true)
    .flatMap((table) => guardTriggers(table))
    .filter((trigger) => !found.has(trigger))
    .map((trigger) => `trigger ${trigger} is missing`);
}

function tableProblems(promised: TableDefinition, actual: ActualTable | undefined): string[] {
  if (actual === undefined) return [`table ${promised.name} is missing`];
  const problems = promised.columns.flatMap(({ name, nullable }) => {
    const found = actual.columns.get(name);
    if (found === undefined) return [`column ${promised.name}.${name} is missing`];
    return found === nullable ? [] : [`column ${promised.name}.${name} is ${found ? '' : 'not '}nullable`];
  });
  for (const [name, columns] of Object.entries(promised.unique ?? {}))
    if (!actual.uniqueKeys.has(columns.join())) problems.push(`unique key ${name} is missing`);
  return problems;
}

async function mysqlTables(reader: Reader): Promise<Map<string, ActualTable>> {
  const columns = await reader.rows<{ t: string; c: string; n: string }>(
    `SELECT table_name AS t, column_name AS c, is_nullable AS n FROM information_schema.columns
     WHERE table_schema = DATABASE()`,
  );
  const keys = await reader.rows<{ t: string; k: string; c: string }>(
    `SELECT table_name AS t, index_name AS k, column_name AS c FROM information_schema.statistics
     WHERE table_schema = DATABASE() AND non_unique = 0 ORDER BY table_name, index_name, seq_in_index`,
  );
  const keysOf = Map.groupBy(keys, (row) => row.t);
  return new Map(
    [...Map.groupBy(columns, (row) => row.t)].map(([table, rows]) => [
      table,
      {
        columns: new Map(rows.map((row) => [row.c, row.n === 'YES'])),
        uniqueKeys: new Set(
          [...Map.groupBy(keysOf.get(table) ?? [], (row) => row.k).values()].map((key) =>
            key.map((row) => row.c).join(),
          ),
        ),
      },
    ]),
  );
}

async function sqliteTables(reader: Reader): Promise<Map<string, ActualTable>> {
  const columns = await reader.rows<{ t: string; c: string; n: number; pk: number }>(
    `SELECT m.name AS t, p.name AS c, p."notnull" AS n, p.pk FROM sqlite_master m, pragma_table_info(m.name) p
     WHERE m.type = 'table'`,
  );
  const keys = await reader.rows<{ t: string; k: string; c: string }>(
    `SELECT m.name AS t, l.name AS k, i.name AS c
     FROM sqlite_master m, pragma_index_list(m.name) l, pragma_index_info(l.name) i
     WHERE m.type = 'table' AND l."unique" = 1 ORDER BY m.name, l.name, i.seqno`,
  );
  const keysOf = Map.groupBy(keys, (row) => row.t);
  return new Map(
    [...Map.groupBy(columns, (row) => row.t)].map(([table, rows]) => [
      table,
      {
        columns: new Map(rows.map((row) => [row.c, row.n === 0])),
        uniqueKeys: new Set(
          [...Map.groupBy(keysOf.get(table) ?? [], (row) => row.k).values()].map((key) =>
            key.map((row) => row.c).join(),
          ),
        ),
      },
    ]),
  );
}
