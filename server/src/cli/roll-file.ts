import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { INestApplicationContext } from '@nestjs/common';
import {
  checkRoll,
  rollReport,
  type ApplyRollImportRequest,
  type RollImport,
  type RollReport,
} from '@linli/shared/estate';
import type { SheetFault } from '@linli/shared/sheet';
import { RollImportsService } from '../features/estate/index.ts';
import { Caller, COMMAND_LINE } from '../kernel/access/index.ts';
import { Database } from '../kernel/database/index.ts';
import { Jobs } from '../kernel/jobs/jobs.ts';
import { readSheet, SheetRefused } from '../kernel/spreadsheet/index.ts';

/** How often the state of a check that another worker runs is looked at. */
const POLL_MS = 300;

/** Why a roll is not imported; a line for the person at the machine. */
class RollNotImported extends Error {}

/** The report of the page, or of a file that has none. */
export interface RollFileReport extends Omit<RollReport, 'errors'> {
  readonly errors: readonly SheetFault<string>[];
}

/** What is wrong with a roll, row by row; a file that cannot be read at all has the one fault that says why. */
export async function checkRollFile(file: string): Promise<RollFileReport> {
  try {
    return rollReport(await checkRoll(readSheet(file)));
  } catch (error) {
    const fault = faultOf(error, file);
    return {
      rows: 0,
      accepted: 0,
      errors: [{ row: 0, column: '文件', found: basename(file), ...fault }],
      ignored: [],
      normalised: [],
      assumptions: [],
    };
  }
}

function faultOf(error: unknown, file: string): { readonly expected: string; readonly code: string } {
  if (error instanceof SheetRefused) return { expected: error.message, code: error.code };
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') return { expected: `没有这个文件：${file}`, code: 'FILE.NOT_FOUND' };
  if (code === 'EISDIR') return { expected: `这是一个文件夹：${file}`, code: 'FILE.NOT_FOUND' };
  if (code === 'EACCES') return { expected: `没有权限读取：${file}`, code: 'FILE.NOT_FOUND' };
  throw error;
}

/** Through the service that the page uses, by whoever may run commands on this machine. */
export async function importRollFile(
  app: INestApplicationContext,
  file: string,
  estate: string | undefined,
): Promise<ApplyRollImportRequest> {
  const database = app.get(Database);
  const estateId = estate ?? (await onlyEstate(database));
  const operator = await operatorOf(database);
  const service = app.get(RollImportsService);
  const started = await service.upload(operator, estateId, {
    name: basename(file),
    body: await readFile(file),
  });
  const checked = await whenChecked(app, estateId, started.id);
  if (checked.preview === null)
    throw new RollNotImported(
      checked.refusal?.message ?? `The roll could not be compared with the present one (${checked.state}).`,
    );
  const { rollVersion, added, changed, removed } = checked.preview;
  const seen = { rollVersion, added, changed, removed };
  await service.apply(operator, estateId, started.id, seen);
  return seen;
}

/** A server that runs beside this command may have taken the check: then this one only waits. */
async function whenChecked(
  app: INestApplicationContext,
  estateId: string,
  importId: string,
): Promise<RollImport> {
  for (;;) {
    await app.get(Jobs).drain();
    const found = await app.get(RollImportsService).read(estateId, importId);
    if (found.state !== 'READING') return found;
    await pause(POLL_MS);
  }
}

async function onlyEstate(database: Database): Promise<string> {
  const estates = await database.rows<{ id: string }>('SELECT id FROM estates LIMIT 2');
  const [first] = estates;
  if (first === undefined || estates.length > 1)
    throw new RollNotImported('Name the estate with --estate ID.');
  return first.id;
}

/** Uploads belong to the deployment's operator; the log names the command line, as nobody signed in. */
async function operatorOf(database: Database): Promise<Caller> {
  const row = await database.row<{ person_id: string }>(
    `SELECT person_id FROM memberships WHERE role = 'OPERATOR' AND confirmed_at IS NOT NULL ORDER BY id LIMIT 1`,
  );
  if (row === null)
    throw new RollNotImported('There is no operator yet; take the estate on first: npm run onboard.');
  return new Caller(row.person_id, COMMAND_LINE, [], true);
}
