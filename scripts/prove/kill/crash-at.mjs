// @ts-check
// Loaded into the server before its program: ends it as kill -9 would at the step that CRASH_AT names. The product
// knows nothing of it.
import { ServerResponse } from 'node:http';

/** The built server's own class: named by an address, as there may be no build when this file is checked. */
const built = new URL('../../../server/dist/kernel/database/database.js', import.meta.url);
/**
 * @typedef {(sql: string, parameters?: unknown) => Promise<unknown>} Statement
 * @typedef {{ rows: Statement, row: Statement, run: Statement, insert: (table: string, ...records: unknown[]) => Promise<void> }} Transaction
 * @typedef {(tx: Transaction) => Promise<unknown>} Work
 * @type {{ readonly Database: { readonly prototype: { transaction: (work: Work) => Promise<unknown> } } }}
 */
const { Database } = await import(built.href);

const [moment = '', subject = ''] = (process.env['CRASH_AT'] ?? '').split(' ');

const die = () => {
  process.kill(process.pid, 'SIGKILL');
};

if (moment === 'before-commit' || moment === 'after-commit') {
  const { transaction } = Database.prototype;
  /** @param {Work} work */
  Database.prototype.transaction = async function crashing(work) {
    let touched = false;
    const answer = await transaction.call(this, async (tx) => {
      touched = false;
      const done = await work({
        rows: tx.rows.bind(tx),
        row: tx.row.bind(tx),
        run: (sql, parameters) => {
          touched ||= sql.trimStart().startsWith(`UPDATE ${subject} `);
          return tx.run(sql, parameters);
        },
        insert: (table, ...records) => {
          touched ||= table === subject;
          return tx.insert(table, ...records);
        },
      });
      if (touched && moment === 'before-commit') die();
      return done;
    });
    if (touched && moment === 'after-commit') die();
    return answer;
  };
}

if (moment === 'before-answer' || moment === 'after-answer') {
  const { end } = ServerResponse.prototype;
  /** @this {ServerResponse} @param {unknown[]} chunk */
  ServerResponse.prototype.end = function crashing(...chunk) {
    if (this.req.method !== 'POST' || !this.req.url?.endsWith(subject))
      return Reflect.apply(end, this, chunk);
    if (moment === 'before-answer') die();
    this.once('finish', die);
    return Reflect.apply(end, this, chunk);
  };
}
