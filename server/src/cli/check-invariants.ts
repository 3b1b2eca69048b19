import type { Reader } from '../kernel/database/index.ts';

/** A question of `scripts/invariants.sql`. */
export interface Invariant {
  /** I1 … I17 */
  readonly name: string;
  readonly title: string;
  /** Answers with rows only where it is broken. */
  readonly sql: string;
}

/** A row that an invariant answered with. */
export interface Breach {
  readonly problem: string;
  readonly subject: string;
}

const HEADING = /^-- (I\d+) (.+)$/;

/** The blocks of the file: a heading, then one statement up to its semicolon. */
export function readInvariants(text: string): Invariant[] {
  const invariants: { name: string; title: string; lines: string[] }[] = [];
  for (const line of text.split(/\r?\n/)) {
    const [, name, title] = HEADING.exec(line) ?? [];
    if (name !== undefined && title !== undefined) invariants.push({ name, title, lines: [] });
    else if (!line.startsWith('--')) invariants.at(-1)?.lines.push(line);
  }
  return invariants.map(({ name, title, lines }) => ({
    name,
    title,
    sql: lines.join('\n').trim().replace(/;$/, ''),
  }));
}

/** Asks one question; at most `limit` rows are of interest. */
export async function breachesOf(reader: Reader, { sql }: Invariant, limit = 20): Promise<Breach[]> {
  const rows = await reader.rows<{ problem: string; subject: string | null }>(
    `SELECT problem, subject FROM (${sql}) breaches LIMIT ${limit}`,
  );
  return rows.map(({ problem, subject }) => ({ problem, subject: subject ?? '' }));
}
