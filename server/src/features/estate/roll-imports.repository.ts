import { Inject, Injectable } from '@nestjs/common';
import type {
  RollChange,
  RollImport,
  RollImportCounts,
  RollImportProgress,
  RollImportState,
  RollPreview,
  RollReport,
} from '@linli/shared/estate';
import { FieldCipher } from '../../kernel/crypto/index.ts';
import type { Reader, Transaction } from '../../kernel/database/index.ts';

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
  changes_sealed: string | null;
  created_at: number;
  applied_at: number | null;
}

/** What a check leaves behind. */
export interface CheckOutcome {
  readonly state: RollImportState;
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
    return this.sealed<RollReport>(reader, importId, 'report_sealed');
  }

  async changes(reader: Reader, importId: string): Promise<RollChange[]> {
    return (await this.sealed<RollChange[]>(reader, importId, 'changes_sealed')) ?? [];
  }

  /** Ends a check, unless it was cancelled meanwhile; answers whether it did. */
  async finishCheck(tx: Transaction, importId: string, outcome: CheckOutcome): Promise<boolean> {
    const seal = (column: string, value: object | null) =>
      value === null
        ? null
        : this.cipher.seal(JSON.stringify(value), { table: 'roll_imports', column, rowId: importId });
    const json = (value: object | null) => (value === null ? null : JSON.stringify(value));
    const ended = await tx.run(
      `UPDATE roll_imports SET state = ?, step = 'DONE', percent = 100, running_key = NULL, refusal_json = ?,
         counts_json = ?, preview_json = ?, report_sealed = ?, changes_sealed = ? WHERE id = ? AND state = 'READING'`,
      [
        outcome.state,
        json(outcome.refusal),
        json(outcome.counts),
        json(outcome.preview),
        seal('report_sealed', outcome.report),
        seal('changes_sealed', outcome.changes),
        importId,
      ],
    );
    return ended === 1;
  }

  private async sealed<T>(reader: Reader, importId: string, column: string): Promise<T | null> {
    const row = await reader.row<Record<string, string | null>>(
      `SELECT ${column} AS sealed FROM roll_imports WHERE id = ?`,
      [importId],
    );
    const sealed = row?.['sealed'] ?? null;
    if (sealed === null) return null;
    return JSON.parse(this.cipher.open(sealed, { table: 'roll_imports', column, rowId: importId })) as T;
  }
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
