import { Inject, Injectable } from '@nestjs/common';
import type {
  AreaSource,
  KnownPerson,
  RollEntry,
  RollParty,
  UnitStatus,
  UnitUse,
} from '@linli/shared/estate';
import { FieldCipher } from '../../kernel/crypto/index.ts';
import type { Reader } from '../../kernel/database/index.ts';

/** A unit of the roll with the ids behind it. */
export interface StoredUnit {
  readonly id: string;
  readonly active: boolean;
  readonly principalKey: string;
  /** Whose it is, in the order of the roll. */
  readonly ownerIds: readonly string[];
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
  id: string;
  person_id: string | null;
  identity_index: string;
  name_sealed: string;
  id_last4_sealed: string | null;
  phones_sealed: string | null;
}

/** An owner of the estate as stored, opened; also one who owns nothing any more. */
export interface StoredOwner extends KnownPerson {
  readonly identity: string;
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
    const [owners, unitsOwned] = await Promise.all([
      this.owners(reader, estateId),
      reader.rows<{ unit_id: string; owner_id: string }>(
        'SELECT unit_id, owner_id FROM ownerships WHERE estate_id = ? ORDER BY unit_id, position',
        [estateId],
      ),
    ]);
    const byId = new Map(owners.map((owner) => [owner.id, owner]));
    const ownerIdsOf = Map.groupBy(unitsOwned, (row) => row.unit_id);
    return units.map((unit) => {
      const ownerIds = (ownerIdsOf.get(unit.id) ?? []).map((row) => row.owner_id);
      return {
        id: unit.id,
        active: unit.active === 1,
        principalKey: unit.principal_key,
        ownerIds,
        entry: toEntry(
          unit,
          ownerIds.map((id) => byId.get(id)).filter((owner) => owner !== undefined),
        ),
      };
    });
  }

  /** Everyone whom a roll of the estate ever named. */
  async owners(reader: Reader, estateId: string): Promise<StoredOwner[]> {
    const [rows, owned] = await Promise.all([
      reader.rows<OwnerRow>(
        `SELECT id, person_id, identity_index, name_sealed, id_last4_sealed, phones_sealed FROM owners
         WHERE estate_id = ? ORDER BY id`,
        [estateId],
      ),
      reader.rows<{ owner_id: string; unit_key: string }>(
        `SELECT s.owner_id, u.unit_key FROM ownerships s JOIN units u ON u.id = s.unit_id WHERE s.estate_id = ?`,
        [estateId],
      ),
    ]);
    const unitKeys = Map.groupBy(owned, (row) => row.owner_id);
    return rows.map((row) => ({
      id: row.id,
      account: row.person_id,
      identity: row.identity_index,
      unitKeys: (unitKeys.get(row.id) ?? []).map((unit) => unit.unit_key),
      ...this.party(row),
    }));
  }

  private party(row: OwnerRow): RollParty {
    const open = (column: string, sealed: string | null) =>
      sealed === null ? null : this.cipher.open(sealed, { table: 'owners', column, rowId: row.id });
    return {
      name: open('name_sealed', row.name_sealed) ?? '',
      idLast4: open('id_last4_sealed', row.id_last4_sealed),
      phones: JSON.parse(open('phones_sealed', row.phones_sealed) ?? '[]') as string[],
    };
  }
}

function toEntry(unit: UnitRow, owners: readonly StoredOwner[]): RollEntry {
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
    owners: owners.map(({ id, name, idLast4, phones }) => ({ name, idLast4, phones, personKey: id })),
    certificateNo: unit.certificate_no,
    note: unit.note,
  };
}
