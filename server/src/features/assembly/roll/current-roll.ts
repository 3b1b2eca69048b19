import type { AreaSource } from '@linli/shared/estate';
import type { RollUnit } from '@linli/shared/assembly';
import type { Reader } from '../../../kernel/database/index.ts';

/** A unit of the estate with everything that the frozen roll keeps of it. */
export interface SnapshotUnit extends RollUnit {
  readonly label: string;
  readonly sortOrder: number;
  readonly areaSource: AreaSource;
}

interface UnitRow {
  id: string;
  building: string;
  entrance: string;
  room: string;
  sort_order: number;
  unit_use: string;
  status: string;
  developer: string | null;
  area_centi_sqm: number;
  area_source: string;
}

/** The owners' roll 业主名册 of an estate as it is now, in the order in which it is posted. */
export async function readCurrentRoll(reader: Reader, estateId: string): Promise<SnapshotUnit[]> {
  return read(reader, 'u.estate_id = ? AND u.active = 1', [estateId]);
}

export async function readCurrentUnit(
  reader: Reader,
  estateId: string,
  unitId: string,
): Promise<SnapshotUnit | null> {
  const [unit = null] = await read(reader, 'u.id = ? AND u.estate_id = ? AND u.active = 1', [
    unitId,
    estateId,
  ]);
  return unit;
}

async function read(reader: Reader, where: string, values: readonly string[]): Promise<SnapshotUnit[]> {
  const units = await reader.rows<UnitRow>(
    `SELECT u.id, b.name AS building, u.entrance, u.room, u.sort_order, u.unit_use, u.status, u.developer,
            u.area_centi_sqm, u.area_source
     FROM units u JOIN buildings b ON b.id = u.building_id WHERE ${where} ORDER BY u.sort_order, u.id`,
    values,
  );
  const owners = await reader.rows<{ unit_id: string; owner_id: string }>(
    `SELECT s.unit_id, s.owner_id FROM units u JOIN ownerships s ON s.unit_id = u.id WHERE ${where}
     ORDER BY s.unit_id, s.position, s.owner_id`,
    values,
  );
  const ownersOf = Map.groupBy(owners, (row) => row.unit_id);
  return units.map((row) => ({
    id: row.id,
    label: [row.building, row.entrance, row.room].filter((part) => part !== '').join(' '),
    sortOrder: row.sort_order,
    kind: row.unit_use as RollUnit['kind'],
    status: row.status as RollUnit['status'],
    areaCentiSqm: row.area_centi_sqm,
    areaSource: row.area_source as AreaSource,
    building: row.building,
    developer: developerName(row.developer),
    owners: (ownersOf.get(row.id) ?? []).map((owner) => owner.owner_id),
  }));
}

/** The register keeps the developer as a party with phones; on the roll it is a name. */
function developerName(stored: string | null): string | null {
  if (stored === null || !stored.startsWith('{')) return stored;
  return (JSON.parse(stored) as { readonly name: string }).name.slice(0, 60);
}
