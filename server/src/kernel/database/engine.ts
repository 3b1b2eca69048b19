import type { Dialect } from './ddl.ts';

/** What a statement parameter may be. Objects and dates are turned into text or numbers by the caller. */
export type SqlValue = string | number | null;

/** What a statement is run on. Rows arrive as plain objects, whole numbers as numbers. */
export interface Statements {
  rows(sql: string, parameters: readonly SqlValue[]): Promise<object[]>;
  /** How many rows the write touched. */
  run(sql: string, parameters: readonly SqlValue[]): Promise<number>;
}

/** One kind of database behind {@link Database}: its driver's connections, statements and transactions. */
export interface Engine {
  readonly dialect: Dialect;
  /** One statement by itself. */
  rows(sql: string, parameters: readonly SqlValue[]): Promise<object[]>;
  /** Commits what `work` did, or nothing of it. One try: running it again is the caller's matter. */
  transaction<T>(work: (statements: Statements) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/**
 * A statement that the engine refused or gave up. Names the statement, never its values; made where the statement was
 * awaited, so that the stack tells who asked.
 */
export class StatementFailed extends Error {
  constructor(
    statement: string,
    /** What the driver said: its code is what `faults.ts` reads. */
    readonly driverError: unknown,
  ) {
    super(`${(driverError as Error).message} in: ${statement}`);
  }
}
