import type { Extension, ExtensionState, MovedDeadline } from '@linli/shared/assembly';
import type { Reader } from '../../../kernel/database/index.ts';

export interface ExtensionRow {
  id: string;
  from_at: number;
  to_at: number;
  reason: string;
  state: string;
  proposed_by: string;
  proposed_at: number;
  decided_by: string | null;
  decided_at: number | null;
  refusal: string | null;
}

const COLUMNS =
  'id, from_at, to_at, reason, state, proposed_by, proposed_at, decided_by, decided_at, refusal';

/** Oldest first: how the deadline came to be what it is. */
export function readExtensions(reader: Reader, assemblyId: string): Promise<ExtensionRow[]> {
  return reader.rows<ExtensionRow>(
    `SELECT ${COLUMNS} FROM assembly_extensions WHERE assembly_id = ? ORDER BY id`,
    [assemblyId],
  );
}

export async function readMovedDeadlines(reader: Reader, assemblyId: string): Promise<MovedDeadline[]> {
  const rows = await readExtensions(reader, assemblyId);
  return rows.flatMap(({ state, from_at: from, to_at: to, reason, decided_at: at }) =>
    state === 'APPROVED' && at !== null ? [{ from, to, reason, at }] : [],
  );
}

/** The deadline that the notice gave. */
export function firstDeadlineOf(rows: readonly ExtensionRow[], closesAt: number): number {
  return rows.find(({ state }) => state === 'APPROVED')?.from_at ?? closesAt;
}

export function toExtension(row: ExtensionRow, names: ReadonlyMap<string, string>): Extension {
  return {
    id: row.id,
    from: row.from_at,
    to: row.to_at,
    reason: row.reason,
    state: row.state as ExtensionState,
    proposedBy: names.get(row.proposed_by) ?? '',
    proposedAt: row.proposed_at,
    decidedBy: row.decided_by === null ? null : (names.get(row.decided_by) ?? ''),
    decidedAt: row.decided_at,
    refusal: row.refusal,
  };
}
