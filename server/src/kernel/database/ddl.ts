import type { QueryRunner } from 'typeorm';

/**
 * Table definitions for the hand-written migrations: one text, two exact dialects.
 *
 * MySQL gets binary collations (names compare by byte, as in SQLite), SQLite gets STRICT tables and length CHECKs
 * (it would not enforce either by itself). Nothing here that only one engine has.
 */
export type Dialect = 'mysql' | 'sqlite';

export interface ColumnDefinition {
  readonly name: string;
  readonly type: (dialect: Dialect) => string;
  readonly nullable: boolean;
  /** Extra rule on the column, written for both dialects. */
  readonly check: ((dialect: Dialect) => string) | null;
}

class Column implements ColumnDefinition {
  constructor(
    readonly name: string,
    readonly type: (dialect: Dialect) => string,
    readonly check: ((dialect: Dialect) => string) | null = null,
    readonly nullable = false,
  ) {}

  /** The column may be absent (NULL). */
  orNull(): Column {
    return new Column(this.name, this.type, this.check, true);
  }
}

const ASCII = 'CHARACTER SET ascii COLLATE ascii_bin';
/** Integers above this are silently rounded on their way through JavaScript. */
const SAFE = Number.MAX_SAFE_INTEGER;

/** Row id: 26 characters. */
export const id = (name = 'id') => ascii(name, 26);
/** Codes, hashes, keys: ASCII only, compared by byte. */
export const ascii = (name: string, length: number) =>
  new Column(
    name,
    (d) => (d === 'mysql' ? `VARCHAR(${length}) ${ASCII}` : 'TEXT'),
    (d) => (d === 'sqlite' ? `length(${name}) <= ${length}` : ''),
  );
/** Text for people, `length` in characters. */
export const text = (name: string, length: number) =>
  new Column(
    name,
    (d) => (d === 'mysql' ? `VARCHAR(${length})` : 'TEXT'),
    (d) => (d === 'sqlite' ? `length(${name}) <= ${length}` : ''),
  );
/** Long text or JSON. */
export const longText = (name: string) => new Column(name, (d) => (d === 'mysql' ? 'MEDIUMTEXT' : 'TEXT'));
export const integer = (name: string) =>
  new Column(
    name,
    (d) => (d === 'mysql' ? 'BIGINT' : 'INTEGER'),
    () => `${name} BETWEEN -${SAFE} AND ${SAFE}`,
  );
/** Instant, epoch ms. */
export const instant = (name: string) => integer(name);
/** Money, integer fen. */
export const fen = (name: string) => integer(name);
/** Calendar date in Asia/Shanghai, `YYYY-MM-DD`. */
export const date = (name: string) => ascii(name, 10);
export const flag = (name: string) =>
  new Column(
    name,
    (d) => (d === 'mysql' ? 'TINYINT' : 'INTEGER'),
    () => `${name} IN (0, 1)`,
  );
/** One of a closed set of codes, held by a CHECK on both engines. */
export const oneOf = (name: string, values: readonly string[]) => {
  const longest = Math.max(...values.map((value) => value.length));
  return new Column(
    name,
    (d) => (d === 'mysql' ? `VARCHAR(${longest}) ${ASCII}` : 'TEXT'),
    () => `${name} IN (${values.map((value) => `'${value}'`).join(', ')})`,
  );
};

export interface TableDefinition {
  readonly name: string;
  readonly columns: readonly ColumnDefinition[];
  /** Defaults to `id`. */
  readonly primaryKey?: readonly string[];
  /** name → columns. Names start with `uq_`. */
  readonly unique?: Readonly<Record<string, readonly string[]>>;
  /** name → columns. Names start with `ix_`. */
  readonly indexes?: Readonly<Record<string, readonly string[]>>;
  /** name → condition. Names start with `ck_`. */
  readonly checks?: Readonly<Record<string, string>>;
  /** column → referenced table (its `id`). */
  readonly references?: Readonly<Record<string, string>>;
  /**
   * Rows are added and read, never changed or taken away. SQLite has triggers that refuse it; on a MySQL-protocol server
   * the application's user is granted nothing else (`grants.ts`).
   */
  readonly appendOnly?: true;
}

/** What SQLite calls the triggers that keep a table append-only. */
export function guardTriggers({ name }: TableDefinition): readonly string[] {
  return [`tr_${name}_update`, `tr_${name}_delete`];
}

const uniqueKeys = new Map<string, { table: string; columns: readonly string[] }>();
const promised = new Map<string, TableDefinition>();

/** Every table that the migrations create, as they leave it. */
export function promisedTables(): readonly TableDefinition[] {
  return [...promised.values()];
}

/** The columns of a named unique key; SQLite reports a violation by columns, MySQL by name. */
export function uniqueKeyColumns(name: string): { table: string; columns: readonly string[] } | undefined {
  return uniqueKeys.get(name);
}

/** Declares a table: what the schema is checked against at start, and what {@link uniqueKeyColumns} knows. */
export function table(definition: TableDefinition): TableDefinition {
  promised.set(definition.name, definition);
  for (const [name, columns] of Object.entries(definition.unique ?? {}))
    uniqueKeys.set(name, { table: definition.name, columns });
  return definition;
}

/** Declares what a later migration makes of a table; answers it as it was and as it will be. */
export function amend(
  name: string,
  change: (was: TableDefinition) => Partial<TableDefinition>,
): { readonly before: TableDefinition; readonly after: TableDefinition } {
  const before = promised.get(name);
  if (before === undefined) throw new Error(`Table ${name} is amended before it is declared`);
  return { before, after: table({ ...before, ...change(before) }) };
}

export function dialectOf(runner: QueryRunner): Dialect {
  return runner.connection.options.type === 'mysql' ? 'mysql' : 'sqlite';
}

export async function createTables(runner: QueryRunner, tables: readonly TableDefinition[]): Promise<void> {
  const dialect = dialectOf(runner);
  for (const definition of tables)
    for (const statement of createStatements(definition, dialect)) await runner.query(statement);
}

export async function dropTables(runner: QueryRunner, tables: readonly TableDefinition[]): Promise<void> {
  for (const definition of tables.toReversed()) await runner.query(`DROP TABLE ${definition.name}`);
}

/** Makes tables that exist append-only; declared with `amend`. */
export async function guardTables(runner: QueryRunner, tables: readonly TableDefinition[]): Promise<void> {
  const dialect = dialectOf(runner);
  for (const statement of tables.flatMap((definition) => guardStatements(definition, dialect)))
    await runner.query(statement);
}

export async function dropGuards(runner: QueryRunner, tables: readonly TableDefinition[]): Promise<void> {
  if (dialectOf(runner) === 'mysql') return;
  for (const trigger of tables.flatMap((definition) => guardTriggers(definition)))
    await runner.query(`DROP TRIGGER ${trigger}`);
}

/** The statements that create a table with its keys, rules and indexes. */
export function createStatements(definition: TableDefinition, dialect: Dialect): string[] {
  const { name } = definition;
  const lines = definition.columns.map((column) => columnLine(column, dialect));
  lines.push(`PRIMARY KEY (${(definition.primaryKey ?? ['id']).join(', ')})`);
  for (const [key, columns] of Object.entries(definition.unique ?? {}))
    lines.push(`CONSTRAINT ${key} UNIQUE (${columns.join(', ')})`);
  for (const column of definition.columns) {
    const condition = column.check?.(dialect) ?? '';
    if (condition !== '') lines.push(`CONSTRAINT cv_${name}_${column.name} CHECK (${condition})`);
  }
  for (const [key, condition] of Object.entries(definition.checks ?? {}))
    lines.push(`CONSTRAINT ${key} CHECK (${condition})`);
  for (const [column, target] of Object.entries(definition.references ?? {}))
    lines.push(`CONSTRAINT fk_${name}_${column} FOREIGN KEY (${column}) REFERENCES ${target} (id)`);
  const tail = dialect === 'mysql' ? 'ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin' : 'STRICT';
  const statements = [`CREATE TABLE ${name} (\n  ${lines.join(',\n  ')}\n) ${tail}`];
  for (const [key, columns] of Object.entries(definition.indexes ?? {}))
    statements.push(`CREATE INDEX ${key} ON ${name} (${columns.join(', ')})`);
  return [...statements, ...guardStatements(definition, dialect)];
}

function guardStatements(definition: TableDefinition, dialect: Dialect): string[] {
  if (definition.appendOnly !== true || dialect === 'mysql') return [];
  const { name } = definition;
  return guardTriggers(definition).map((trigger, index) => {
    const action = index === 0 ? 'UPDATE' : 'DELETE';
    return `CREATE TRIGGER ${trigger} BEFORE ${action} ON ${name} BEGIN SELECT RAISE(ABORT, '${name} is append-only'); END`;
  });
}

function columnLine(column: ColumnDefinition, dialect: Dialect): string {
  return `${column.name} ${column.type(dialect)} ${column.nullable ? 'NULL' : 'NOT NULL'}`;
}
