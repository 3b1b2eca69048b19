import { Inject, Injectable } from '@nestjs/common';
import {
  ROLL_IMPORT_MACHINE,
  type RollChange,
  type RollChangeKind,
  type RollImportEvent,
  type RollImport,
  type RollImportCounts,
  type RollImportProgress,
  type RollImportState,
  type RollPreview,
  type RollReport,
} from '@linli/shared/estate';
import { FieldCipher } from '../../kernel/crypto/index.ts';
import type { Reader, SqlRecord, Transaction } from '../../kernel/database/index.ts';

/** An upload of a roll as it is stored. */
export interface RollImportRow {
  id: string;
  estate_id: string;
  created_by: string;
  file_name: string;
  storage_key: string;
  state: RollImportState;
  step: RollImportProgress['step'];
  percent: number;
  rows_read: number;
  faults_found: number;
  refusal_json: string | null;
  counts_json: string | null;
  preview_json: string | null;
  report_sealed: string | null;
  created_at: number;
  applied_at: number | null;
}

/** What a check leaves behind. */
export interface CheckOutcome {
  readonly event: Extract<RollImportEvent, 'REFUSE_FILE' | 'FIND_FAULTS' | 'PASS' | 'FAIL'>;
  readonly refusal: { readonly code: string; readonly message: string } | null;
  readonly counts: RollImportCounts | null;
  readonly preview: RollPreview | null;
  readonly report: RollReport | null;
  readonly changes: readonly RollChange[] | null;
}

const SUMMARY =
  'id, estate_id, created_by, file_name, storage_key, state, step, percent, rows_read, faults_found, refusal_json, counts_json, preview_json, created_at, applied_at';

@Injectable()
export class RollImportsRepository {
  constructor(@Inject(FieldCipher) private readonly cipher: FieldCipher) {}

  /** Without the sealed parts. */
  async byId(reader: Reader, importId: string): Promise<RollImportRow | null> {
    return reader.row<RollImportRow>(`SELECT ${SUMMARY} FROM roll_imports WHERE id = ?`, [importId]);
  }

  async ofEstate(reader: Reader, estateId: string, importId: string): Promise<RollImportRow | null> {
    return reader.row<RollImportRow>(`SELECT ${SUMMARY} FROM roll_imports WHERE estate_id = ? AND id = ?`, [
      estateId,
      importId,
    ]);
  }

  async page(
    reader: Reader,
    estateId: string,
    after: string | undefined,
    limit: number,
  ): Promise<RollImportRow[]> {
    return reader.rows<RollImportRow>(
      `SELECT ${SUMMARY} FROM roll_imports WHERE estate_id = ? AND id < ? ORDER BY id DESC LIMIT ${limit + 1}`,
      [estateId, after ?? '~'],
    );
  }

  async report(reader: Reader, importId: string): Promise<RollReport | null> {
    const row = await reader.row<{ report_sealed: string | null }>(
      'SELECT report_sealed FROM roll_imports WHERE id = ?',
      [importId],
    );
    if (row === null || row.report_sealed === null) return null;
    return JSON.parse(this.cipher.open(row.report_sealed, reportPlace(importId))) as RollReport;
  }

  /** One page of what the import would do, and nothing but that page; `position` is the cursor. */
  async changes(
    reader: Reader,
    importId: string,
    kind: RollChangeKind | undefined,
    after: number,
    limit: number,
  ): Promise<{ readonly position: number; readonly change: RollChange }[]> {
    const rows = await reader.rows<{ position: number; change_sealed: string }>(
      `SELECT position, change_sealed FROM roll_import_changes
       WHERE import_id = ? ${kind === undefined ? '' : 'AND kind = ?'} AND position > ? ORDER BY position LIMIT ${limit}`,
      [importId, ...(kind === undefined ? [] : [kind]), after],
    );
    return rows.map(({ position, change_sealed: sealed }) => ({
      position,
      change: JSON.parse(this.cipher.open(sealed, changePlace(importId, position))) as RollChange,
    }));
  }

  /**
   * One step of the life of an import, as the transition table has it; false where the import is not in a state that
   * allows it, or no longer is.
   */
  async step(
    tx: Transaction,
    importId: string,
    event: RollImportEvent,
    facts: SqlRecord = {},
  ): Promise<boolean> {
    const transition = ROLL_IMPORT_MACHINE.transitions.find((candidate) => candidate.event === event);
    if (transition === undefined) throw new Error(`No step ${event} in the table of roll imports`);
    const { from, to } = transition;
    const changed: SqlRecord = { ...facts, state: to };
    const columns = Object.keys(changed);
    const taken = await tx.run(
      `UPDATE roll_imports SET ${columns.map((column) => `${column} = ?`).join(', ')}
       WHERE id = ? AND state IN (${from.map(() => '?').join(', ')})`,
      [...columns.map((column) => changed[column] ?? null), importId, ...from],
    );
    return taken === 1;
  }

  /** Ends a check, unless it was cancelled meanwhile. */
  async finishCheck(tx: Transaction, importId: string, outcome: CheckOutcome): Promise<void> {
    const json = (value: object | null) => (value === null ? null : JSON.stringify(value));
    const report = json(outcome.report);
    const ended = await this.step(tx, importId, outcome.event, {
      step: 'DONE',
      percent: 100,
      running_key: null,
      refusal_json: json(outcome.refusal),
      counts_json: json(outcome.counts),
      preview_json: json(outcome.preview),
      report_sealed: report === null ? null : this.cipher.seal(report, reportPlace(importId)),
    });
    if (!ended) return;
    await tx.insert(
      'roll_import_changes',
      ...(outcome.changes ?? []).map((change, index) => ({
        import_id: importId,
        position: index + 1,
        kind: change.kind,
        change_sealed: this.cipher.seal(JSON.stringify(change), changePlace(importId, index + 1)),
      })),
    );
  }
}

/** Where the sealed parts are bound to. */
function reportPlace(importId: string) {
  return { table: 'roll_imports', column: 'report_sealed', rowId: importId };
}

function changePlace(importId: string, position: number) {
  return { table: 'roll_import_changes', column: 'change_sealed', rowId: `${importId}:${position}` };
}

export function toRollImport(row: RollImportRow, uploadedBy: string): RollImport {
  const parse = <T>(text: string | null) => (text === null ? null : (JSON.parse(text) as T));
  return {
    id: row.id,
    state: row.state,
    fileName: row.file_name,
    uploadedBy,
    createdAt: row.created_at,
    progress: { step: row.step, percent: row.percent, rows: row.rows_read, faults: row.faults_found },
    refusal: parse(row.refusal_json),
    counts: parse(row.counts_json),
    preview: parse(row.preview_json),
    appliedAt: row.applied_at,
  };
}
