import { appendFileSync, existsSync, readFileSync } from 'node:fs';

/** The environment variable that tells a proof where its figures go; without it they go nowhere. */
export const FIGURES_FILE = 'LINLI_FIGURES';

/** One line of the table: what was done how often, and what came of it. */
export interface Figure {
  readonly proof: string;
  readonly done: string;
  readonly found: string;
}

/** A proof says what it has seen. Called once it has held. */
export function tell(figure: Figure): void {
  const file = process.env[FIGURES_FILE];
  if (file !== undefined) appendFileSync(file, `${JSON.stringify(figure)}\n`);
}

/** What was told, in the order in which the proofs ended. */
export function figuresIn(file: string): Figure[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as Figure);
}

/** As the README quotes it. */
export function figuresTable(figures: readonly Figure[]): string {
  const rows = figures.map(({ proof, done, found }) => `| ${proof} | ${done} | ${found} |`);
  return ['| proof | done | outcome |', '|---|---|---|', ...rows].join('\n');
}
