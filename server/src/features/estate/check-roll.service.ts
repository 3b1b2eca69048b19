import { buffer } from 'node:stream/consumers';
import { Inject, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import {
  ESTATE_ERRORS,
  checkRoll,
  diffRoll,
  recognised,
  rollFields,
  rollReport,
  rollTotals,
  unitName,
  type RollChange,
  type RollCheck,
  type RollDiff,
  type RollEntry,
  type RollRow,
} from '@linli/shared/estate';
import { Clock } from '../../kernel/clock/clock.ts';
import { FieldCipher } from '../../kernel/crypto/index.ts';
import { Database } from '../../kernel/database/index.ts';
import { FileBodies, FileStorage } from '../../kernel/files/index.ts';
import { Jobs } from '../../kernel/jobs/jobs.ts';
import { readSheet, SheetRefused } from '../../kernel/spreadsheet/index.ts';
import { withWholePeople } from './domain/people-of-roll.ts';
import { RollImportsRepository, type CheckOutcome, type RollImportRow } from './roll-imports.repository.ts';
import { RollRepository } from './roll.repository.ts';

export const CHECK_ROLL_JOB = 'estate.check-roll';
/** How often a long check tells its progress and looks whether it was cancelled. */
const PROGRESS_MS = 400;

/** The import was cancelled while its file was read. */
class Cancelled extends Error {}

/** Reads an uploaded roll in the background and says what it would do. Nothing of it is in the roll yet. */
@Injectable()
export class CheckRollService implements OnModuleInit {
  private readonly log = new Logger('RollImport');

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(RollImportsRepository) private readonly imports: RollImportsRepository,
    @Inject(RollRepository) private readonly roll: RollRepository,
    @Inject(FileStorage) private readonly storage: FileStorage,
    @Inject(FileBodies) private readonly bodies: FileBodies,
    @Inject(FieldCipher) private readonly cipher: FieldCipher,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Jobs) private readonly jobs: Jobs,
  ) {}

  onModuleInit(): void {
    this.jobs.handle(CHECK_ROLL_JOB, ({ importId }: { importId: string }) => this.check(importId));
  }

  async check(importId: string): Promise<void> {
    const row = await this.imports.byId(this.database, importId);
    if (row === null || row.state !== 'READING') return;
    const outcome = await this.outcomeOf(row).catch((error: unknown) => {
      if (error instanceof Cancelled) return null;
      throw error;
    });
    if (outcome === null) return;
    await this.database.transaction(async (tx) => {
      await this.imports.finishCheck(tx, importId, outcome);
      if (outcome.event !== 'PASS') await this.bodies.removeLater(tx, [row.storage_key]);
    });
  }

  /** The uploaded roll once more, from its sealed file; it passed before, so it reads the same. */
  async entriesOf(row: RollImportRow): Promise<RollCheck> {
    return checkRoll(readSheet(await this.uploadOf(row)));
  }

  private async uploadOf(row: RollImportRow): Promise<Buffer> {
    const sealed = await buffer(this.storage.read(row.storage_key));
    return this.cipher.openBytes(sealed, uploadPlace(row.id));
  }

  private async outcomeOf(row: RollImportRow): Promise<CheckOutcome> {
    try {
      const check = await this.readWithProgress(row);
      const { rows, accepted, errors, ignored, normalised } = check;
      const counts = {
        rows,
        accepted,
        errors: errors.length,
        ignored: ignored.length,
        normalised: normalised.length,
      };
      const found = { refusal: null, counts, report: rollReport(check) };
      if (errors.length > 0) return { ...found, event: 'FIND_FAULTS', preview: null, changes: null };
      return { ...found, event: 'PASS', ...(await this.compare(row.estate_id, check.units)) };
    } catch (error) {
      if (error instanceof Cancelled) throw error;
      const nothing = { counts: null, preview: null, report: null, changes: null };
      if (error instanceof SheetRefused) {
        const { code, message } = error;
        return { ...nothing, event: 'REFUSE_FILE', refusal: { code, message } };
      }
      this.log.error(`roll import ${row.id}: ${(error as Error).message}`);
      const { message } = ESTATE_ERRORS['ROLL.FAILED'];
      return { ...nothing, event: 'FAIL', refusal: { code: 'ROLL.FAILED', message } };
    }
  }

  private async readWithProgress(row: RollImportRow): Promise<RollCheck> {
    const body = await this.uploadOf(row);
    let share = 0;
    let told = this.clock.now();
    let latest = { rows: 0, faults: 0 };
    const tell = (percent: number) => this.tellProgress(row.id, percent, latest);
    const rows = readSheet(body, { onProgress: (progress) => (share = progress.share) });
    const paced = async function* (this: { now(): number }) {
      for await (const sheetRow of rows) {
        if (this.now() - told >= PROGRESS_MS) {
          told = this.now();
          await tell(Math.floor(share * 90));
        }
        yield sheetRow;
      }
    };
    const check = await checkRoll(paced.call(this.clock), { onProgress: (progress) => (latest = progress) });
    await tell(90);
    return check;
  }

  /** Conditional on the state, so that a cancelled check notices. */
  private async tellProgress(
    importId: string,
    percent: number,
    found: { rows: number; faults: number },
  ): Promise<void> {
    const running = await this.database.transaction((tx) =>
      tx.run(
        `UPDATE roll_imports SET percent = ?, rows_read = ?, faults_found = ?, step = ? WHERE id = ? AND state = 'READING'`,
        [percent, found.rows, found.faults, percent < 90 ? 'READING' : 'COMPARING', importId],
      ),
    );
    if (running === 0) throw new Cancelled();
  }

  private async compare(
    estateId: string,
    units: readonly RollRow[],
  ): Promise<Pick<CheckOutcome, 'preview' | 'changes'>> {
    const estate = await this.database.row<{ roll_version: number }>(
      'SELECT roll_version FROM estates WHERE id = ?',
      [estateId],
    );
    const stored = await this.roll.load(this.database, estateId);
    const present = stored.filter((unit) => unit.active).map((unit) => unit.entry);
    const known = await this.roll.owners(this.database, estateId);
    const incoming = withWholePeople(recognised(units, known));
    const diff = diffRoll(present, incoming);
    const preview = {
      added: diff.added.length,
      changed: diff.changed.length,
      removed: diff.removed.length,
      unchanged: diff.unchanged,
      before: rollTotals(present),
      after: rollTotals(incoming),
      rollVersion: estate?.roll_version ?? 0,
    };
    return { preview, changes: toChanges(diff, units) };
  }
}

/** Where the sealed upload is bound to. */
export function uploadPlace(importId: string) {
  return { table: 'roll_imports', column: 'file', rowId: importId };
}

/** The units that change, in the order of the page: added, changed, removed. */
function toChanges(diff: RollDiff, units: readonly RollRow[]): RollChange[] {
  const rows = new Map(units.map((unit) => [unit.unitKey, unit.row]));
  const whole = (kind: 'ADDED' | 'REMOVED', entry: RollEntry): RollChange => {
    const fields = rollFields(entry).map(({ field, label, after }) =>
      kind === 'ADDED' ? { field, label, before: '', after } : { field, label, before: after, after: '' },
    );
    return {
      id: entry.unitKey,
      kind,
      unitName: unitName(entry),
      row: rows.get(entry.unitKey) ?? null,
      fields,
    };
  };
  return [
    ...diff.added.map((entry) => whole('ADDED', entry)),
    ...diff.changed.map((change): RollChange => ({
      id: change.unitKey,
      kind: 'CHANGED',
      unitName: change.unitName,
      row: rows.get(change.unitKey) ?? null,
      fields: change.fields.map(({ field, label, before, after }) => ({ field, label, before, after })),
    })),
    ...diff.removed.map((entry) => whole('REMOVED', entry)),
  ];
}
