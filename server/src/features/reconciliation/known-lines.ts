import type { BankLine } from '@linli/shared/reconcile';
import type { Transaction } from '../../kernel/database/index.ts';

/** Asked for so many lines at a time: a year's statement is a few statements, not thousands. */
const AT_ONCE = 500;

type Question = (places: string) => { readonly sql: string; readonly before: readonly string[] };

/** The rows that are there for these lines, by their number or a key made of it. */
export async function rowsAmong<Row extends object>(
  tx: Transaction,
  lines: readonly BankLine[],
  question: Question,
  keyOf: (line: BankLine) => string,
): Promise<Row[]> {
  const rows: Row[] = [];
  for (let from = 0; from < lines.length; from += AT_ONCE) {
    const keys = lines.slice(from, from + AT_ONCE).map(keyOf);
    const { sql, before } = question(keys.map(() => '?').join(', '));
    rows.push(...(await tx.rows<Row>(sql, [...before, ...keys])));
  }
  return rows;
}

/** Which of the lines are there already. */
export async function knownAmong(
  tx: Transaction,
  lines: readonly BankLine[],
  question: Question,
  keyOf: (serial: string) => string = (serial) => serial,
): Promise<ReadonlySet<string>> {
  const rows = await rowsAmong<{ known: string }>(tx, lines, question, ({ serial }) => keyOf(serial));
  return new Set(rows.map((row) => row.known));
}
