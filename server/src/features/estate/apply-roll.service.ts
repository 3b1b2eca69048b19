import { Inject, Injectable } from '@nestjs/common';
import {
  buildingKey,
  recognised,
  rollBuildings,
  rollPrincipalKey,
  type RollEntry,
  type RollOwner,
  type RollParty,
} from '@linli/shared/estate';
import { Clock } from '../../kernel/clock/clock.ts';
import { BlindIndex, FieldCipher } from '../../kernel/crypto/index.ts';
import { type SqlRecord, type Transaction, update } from '../../kernel/database/index.ts';
import { Ids } from '../../kernel/ids/ids.ts';
import { peopleOf, withWholePeople } from './domain/people-of-roll.ts';
import { RollRepository, type StoredUnit } from './roll.repository.ts';

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

  async apply(tx: Transaction, estateId: string, sheet: readonly RollEntry[]): Promise<void> {
    const stored = new Map((await this.roll.load(tx, estateId)).map((unit) => [unit.entry.unitKey, unit]));
    const buildings = await this.settleBuildings(tx, estateId, sheet);
    const entries = await this.settleOwners(tx, estateId, sheet);
    await this.addUnits(tx, estateId, entries, stored, buildings);
    await this.updateUnits(tx, estateId, entries, stored, buildings);
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

  /**
   * Every person of the roll once, under the row that they have already. Answers the entries with the id of that row as
   * the key of each owner.
   */
  private async settleOwners(
    tx: Transaction,
    estateId: string,
    sheet: readonly RollEntry[],
  ): Promise<RollEntry[]> {
    const stored = await this.roll.owners(tx, estateId);
    const entries = withWholePeople(recognised(sheet, stored));
    const known = new Map(stored.map((owner) => [owner.id, owner]));
    const identities = new Set(stored.map(({ identity }) => identity));
    const newIds = new Map<string, string>();
    const added: SqlRecord[] = [];
    const phones: SqlRecord[] = [];
    for (const [key, owner] of peopleOf(entries)) {
      const before = known.get(key);
      if (before === undefined) {
        const id = this.ids.next();
        newIds.set(key, id);
        added.push(this.ownerRecord(id, estateId, this.identity(id, key, identities), owner));
        phones.push(...this.phoneRecords(id, owner));
      } else if (differs(before, owner)) {
        await this.updateOwner(tx, before.id, owner);
      }
    }
    await tx.insert('owners', ...added);
    await tx.insert('owner_phones', ...phones);
    return entries.map((entry) => ({
      ...entry,
      owners: entry.owners.map((owner) => ({
        ...owner,
        personKey: newIds.get(owner.personKey) ?? owner.personKey,
      })),
    }));
  }

  private async addUnits(
    tx: Transaction,
    estateId: string,
    entries: readonly RollEntry[],
    stored: ReadonlyMap<string, StoredUnit>,
    buildings: ReadonlyMap<string, string>,
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
        ...this.unitFacts(entry, order, buildings),
      });
      ownerships.push(...ownershipRecords(id, estateId, entry));
    }
    await tx.insert('units', ...units);
    await tx.insert('ownerships', ...ownerships);
  }

  private async updateUnits(
    tx: Transaction,
    estateId: string,
    entries: readonly RollEntry[],
    stored: ReadonlyMap<string, StoredUnit>,
    buildings: ReadonlyMap<string, string>,
  ): Promise<void> {
    for (const [order, entry] of entries.entries()) {
      const unit = stored.get(entry.unitKey);
      if (unit === undefined) continue;
      const sameOwners = ownerIdsOf(entry).join() === unit.ownerIds.join();
      const facts = this.unitFacts(entry, order, buildings);
      if (unit.active && unit.principalKey === facts['principal_key'] && sameFacts(unit.entry, entry)) {
        if (sameOwners) continue;
      } else {
        const { building_id: _, ...rest } = facts;
        await update(tx, 'units', rest, { id: unit.id });
      }
      if (!sameOwners) {
        await tx.run('DELETE FROM ownerships WHERE unit_id = ?', [unit.id]);
        await tx.insert('ownerships', ...ownershipRecords(unit.id, estateId, entry));
      }
    }
  }

  private async takeOff(tx: Transaction, unit: StoredUnit): Promise<void> {
    await tx.run('UPDATE units SET active = 0, updated_at = ? WHERE id = ?', [this.clock.now(), unit.id]);
    await tx.run('DELETE FROM ownerships WHERE unit_id = ?', [unit.id]);
  }

  private unitFacts(entry: RollEntry, order: number, buildings: ReadonlyMap<string, string>): SqlRecord {
    return {
      building_id: buildings.get(buildingKey(entry.building)) ?? null,
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

  /** What a sheet tells a new owner by, once: a row of before may have it and mean somebody else by now. */
  private identity(id: string, personKey: string, taken: ReadonlySet<string>): string {
    const identity = this.index.of('owner', personKey);
    return taken.has(identity) ? this.index.of('owner', `${personKey}/${id}`) : identity;
  }

  private ownerRecord(id: string, estateId: string, identity: string, owner: RollOwner): SqlRecord {
    return {
      id,
      estate_id: estateId,
      name_sealed: this.cipher.seal(owner.name, { table: 'owners', column: 'name_sealed', rowId: id }),
      identity_index: identity,
      id_last4_sealed: this.sealDigits(id, owner),
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

  private sealDigits(ownerId: string, { idLast4 }: RollOwner): string | null {
    if (idLast4 === null) return null;
    return this.cipher.seal(idLast4, { table: 'owners', column: 'id_last4_sealed', rowId: ownerId });
  }

  private async updateOwner(tx: Transaction, id: string, owner: RollOwner): Promise<void> {
    await tx.run('UPDATE owners SET id_last4_sealed = ?, phones_sealed = ? WHERE id = ?', [
      this.sealDigits(id, owner),
      this.sealPhones(id, owner),
      id,
    ]);
    await tx.run('DELETE FROM owner_phones WHERE owner_id = ?', [id]);
    await tx.insert('owner_phones', ...this.phoneRecords(id, owner));
  }
}

/** One person may be named twice in a row; the unit is theirs once. */
function ownerIdsOf(entry: RollEntry): string[] {
  return [...new Set(entry.owners.map(({ personKey }) => personKey))];
}

function ownershipRecords(unitId: string, estateId: string, entry: RollEntry): SqlRecord[] {
  return ownerIdsOf(entry).map((ownerId, position) => ({
    unit_id: unitId,
    owner_id: ownerId,
    estate_id: estateId,
    position,
  }));
}

function differs(before: RollParty, owner: RollOwner): boolean {
  return before.idLast4 !== owner.idLast4 || before.phones.join() !== owner.phones.join();
}

/** Whether everything but the owners is as stored. */
function sameFacts(stored: RollEntry, entry: RollEntry): boolean {
  const facts = ({ owners: _, ...rest }: RollEntry) => rest;
  const before = facts(stored);
  return (Object.keys(before) as (keyof typeof before)[]).every(
    (key) => JSON.stringify(before[key]) === JSON.stringify(facts(entry)[key]),
  );
}
