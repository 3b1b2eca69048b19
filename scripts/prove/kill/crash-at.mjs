// @ts-check
// Loaded into the server before its program: ends it as kill -9 would at the step that CRASH_AT names. The product
// knows nothing of it.
import { ServerResponse } from 'node:http';

/** The built server's own class: named by an address, as there may be no build when this file is checked. */
const built = new URL('../../../server/dist/kernel/database/database.js', import.meta.url);
/** @type {{ readonly Database: { readonly prototype: { transaction: (work: (tx: any) => Promise<any>) => Promise<any> } } }} */
const { Database } = await import(built.href);

const [moment = '', subject = ''] = (process.env['CRASH_AT'] ?? '').split(' ');

const die = () => {
  process.kill(process.pid, 'SIGKILL');
};

if (moment === 'before-commit' || moment === 'after-commit') {
  const { transaction } = Database.prototype;
  /** @param {(tx: any) => Promise<any>} work */
  Database.prototype.transaction = async function crashing(work) {
    let touched = false;
    const answer = await transaction.call(this, async (/** @type {any} */ tx) => {
      touched = false;
      const done = await work({
        rows: tx.rows.bind(tx),
        row: tx.row.bind(tx),
        /** @param {string} sql @param {any} parameters */
        run: (sql, parameters) => {
          touched ||= sql.trimStart().startsWith(`UPDATE ${subject} `);
          return tx.run(sql, parameters);
        },
        /** @param {string} table @param {any[]} records */
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
  /** @this {ServerResponse} @param {any[]} chunk */
  ServerResponse.prototype.end = function crashing(...chunk) {
    if (this.req.method !== 'POST' || !this.req.url?.endsWith(subject))
      return end.apply(this, /** @type {any} */ (chunk));
    if (moment === 'before-answer') die();
    this.once('finish', die);
    return end.apply(this, /** @type {any} */ (chunk));
  };
}
