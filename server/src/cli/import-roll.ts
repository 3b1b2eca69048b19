import 'reflect-metadata';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { checkRoll, rollReport, type RollReport } from '@linli/shared/estate';
import { readEnvironment } from '../config/environment.ts';
import { createApp } from '../create-app.ts';
import { RollImportsService } from '../features/estate/index.ts';
import { Caller } from '../kernel/access/index.ts';
import { Database, openDatabase } from '../kernel/database/index.ts';
import { Jobs } from '../kernel/jobs/jobs.ts';
import { readSheet, SheetRefused } from '../kernel/spreadsheet/index.ts';

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
  const check = await checkRoll(readSheet(file));
  print(rollReport(check));
  if (check.errors.length > 0) return 1;
  if (!values.check) await importRoll(file, values.estate);
  return 0;
}

function print({ rows, accepted, errors, ignored, normalised }: RollReport): void {
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

/** Through the service that the page uses, on behalf of the operator at this machine. */
async function importRoll(file: string, estate: string | undefined): Promise<void> {
  const environment = { ...readEnvironment(), logLevel: 'error' as const };
  const database = await openDatabase(environment, { migrate: environment.databaseUrl === null });
  const app = await createApp(environment, database);
  try {
    const estateId = estate ?? (await onlyEstate(database));
    const operator = await operatorOf(database);
    const service = app.get(RollImportsService);
    const started = await service.upload(operator, estateId, {
      name: basename(file),
      body: await readFile(file),
    });
    await app.get(Jobs).drain();
    const ready = await service.read(estateId, started.id);
    if (ready.preview === null) throw new Error('The roll could not be compared with the present one.');
    const { rollVersion, added, changed, removed } = ready.preview;
    await service.apply(operator, estateId, ready.id, { rollVersion, added, changed, removed });
    process.stderr.write(`added ${added}, changed ${changed}, removed ${removed}\n`);
  } finally {
    await app.close();
    await database.close();
  }
}

async function onlyEstate(database: Database): Promise<string> {
  const estates = await database.rows<{ id: string }>('SELECT id FROM estates LIMIT 2');
  const [first] = estates;
  if (first === undefined || estates.length > 1) throw new Error('Name the estate with --estate ID.');
  return first.id;
}

/** Whoever may run commands on this machine acts as the deployment's operator. */
async function operatorOf(database: Database): Promise<Caller> {
  const row = await database.row<{ person_id: string }>(
    `SELECT person_id FROM memberships WHERE role = 'OPERATOR' AND confirmed_at IS NOT NULL ORDER BY id LIMIT 1`,
  );
  if (row === null) throw new Error('There is no operator yet; take the estate on first: npm run onboard.');
  return new Caller(row.person_id, row.person_id, [], true);
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    const known = error instanceof SheetRefused;
    process.stderr.write(`${known ? `${error.code} ${error.message}` : (error as Error).message}\n`);
    process.exit(1);
  },
);
