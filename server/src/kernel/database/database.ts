import type { Dialect } from './ddl.ts';
import type { Engine, SqlValue, Statements } from './engine.ts';
import { isAborted } from './faults.ts';

/** Reading. Whole numbers arrive as numbers on both engines. */
export interface Reader {
  rows<Row extends object>(sql: string, parameters?: readonly SqlValue[]): Promise<Row[]>;
  /** The first row, or null. */
  row<Row extends object>(sql: string, parameters?: readonly SqlValue[]): Promise<Row | null>;
}

/** One transaction. Nothing outside the database may be awaited while it is open. */
export interface Transaction extends Reader {
  /** Runs a write and tells how many rows it touched. */
  run(sql: string, parameters?: readonly SqlValue[]): Promise<number>;
  /** Inserts rows of one table; every row names the same columns. Names come from code, never from input. */
  insert(table: string, ...records: readonly SqlRecord[]): Promise<void>;
}

/** One row to write: column → value. */
export type SqlRecord = Readonly<Record<string, SqlValue>>;

/** SQLite binds at most 32,766 values in a statement; smaller chunks keep packets small on MySQL too. */
const MAX_VALUES = 10_000;

const MAX_ATTEMPTS = 8;

/**
 * The one door to the database. A transaction that the engine aborts is run again, whole, a bounded number of times;
 * so `work` must be free of side effects outside the database.
 */
export class Database implements Reader {
  constructor(private readonly engine: Engine) {}

  get dialect(): Dialect {
    return this.engine.dialect;
  }

  rows<Row extends object>(sql: string, parameters: readonly SqlValue[] = []): Promise<Row[]> {
    return this.engine.rows(sql, parameters) as Promise<Row[]>;
  }

  async row<Row extends object>(sql: string, parameters: readonly SqlValue[] = []): Promise<Row | null> {
    return (await this.rows<Row>(sql, parameters))[0] ?? null;
  }

  async transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.engine.transaction((statements) => OpenTransaction.during(statements, work));
      } catch (error) {
        if (attempt === MAX_ATTEMPTS || !isAborted(error)) throw error;
        await pause(Math.random() * 2 ** attempt * 4);
      }
    }
  }

  close(): Promise<void> {
    return this.engine.close();
  }
}

/**
 * Takes statements only while the work runs. One that somebody forgot to wait for would come after the end, and would
 * be committed by itself, or by whoever has the connection then.
 */
class OpenTransaction implements Transaction {
  private open = true;

  private constructor(private readonly statements: Statements) {}

  static async during<T>(statements: Statements, work: (tx: Transaction) => Promise<T>): Promise<T> {
    const transaction = new OpenTransaction(statements);
    try {
      return await work(transaction);
    } finally {
      transaction.open = false;
    }
  }

  async rows<Row extends object>(sql: string, parameters: readonly SqlValue[] = []): Promise<Row[]> {
    return (await this.openStatements().rows(sql, parameters)) as Row[];
  }

  async row<Row extends object>(sql: string, parameters: readonly SqlValue[] = []): Promise<Row | null> {
    return (await this.rows<Row>(sql, parameters))[0] ?? null;
  }

  async run(sql: string, parameters: readonly SqlValue[] = []): Promise<number> {
    return this.openStatements().run(sql, parameters);
  }

  async insert(table: string, ...records: readonly SqlRecord[]): Promise<void> {
    const [first] = records;
    if (first === undefined) return;
    const columns = Object.keys(first);
    const place = `(${columns.map(() => '?').join(', ')})`;
    const chunk = Math.max(1, Math.floor(MAX_VALUES / columns.length));
    for (let from = 0; from < records.length; from += chunk) {
      const rows = records.slice(from, from + chunk);
      await this.run(
        `INSERT INTO ${table} (${columns.join(', ')}) VALUES ${rows.map(() => place).join(', ')}`,
        rows.flatMap((row) => columns.map((column) => row[column] ?? null)),
      );
    }
  }

  private openStatements(): Statements {
    if (!this.open) throw new Error('The transaction is over');
    return this.statements;
  }
}

/** Back-off between attempts, jittered so that two losers do not meet again. */
function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
