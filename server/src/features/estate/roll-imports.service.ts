import { randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import {
  ROLL_IMPORT_MACHINE,
  type ApplyRollImportRequest,
  type RollChange,
  type RollChangeKind,
  type RollEntry,
  type RollImport,
  type RollImportState,
  type RollPreview,
  type RollReport,
} from '@linli/shared/estate';
import type { Page } from '@linli/shared/kernel';
import type { Caller } from '../../kernel/access/index.ts';
import { Audit } from '../../kernel/audit/audit.ts';
import { Clock } from '../../kernel/clock/clock.ts';
import { FieldCipher } from '../../kernel/crypto/index.ts';
import { Database, violates, type Transaction } from '../../kernel/database/index.ts';
import { refuse, Refused } from '../../kernel/errors/refused.ts';
import { FileBodies } from '../../kernel/files/index.ts';
import { toPage } from '../../kernel/http/paging.ts';
import { Ids } from '../../kernel/ids/ids.ts';
import { Jobs } from '../../kernel/jobs/jobs.ts';
import { BindRollService, PersonsRepository, SessionsService } from '../identity/index.ts';
import { ApplyRollService } from './apply-roll.service.ts';
import { CHECK_ROLL_JOB, CheckRollService, uploadPlace } from './check-roll.service.ts';
import { RollImportsRepository, toRollImport, type RollImportRow } from './roll-imports.repository.ts';

/** Import of a roll 业主名册导入: upload → background check → report and preview → apply whole, or cancel. */
@Injectable()
export class RollImportsService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(RollImportsRepository) private readonly imports: RollImportsRepository,
    @Inject(CheckRollService) private readonly checker: CheckRollService,
    @Inject(ApplyRollService) private readonly applier: ApplyRollService,
    @Inject(BindRollService) private readonly binder: BindRollService,
    @Inject(SessionsService) private readonly sessions: SessionsService,
    @Inject(PersonsRepository) private readonly persons: PersonsRepository,
    @Inject(FileBodies) private readonly bodies: FileBodies,
    @Inject(FieldCipher) private readonly cipher: FieldCipher,
    @Inject(Jobs) private readonly jobs: Jobs,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
  ) {}

  /** Keeps the upload sealed and plans its check. One roll of an estate is checked at a time. */
  async upload(caller: Caller, estateId: string, file: { name: string; body: Buffer }): Promise<RollImport> {
    if (file.body.length === 0) throw refuse('FILE.EMPTY');
    const id = this.ids.next();
    const storageKey = `rolls/${randomBytes(16).toString('hex')}`;
    await this.bodies.write(storageKey, this.cipher.sealBytes(file.body, uploadPlace(id)));
    try {
      await this.database.transaction(async (tx) => {
        await this.bodies.own(tx, storageKey);
        await tx.insert('roll_imports', {
          id,
          estate_id: estateId,
          created_by: caller.personId,
          file_name: file.name.slice(-120),
          storage_key: storageKey,
          state: ROLL_IMPORT_MACHINE.initial,
          step: 'READING',
          percent: 0,
          rows_read: 0,
          faults_found: 0,
          refusal_json: null,
          counts_json: null,
          preview_json: null,
          report_sealed: null,
          running_key: estateId,
          created_at: this.clock.now(),
          applied_at: null,
        });
        await this.jobs.enqueue(tx, {
          kind: CHECK_ROLL_JOB,
          payload: { importId: id },
          dedupeKey: `roll:${id}`,
        });
      });
    } catch (error) {
      if (violates(error, 'uq_roll_imports_running')) throw refuse('ROLL.IMPORT_RUNNING');
      throw error;
    }
    return this.read(estateId, id);
  }

  async read(estateId: string, importId: string): Promise<RollImport> {
    const row = await this.need(estateId, importId);
    return this.toContract([row]).then(([first]) => first as RollImport);
  }

  async list(estateId: string, after: string | undefined, limit: number): Promise<Page<RollImport>> {
    const rows = await this.imports.page(this.database, estateId, after, limit);
    const page = toPage(
      rows,
      limit,
      (row) => row.id,
      (row) => row,
    );
    return { items: await this.toContract(page.items), next: page.next };
  }

  async report(estateId: string, importId: string): Promise<RollReport> {
    await this.need(estateId, importId);
    const report = await this.imports.report(this.database, importId);
    if (report === null) throw refuse('ROLL.NOT_READY');
    return report;
  }

  /** Pages by position: the preview of one import never changes. */
  async changes(
    estateId: string,
    importId: string,
    kind: RollChangeKind | undefined,
    after: string | undefined,
    limit: number,
  ): Promise<Page<RollChange>> {
    await this.need(estateId, importId);
    const from = Number.parseInt(after ?? '0', 10) || 0;
    const rows = await this.imports.changes(this.database, importId, kind, from, limit + 1);
    return toPage(
      rows,
      limit,
      ({ position }) => String(position),
      ({ change }) => change,
    );
  }

  /** Writes the roll, whole and once. What is applied is what was looked at, or nothing. */
  async apply(
    caller: Caller,
    estateId: string,
    importId: string,
    seen: ApplyRollImportRequest,
  ): Promise<RollImport> {
    const row = await this.need(estateId, importId);
    if (row.state === 'APPLIED') return this.read(estateId, importId);
    requireReady(row);
    requireSeen(row, seen);
    const entries = await this.entriesOf(row);
    const writing = entries === null ? Promise.resolve(null) : this.write(caller, row, seen, entries);
    const affected = await writing.catch(async (error: unknown) => {
      if (error instanceof Refused && error.refusal.code === 'ROLL.OUTDATED')
        await this.end(row, 'FIND_CHANGED');
      throw error;
    });
    if (affected === null) {
      // Somebody else was faster: applied is applied, everything else is told.
      const now = await this.need(estateId, importId);
      if (now.state !== 'APPLIED') requireReady(now);
      return this.read(estateId, importId);
    }
    this.sessions.forgetPeople(affected);
    return this.read(estateId, importId);
  }

  /** Null where the upload is gone, as somebody else applied or cancelled it meanwhile. */
  private async entriesOf(row: RollImportRow): Promise<readonly RollEntry[] | null> {
    try {
      return (await this.checker.entriesOf(row)).units;
    } catch (error) {
      const { state } = await this.need(row.estate_id, row.id);
      if (ROLL_IMPORT_MACHINE.isFinal(state)) return null;
      throw error;
    }
  }

  /** Nothing of the file is in the roll; the upload is gone. */
  async cancel(caller: Caller, estateId: string, importId: string): Promise<RollImport> {
    const row = await this.need(estateId, importId);
    if (!(await this.end(row, 'CANCEL', caller))) {
      const { state } = await this.need(estateId, importId);
      if (state === 'APPLIED') throw refuse('ROLL.APPLIED');
    }
    return this.read(estateId, importId);
  }

  /**
   * One transaction: until it is through nothing of the file is in the roll. Answers whose homes may have changed, or
   * null where the import is no longer ready.
   */
  private write(
    caller: Caller,
    row: RollImportRow,
    seen: ApplyRollImportRequest,
    entries: readonly RollEntry[],
  ): Promise<string[] | null> {
    const { id: importId, estate_id: estateId } = row;
    return this.database.transaction(async (tx) => {
      if (!(await this.imports.step(tx, importId, 'APPLY'))) return null;
      const current = await tx.run(
        'UPDATE estates SET roll_version = roll_version + 1 WHERE id = ? AND roll_version = ?',
        [estateId, seen.rollVersion],
      );
      if (current === 0) throw refuse('ROLL.OUTDATED');
      await this.applier.apply(tx, estateId, entries);
      const people = await this.binder.followRoll(tx, estateId);
      await this.imports.step(tx, importId, 'FINISH', { applied_at: this.clock.now() });
      await this.bodies.removeLater(tx, [row.storage_key]);
      await this.recordApplied(tx, caller, row, seen);
      return people;
    });
  }

  /** Ends an import that wrote nothing; false where it had ended already. */
  private async end(row: RollImportRow, event: 'CANCEL' | 'FIND_CHANGED', caller?: Caller): Promise<boolean> {
    return this.database.transaction(async (tx) => {
      if (!(await this.imports.step(tx, row.id, event, { running_key: null }))) return false;
      await this.bodies.removeLater(tx, [row.storage_key]);
      await this.audit.record(tx, caller ?? 'SYSTEM', {
        action: event === 'CANCEL' ? 'ROLL.CANCELLED' : 'ROLL.OUTDATED',
        estateId: row.estate_id,
        subjectType: 'roll_import',
        subjectId: row.id,
      });
      return true;
    });
  }

  private async need(estateId: string, importId: string): Promise<RollImportRow> {
    const row = await this.imports.ofEstate(this.database, estateId, importId);
    if (row === null) throw refuse('NOT_FOUND');
    return row;
  }

  private async toContract(rows: readonly RollImportRow[]): Promise<RollImport[]> {
    const names = await this.persons.names(
      this.database,
      rows.map((row) => row.created_by),
    );
    return rows.map((row) => toRollImport(row, names.get(row.created_by) ?? ''));
  }

  private async recordApplied(
    tx: Transaction,
    caller: Caller,
    row: RollImportRow,
    seen: ApplyRollImportRequest,
  ): Promise<void> {
    await this.audit.record(tx, caller, {
      action: 'ROLL.APPLIED',
      estateId: row.estate_id,
      subjectType: 'roll_import',
      subjectId: row.id,
      before: { rollVersion: seen.rollVersion },
      after: { ...seen, rollVersion: seen.rollVersion + 1 },
    });
  }
}

/** Why an import cannot be applied, by where it stands. */
const NOT_APPLICABLE: Partial<
  Readonly<Record<RollImportState, 'ROLL.NOT_READY' | 'ROLL.CANCELLED' | 'ROLL.OUTDATED' | 'ROLL.FAILED'>>
> = {
  READING: 'ROLL.NOT_READY',
  CANCELLED: 'ROLL.CANCELLED',
  OUTDATED: 'ROLL.OUTDATED',
  FAILED: 'ROLL.FAILED',
};

function requireReady({ state }: RollImportRow): void {
  if (ROLL_IMPORT_MACHINE.next(state, 'APPLY', 'STAFF').ok) return;
  throw refuse(NOT_APPLICABLE[state] ?? 'ROLL.HAS_FAULTS');
}

function requireSeen(row: RollImportRow, seen: ApplyRollImportRequest): void {
  const preview = JSON.parse(row.preview_json ?? 'null') as RollPreview | null;
  const same =
    preview !== null &&
    preview.rollVersion === seen.rollVersion &&
    preview.added === seen.added &&
    preview.changed === seen.changed &&
    preview.removed === seen.removed;
  if (!same) throw refuse('ROLL.OUTDATED');
}
