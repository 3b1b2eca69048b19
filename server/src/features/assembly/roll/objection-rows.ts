import type { RollObjection, RollObjectionKind, RollObjectionState } from '@linli/shared/assembly';
import type { Reader } from '../../../kernel/database/index.ts';

export interface ObjectionRow {
  id: string;
  assembly_id: string;
  unit_id: string;
  person_id: string;
  kind: string;
  objection_text: string;
  file_ids: string;
  state: string;
  raised_at: number;
  answer: string | null;
  answered_at: number | null;
}

export const OBJECTION_COLUMNS =
  'id, assembly_id, unit_id, person_id, kind, objection_text, file_ids, state, raised_at, answer, answered_at';

export function toObjection(row: ObjectionRow): RollObjection {
  return {
    id: row.id,
    unitId: row.unit_id,
    kind: row.kind as RollObjectionKind,
    text: row.objection_text,
    state: row.state as RollObjectionState,
    raisedAt: row.raised_at,
    answer: row.answer,
    answeredAt: row.answered_at,
  };
}

/** The newest objection of each unit. */
export async function latestObjections(
  reader: Reader,
  assemblyId: string,
  unitIds: readonly string[],
): Promise<ReadonlyMap<string, RollObjection>> {
  if (unitIds.length === 0) return new Map();
  const rows = await reader.rows<ObjectionRow>(
    `SELECT ${OBJECTION_COLUMNS} FROM assembly_objections
     WHERE assembly_id = ? AND unit_id IN (${unitIds.map(() => '?').join(', ')}) ORDER BY id`,
    [assemblyId, ...unitIds],
  );
  return new Map(rows.map((row) => [row.unit_id, toObjection(row)]));
}
