import { Inject, Injectable } from '@nestjs/common';
import { maskName } from '@linli/shared/kernel';
import type { Reader } from '../../../kernel/database/index.ts';
import { OwnerNames } from '../read/owner-names.ts';

/** A head as its paper names it. */
export interface Head {
  readonly principalId: string;
  /** Its units in the order of the roll. */
  readonly units: readonly HeadUnit[];
  /** Owner id → name in clear; the developer under its own name. */
  readonly voters: readonly { readonly id: string; readonly name: string }[];
}

export interface HeadUnit {
  readonly unitId: string;
  readonly label: string;
  readonly building: string;
  readonly areaCentiSqm: number;
  readonly counted: boolean;
}

interface UnitRow {
  principal_id: string;
  unit_id: string;
  label: string;
  building: string;
  developer: string | null;
  area_centi_sqm: number;
  counted: number;
  kind: string;
}

/** Heads of the frozen roll with their homes and names. */
@Injectable()
export class HeadsRepository {
  constructor(@Inject(OwnerNames) private readonly names: OwnerNames) {}

  async of(reader: Reader, principalIds: readonly string[]): Promise<ReadonlyMap<string, Head>> {
    const ids = [...new Set(principalIds)];
    if (ids.length === 0) return new Map();
    const marks = ids.map(() => '?').join(', ');
    const units = await reader.rows<UnitRow>(
      `SELECT u.principal_id, u.unit_id, u.label, u.building, u.developer, u.area_centi_sqm, u.counted, p.kind
       FROM assembly_roll_units u JOIN assembly_principals p ON p.id = u.principal_id
       WHERE u.principal_id IN (${marks}) ORDER BY u.principal_id, u.sort_order, u.unit_id`,
      ids,
    );
    const owners = await reader.rows<{ principal_id: string; owner_id: string }>(
      `SELECT DISTINCT principal_id, owner_id FROM assembly_roll_owners WHERE principal_id IN (${marks})
       ORDER BY principal_id, owner_id`,
      ids,
    );
    const names = await this.names.of(
      reader,
      owners.map((row) => row.owner_id),
    );
    const ownersOf = Map.groupBy(owners, (row) => row.principal_id);
    return new Map(
      [...Map.groupBy(units, (row) => row.principal_id)].map(([principalId, rows]) => {
        const own = (ownersOf.get(principalId) ?? []).map(({ owner_id: id }) => ({
          id,
          name: names.get(id) ?? '',
        }));
        return [principalId, { principalId, units: rows.map(toUnit), voters: developerOf(rows) ?? own }];
      }),
    );
  }
}

function developerOf([first]: readonly UnitRow[]): Head['voters'] | null {
  if (first?.kind !== 'DEVELOPER' || first.developer === null) return null;
  return [{ id: first.developer, name: first.developer }];
}

function toUnit(row: UnitRow): HeadUnit {
  return {
    unitId: row.unit_id,
    label: row.label,
    building: row.building,
    areaCentiSqm: row.area_centi_sqm,
    counted: row.counted === 1,
  };
}

/** "3号楼 2单元 501 等 2 套". */
export function labelOf({ units }: Head): string {
  const [first] = units;
  if (first === undefined) return '';
  return units.length === 1 ? first.label : `${first.label} 等 ${units.length} 套`;
}

export function maskedVoters({ voters }: Head): { id: string; name: string }[] {
  return voters.map(({ id, name }) => ({ id, name: id === name ? name : maskName(name) }));
}
