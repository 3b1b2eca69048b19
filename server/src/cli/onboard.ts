import 'reflect-metadata';
import { readFile } from 'node:fs/promises';
import { readEnvironment } from '../config/environment.ts';
import { createApp } from '../create-app.ts';
import { openDatabase } from '../kernel/database/index.ts';
import { Refused } from '../kernel/errors/refused.ts';
import { openEstate } from './open-estate.ts';

/** `npm run -s onboard -- FILE.json`: takes an estate on; prints its id. Exit 1 on faults, 2 on a wrong call. */
async function main(): Promise<number> {
  const [file, ...more] = process.argv.slice(2);
  if (file === undefined || more.length > 0) {
    process.stderr.write('usage: npm run -s onboard -- FILE.json\n');
    return 2;
  }
  const document: unknown = JSON.parse(await readFile(file, 'utf8'));
  const environment = { ...readEnvironment(), logLevel: 'error' as const };
  const database = await openDatabase(environment, { migrate: environment.databaseUrl === null });
  const app = await createApp(environment, database);
  try {
    process.stdout.write(`${await openEstate(app, document)}\n`);
    return 0;
  } finally {
    await app.close();
    await database.close();
  }
}

function sentencesOf(error: unknown): string {
  if (!(error instanceof Refused)) return (error as Error).message;
  const { message, fields } = error.refusal;
  return [message, ...fields.map((field) => `${field.path}: ${field.message}`)].join('\n');
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    process.stderr.write(`${sentencesOf(error)}\n`);
    process.exit(1);
  },
);
