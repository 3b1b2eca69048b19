import { readFile } from 'node:fs/promises';
import { readEnvironment } from '../config/environment.ts';
import { changeableTables, type Database, openDatabase } from '../kernel/database/index.ts';
import { type Breach, breachesOf, type Invariant, readInvariants } from './check-invariants.ts';

const SHOWN = 20;

/**
 * `npm run -s invariants [-- FILE]`: asks the configured database everything in `scripts/invariants.sql`; it only reads.
 * One line for each invariant. Exit 0 all hold, 2 one is broken, 1 the database could not be asked.
 */
async function main(): Promise<number> {
  const [file] = process.argv.slice(2);
  if (file === undefined) throw new Error('usage: npm run -s invariants');
  const environment = readEnvironment();
  const database = await openDatabase(environment, { migrate: false });
  try {
    let broken = 0;
    for (const invariant of readInvariants(await readFile(file, 'utf8')))
      if ((await ask(database, invariant)) > 0) broken++;
    const changeable = await changeableTables(database);
    for (const table of changeable)
      say(
        `${environment.production ? 'BROKEN' : 'note  '} I12  this user may change ${table}: npm run -s grants`,
      );
    if (environment.production && changeable.length > 0) broken++;
    return broken === 0 ? 0 : 2;
  } finally {
    await database.close();
  }
}

async function ask(database: Database, invariant: Invariant): Promise<number> {
  const began = performance.now();
  const breaches = await breachesOf(database, invariant, SHOWN + 1);
  const ms = Math.round(performance.now() - began);
  const verdict = breaches.length === 0 ? 'ok    ' : 'BROKEN';
  say(`${verdict} ${invariant.name.padEnd(3)}  ${invariant.title} · ${ms} ms`);
  for (const line of linesOf(breaches)) say(line);
  return breaches.length;
}

function linesOf(breaches: readonly Breach[]): string[] {
  const shown = breaches.slice(0, SHOWN).map(({ problem, subject }) => `         ${problem}: ${subject}`);
  return breaches.length > SHOWN ? [...shown, '         … and more'] : shown;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    process.stderr.write(`${(error as Error).message}\n`);
    process.exit(1);
  },
);
