import Sqlite, { type Database as Connection, type Statement } from 'better-sqlite3';
import { type Engine, type SqlValue, StatementFailed, type Statements } from './engine.ts';

const MAX_PREPARED_STATEMENTS = 500;

/**
 * The embedded database: one writing connection, for which transactions queue here, and one that only reads (WAL), so
 * that readers never see what is half-written.
 */
export class SqliteEngine implements Engine {
  readonly dialect = 'sqlite';
  private tail: Promise<unknown> = Promise.resolve();

  private constructor(
    private readonly writer: PreparedStatements,
    private readonly reader: PreparedStatements,
  ) {}

  static open(file: string): SqliteEngine {
    const writer = connect(file, false);
    return new SqliteEngine(new PreparedStatements(writer), new PreparedStatements(connect(file, true)));
  }

  rows(sql: string, parameters: readonly SqlValue[]): Promise<object[]> {
    return this.reader.rows(sql, parameters);
  }

  transaction<T>(work: (statements: Statements) => Promise<T>): Promise<T> {
    const turn = this.tail.then(() => this.attempt(work));
    this.tail = turn.catch(() => undefined);
    return turn;
  }

  async close(): Promise<void> {
    await this.tail;
    this.reader.close();
    this.writer.close();
  }

  private async attempt<T>(work: (statements: Statements) => Promise<T>): Promise<T> {
    const { writer } = this;
    // Takes the write lock at once: another process (a backup, an import) is waited for here and nowhere later.
    await writer.run('BEGIN IMMEDIATE', []);
    try {
      const result = await work(writer);
      await writer.run('COMMIT', []);
      return result;
    } catch (error) {
      // A full disk has rolled back by itself.
      if (writer.inTransaction) await writer.run('ROLLBACK', []);
      throw error;
    }
  }
}

function connect(file: string, readonly: boolean): Connection {
  const connection = new Sqlite(file, { readonly });
  connection.pragma('busy_timeout = 5000');
  connection.pragma('foreign_keys = ON');
  // Without it a REPLACE would delete rows past the triggers of an append-only table.
  connection.pragma('recursive_triggers = ON');
  if (!readonly) connection.pragma('journal_mode = WAL');
  connection.pragma('synchronous = FULL');
  return connection;
}

/** One connection with the statements it has prepared, the last used last. */
class PreparedStatements implements Statements {
  private readonly prepared = new Map<string, Statement>();

  constructor(private readonly connection: Connection) {}

  get inTransaction(): boolean {
    return this.connection.inTransaction;
  }

  // Both are async, so that a refusal is a rejected promise on every engine.
  async rows(sql: string, parameters: readonly SqlValue[]): Promise<object[]> {
    try {
      return this.prepare(sql).all(parameters) as object[];
    } catch (error) {
      throw new StatementFailed(sql, error);
    }
  }

  async run(sql: string, parameters: readonly SqlValue[]): Promise<number> {
    try {
      return this.prepare(sql).run(parameters).changes;
    } catch (error) {
      throw new StatementFailed(sql, error);
    }
  }

  close(): void {
    this.connection.close();
  }

  private prepare(sql: string): Statement {
    const known = this.prepared.get(sql);
    const statement = known ?? this.connection.prepare(sql);
    this.prepared.delete(sql);
    this.prepared.set(sql, statement);
    if (this.prepared.size > MAX_PREPARED_STATEMENTS) {
      const [oldest] = this.prepared.keys();
      if (oldest !== undefined) this.prepared.delete(oldest);
    }
    return statement;
  }
}
