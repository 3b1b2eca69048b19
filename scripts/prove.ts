import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FIGURES_FILE, figuresIn, figuresTable } from './prove/figures.ts';
import { runTests } from './test/main.ts';
import { PROOFS } from './test/stages.ts';

/** `npm run prove [-- --only STAGE,…]`: the long proofs, and a table of what each of them saw. */
const folder = mkdtempSync(join(tmpdir(), 'linli-prove-'));
const file = join(folder, 'figures.jsonl');
process.env[FIGURES_FILE] = file;
try {
  process.exitCode = await runTests(PROOFS, process.argv.slice(2));
  console.log(`\n${figuresTable(figuresIn(file))}`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
