import { Inject, Injectable } from '@nestjs/common';
import {
  personKeys,
  type AreaSource,
  type RollEntry,
  type RollParty,
  type UnitStatus,
  type UnitUse,
} from '@linli/shared/estate';
import { FieldCipher } from '../../kernel/crypto/index.ts';
import type { Reader } from '../../kernel/database/index.ts';

/** A unit of the roll with the ids behind it. */
export interface StoredUnit {
  readonly id: string;
  readonly active: boolean;
  readonly principalKey: string;
  /** Owners' identity indexes in the order of the roll. */
  readonly identities: readonly string[];
  readonly entry: RollEntry;
}

interface UnitRow {
  id: string;
  unit_key: string;
  building: string;
  entrance: string;
  room: string;
  unit_use: UnitUse;
  area_centi_sqm: number;
  gross_area_centi_sqm: number | null;
  area_source: AreaSource;
  status: UnitStatus;
  developer: string | null;
  certificate_no: string | null;
  note: string | null;
  active: number;
  principal_key: string;
}

interface OwnerRow {
  unit_id: string;
  id: string;
  identity_index: string;
  name_sealed: string;
  id_last4: string | null;
  phones_sealed: string | null;
}

/** The roll 业主名册 as it stands, opened. For imports and for freezing; never sent to a phone whole. */
@Injectable()
export class RollRepository {
  constructor(@Inject(FieldCipher) private readonly cipher: FieldCipher) {}

  /** Every unit of the estate, removed ones included. */
  async load(reader: Reader, estateId: string): Promise<StoredUnit[]> {
    const units = await reader.rows<UnitRow>(
      `SELECT u.*, b.name AS building FROM units u JOIN buildings b ON b.id = u.building_id
       WHERE u.estate_id = ? ORDER BY u.sort_order, u.id`,
      [estateId],
    );
    const owners = await reader.rows<OwnerRow>(
      `SELECT s.unit_id, o.id, o.identity_index, o.name_sealed, o.id_last4, o.phones_sealed
       FROM ownerships s JOIN owners o ON o.id = s.owner_id WHERE s.estate_id = ? ORDER BY s.unit_id, s.position`,
      [estateId],
    );
    const opened = new Map<string, RollParty>();
    const byUnit = Map.groupBy(owners, (row) => row.unit_id);
    const parties = units.map((unit) => (byUnit.get(unit.id) ?? []).map((row) => this.party(row, opened)));
    const keys = personKeys(units.map((unit, u) => ({ unitKey: unit.unit_key, owners: parties[u] ?? [] })));
    return units.map((unit, u) => ({
      id: unit.id,
      active: unit.active === 1,
      principalKey: unit.principal_key,
      identities: (byUnit.get(unit.id) ?? []).map((row) => row.identity_index),
      entry: toEntry(unit, parties[u] ?? [], keys[u] ?? []),
    }));
  }

  private party(row: OwnerRow, opened: Map<string, RollParty>): RollParty {
    const known = opened.get(row.id);
    if (known !== undefined) return known;
    const open = (column: string, sealed: string) =>
      this.cipher.open(sealed, { table: 'owners', column, rowId: row.id });
    const party = {
      name: open('name_sealed', row.name_sealed),
      idLast4: row.id_last4,
      phones:
        row.phones_sealed === null ? [] : (JSON.parse(open('phones_sealed', row.phones_sealed)) as string[]),
    };
    opened.set(row.id, party);
    return party;
  }
}

function toEntry(unit: UnitRow, owners: readonly RollParty[], keys: readonly string[]): RollEntry {
  return {
    unitKey: unit.unit_key,
    building: unit.building,
    entrance: unit.entrance,
    room: unit.room,
    use: unit.unit_use,
    exclusiveAreaCentiSqm: unit.area_centi_sqm,
    grossAreaCentiSqm: unit.gross_area_centi_sqm,
    areaSource: unit.area_source,
    status: unit.status,
    developer: unit.developer === null ? null : (JSON.parse(unit.developer) as RollParty),
    owners: owners.map((party, o) => ({ ...party, personKey: keys[o] ?? '' })),
    certificateNo: unit.certificate_no,
    note: unit.note,
  };
}
