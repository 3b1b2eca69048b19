import { Inject, Injectable } from '@nestjs/common';
import {
  buildingKey,
  rollBuildings,
  rollPrincipalKey,
  type RollEntry,
  type RollOwner,
} from '@linli/shared/estate';
import { Clock } from '../../kernel/clock/clock.ts';
import { BlindIndex, FieldCipher } from '../../kernel/crypto/index.ts';
import type { SqlRecord, Transaction } from '../../kernel/database/index.ts';
import { Ids } from '../../kernel/ids/ids.ts';
import { peopleOf } from './domain/people-of-roll.ts';
import { RollRepository, type StoredUnit } from './roll.repository.ts';

/** Ids of what an import refers to, by their keys. */
interface Known {
  readonly buildings: ReadonlyMap<string, string>;
  readonly owners: ReadonlyMap<string, string>;
}

/**
 * Writes a checked roll over the present one, in the caller's transaction: units are added, changed or taken off the
 * roll (never deleted, as bills and ballots refer to them); the same roll again changes nothing.
 */
@Injectable()
export class ApplyRollService {
  constructor(
    @Inject(RollRepository) private readonly roll: RollRepository,
    @Inject(FieldCipher) private readonly cipher: FieldCipher,
    @Inject(BlindIndex) private readonly index: BlindIndex,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
  ) {}

  async apply(tx: Transaction, estateId: string, entries: readonly RollEntry[]): Promise<void> {
    const stored = new Map((await this.roll.load(tx, estateId)).map((unit) => [unit.entry.unitKey, unit]));
    const known: Known = {
      buildings: await this.settleBuildings(tx, estateId, entries),
      owners: await this.settleOwners(tx, estateId, entries),
    };
    await this.addUnits(tx, estateId, entries, stored, known);
    await this.updateUnits(tx, estateId, entries, stored, known);
    const kept = new Set(entries.map((entry) => entry.unitKey));
    for (const unit of stored.values())
      if (unit.active && !kept.has(unit.entry.unitKey)) await this.takeOff(tx, unit);
  }

  private async settleBuildings(
    tx: Transaction,
    estateId: string,
    entries: readonly RollEntry[],
  ): Promise<Map<string, string>> {
    const rows = await tx.rows<{ id: string; name: string; kind: string; storeys: number | null }>(
      'SELECT id, name, kind, storeys FROM buildings WHERE estate_id = ?',
      [estateId],
    );
    const byKey = new Map(rows.map((row) => [buildingKey(row.name), row]));
    const ids = new Map<string, string>();
    for (const [order, building] of rollBuildings(entries).entries()) {
      const known = byKey.get(building.key);
      const id = known?.id ?? this.ids.next();
      ids.set(building.key, id);
      const { kind, storeys } = building;
      if (known === undefined)
        await tx.insert('buildings', {
          id,
          estate_id: estateId,
          name: building.name,
          sort_order: order,
          kind,
          storeys,
        });
      else if (known.kind !== kind || known.storeys !== storeys)
        await tx.run('UPDATE buildings SET kind = ?, storeys = ? WHERE id = ?', [kind, storeys, id]);
    }
    return ids;
  }

  /** Every person of the roll once; answers identity index → owner id. */
  private async settleOwners(
    tx: Transaction,
    estateId: string,
    entries: readonly RollEntry[],
  ): Promise<Map<string, string>> {
    const rows = await tx.rows<{
      id: string;
      identity_index: string;
      id_last4: string | null;
      phones_sealed: string | null;
    }>('SELECT id, identity_index, id_last4, phones_sealed FROM owners WHERE estate_id = ?', [estateId]);
    const stored = new Map(rows.map((row) => [row.identity_index, row]));
    const ids = new Map<string, string>();
    const added: SqlRecord[] = [];
    const phones: SqlRecord[] = [];
    for (const owner of peopleOf(entries).values()) {
      const identity = this.identity(owner);
      const known = stored.get(identity);
      const id = known?.id ?? this.ids.next();
      ids.set(identity, id);
      if (known === undefined) {
        added.push(this.ownerRecord(id, estateId, identity, owner));
        phones.push(...this.phoneRecords(id, owner));
      } else if (this.differs(known, owner)) {
        await this.updateOwner(tx, id, owner);
      }
    }
    await tx.insert('owners', ...added);
    await tx.insert('owner_phones', ...phones);
    return ids;
  }

  private async addUnits(
    tx: Transaction,
    estateId: string,
    entries: readonly RollEntry[],
    stored: ReadonlyMap<string, StoredUnit>,
    known: Known,
  ): Promise<void> {
    const units: SqlRecord[] = [];
    const ownerships: SqlRecord[] = [];
    for (const [order, entry] of entries.entries()) {
      if (stored.has(entry.unitKey)) continue;
      const id = this.ids.next();
      units.push({
        id,
        estate_id: estateId,
        unit_key: entry.unitKey,
        ...this.unitFacts(entry, order, known),
      });
      ownerships.push(...this.ownershipRecords(id, estateId, entry, known));
    }
    await tx.insert('units', ...units);
    await tx.insert('ownerships', ...ownerships);
  }

  private async updateUnits(
    tx: Transaction,
    estateId: string,
    entries: readonly RollEntry[],
    stored: ReadonlyMap<string, StoredUnit>,
    known: Known,
  ): Promise<void> {
    for (const [order, entry] of entries.entries()) {
      const unit = stored.get(entry.unitKey);
      if (unit === undefined) continue;
      const identities = entry.owners.map((owner) => this.identity(owner));
      const facts = this.unitFacts(entry, order, known);
      if (unit.active && unit.principalKey === facts['principal_key'] && sameFacts(unit.entry, entry)) {
        if (identities.join() === unit.identities.join()) continue;
      } else {
        const { building_id: _, ...rest } = facts;
        const columns = Object.keys(rest);
        await tx.run(`UPDATE units SET ${columns.map((column) => `${column} = ?`).join(', ')} WHERE id = ?`, [
          ...columns.map((column) => rest[column] ?? null),
          unit.id,
        ]);
      }
      if (identities.join() !== unit.identities.join()) {
        await tx.run('DELETE FROM ownerships WHERE unit_id = ?', [unit.id]);
        await tx.insert('ownerships', ...this.ownershipRecords(unit.id, estateId, entry, known));
      }
    }
  }

  private async takeOff(tx: Transaction, unit: StoredUnit): Promise<void> {
    await tx.run('UPDATE units SET active = 0, updated_at = ? WHERE id = ?', [this.clock.now(), unit.id]);
    await tx.run('DELETE FROM ownerships WHERE unit_id = ?', [unit.id]);
  }

  private unitFacts(entry: RollEntry, order: number, known: Known): SqlRecord {
    return {
      building_id: known.buildings.get(buildingKey(entry.building)) ?? null,
      entrance: entry.entrance,
      room: entry.room,
      sort_order: order,
      unit_use: entry.use,
      area_centi_sqm: entry.exclusiveAreaCentiSqm,
      gross_area_centi_sqm: entry.grossAreaCentiSqm,
      area_source: entry.areaSource,
      status: entry.status,
      developer: entry.developer === null ? null : JSON.stringify(entry.developer),
      certificate_no: entry.certificateNo,
      note: entry.note,
      principal_key: this.index.of('principal', rollPrincipalKey(entry)),
      active: 1,
      updated_at: this.clock.now(),
    };
  }

  private ownershipRecords(unitId: string, estateId: string, entry: RollEntry, known: Known): SqlRecord[] {
    // One person may be named twice in a row; the unit is theirs once.
    const identities = [...new Set(entry.owners.map((owner) => this.identity(owner)))];
    return identities.map((identity, position) => ({
      unit_id: unitId,
      owner_id: known.owners.get(identity) ?? null,
      estate_id: estateId,
      position,
    }));
  }

  private identity(owner: RollOwner): string {
    return this.index.of('owner', owner.personKey);
  }

  private ownerRecord(id: string, estateId: string, identity: string, owner: RollOwner): SqlRecord {
    return {
      id,
      estate_id: estateId,
      name_sealed: this.cipher.seal(owner.name, { table: 'owners', column: 'name_sealed', rowId: id }),
      identity_index: identity,
      id_last4: owner.idLast4,
      phones_sealed: this.sealPhones(id, owner),
      person_id: null,
      created_at: this.clock.now(),
    };
  }

  private phoneRecords(ownerId: string, owner: RollOwner): SqlRecord[] {
    return owner.phones.map((phone) => ({ phone_index: this.index.of('phone', phone), owner_id: ownerId }));
  }

  private sealPhones(ownerId: string, owner: RollOwner): string | null {
    if (owner.phones.length === 0) return null;
    return this.cipher.seal(JSON.stringify(owner.phones), {
      table: 'owners',
      column: 'phones_sealed',
      rowId: ownerId,
    });
  }

  private differs(
    row: { id: string; id_last4: string | null; phones_sealed: string | null },
    owner: RollOwner,
  ): boolean {
    const place = { table: 'owners', column: 'phones_sealed', rowId: row.id };
    const phones = row.phones_sealed === null ? '[]' : this.cipher.open(row.phones_sealed, place);
    return row.id_last4 !== owner.idLast4 || phones !== JSON.stringify(owner.phones);
  }

  private async updateOwner(tx: Transaction, id: string, owner: RollOwner): Promise<void> {
    await tx.run('UPDATE owners SET id_last4 = ?, phones_sealed = ? WHERE id = ?', [
      owner.idLast4,
      this.sealPhones(id, owner),
      id,
    ]);
    await tx.run('DELETE FROM owner_phones WHERE owner_id = ?', [id]);
    await tx.insert('owner_phones', ...this.phoneRecords(id, owner));
  }
}

/** Whether everything but the owners is as stored. */
function sameFacts(stored: RollEntry, entry: RollEntry): boolean {
  const facts = ({ owners: _, ...rest }: RollEntry) => rest;
  const before = facts(stored);
  return (Object.keys(before) as (keyof typeof before)[]).every(
    (key) => JSON.stringify(before[key]) === JSON.stringify(facts(entry)[key]),
  );
}
