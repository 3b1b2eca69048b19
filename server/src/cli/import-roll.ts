import 'reflect-metadata';
import { parseArgs } from 'node:util';
import { readEnvironment } from '../config/environment.ts';
import { createApp } from '../create-app.ts';
import { openDatabase } from '../kernel/database/index.ts';
import { checkRollFile, importRollFile, type RollFileReport } from './roll-file.ts';

/**
 * `npm run -s import:roll -- FILE [--estate ID] [--check]`: prints the report of the page as JSON. `--check` touches
 * no database. Exit 0 imported or clean, 1 faults or refusal, 2 wrong call.
 */
async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { estate: { type: 'string' }, check: { type: 'boolean', default: false } },
  });
  const [file] = positionals;
  if (file === undefined || positionals.length > 1) {
    process.stderr.write('usage: npm run -s import:roll -- FILE [--estate ID] [--check]\n');
    return 2;
  }
  const report = await checkRollFile(file);
  print(report);
  if (report.errors.length > 0) {
    // A file of which no row could be read: the reason as a sentence, too.
    if (report.rows === 0) process.stderr.write(`${report.errors[0]?.expected}\n`);
    return 1;
  }
  if (!values.check) await importRoll(file, values.estate);
  return 0;
}

function print({ rows, accepted, errors, ignored, normalised }: RollFileReport): void {
  const faults = errors.map(({ row, column, found, expected, code }) => ({
    row,
    column,
    found,
    expected,
    code,
  }));
  process.stdout.write(
    `${JSON.stringify({ rows, accepted, errors: faults, ignored, normalised }, null, 2)}\n`,
  );
}

async function importRoll(file: string, estate: string | undefined): Promise<void> {
  const environment = { ...readEnvironment(), logLevel: 'error' as const };
  const database = await openDatabase(environment, { migrate: environment.databaseUrl === null });
  const app = await createApp(environment, database);
  try {
    const { added, changed, removed } = await importRollFile(app, file, estate);
    process.stderr.write(`added ${added}, changed ${changed}, removed ${removed}\n`);
  } finally {
    await app.close();
    await database.close();
  }
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    process.stderr.write(`${(error as Error).message}\n`);
    process.exit(1);
  },
);
