import { unitName } from '@linli/shared/estate';
import type { Reader } from '../../../kernel/database/index.ts';

/** 3号楼 2单元 201, by unit id; '' where there is none. */
export async function homeNames(
  reader: Reader,
  unitIds: readonly (string | null)[],
): Promise<(unitId: string | null) => string> {
  const ids = [...new Set(unitIds.filter((id) => id !== null))];
  if (ids.length === 0) return () => '';
  const rows = await reader.rows<{ id: string; building: string; entrance: string; room: string }>(
    `SELECT u.id, b.name AS building, u.entrance, u.room FROM units u JOIN buildings b ON b.id = u.building_id
     WHERE u.id IN (${ids.map(() => '?').join(', ')})`,
    ids,
  );
  const names = new Map(rows.map((row) => [row.id, unitName(row)]));
  return (unitId) => (unitId === null ? '' : (names.get(unitId) ?? ''));
}
