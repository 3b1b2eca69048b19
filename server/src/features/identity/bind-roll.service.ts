import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../../kernel/clock/clock.ts';
import { FieldCipher } from '../../kernel/crypto/index.ts';
import type { Reader, Transaction } from '../../kernel/database/index.ts';
import { Ids } from '../../kernel/ids/ids.ts';
import { PersonsRepository } from './persons.repository.ts';

/** A phone that is on the roll 业主名册 binds to its homes by itself. */
@Injectable()
export class BindRollService {
  constructor(
    @Inject(PersonsRepository) private readonly persons: PersonsRepository,
    @Inject(FieldCipher) private readonly cipher: FieldCipher,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
  ) {}

  /**
   * Gives the person the owner's residencies of every home that the roll ties to this verified phone.
   * Running it again changes nothing.
   */
  async bind(tx: Transaction, personId: string, phone: string): Promise<void> {
    const owners = await tx.rows<{ id: string; name_sealed: string }>(
      `SELECT o.id, o.name_sealed FROM owner_phones p JOIN owners o ON o.id = p.owner_id
       WHERE p.phone_index = ? AND (o.person_id IS NULL OR o.person_id = ?) ORDER BY o.id`,
      [this.persons.phoneIndex(phone), personId],
    );
    for (const owner of owners)
      await tx.run('UPDATE owners SET person_id = ? WHERE id = ? AND person_id IS NULL', [
        personId,
        owner.id,
      ]);
    await this.nameFromRoll(tx, personId, owners[0]);
    await this.addResidencies(tx, personId);
  }

  /** The numbers that the roll gives for an owner, in its order. */
  async phonesOf(reader: Reader, ownerId: string): Promise<string[]> {
    const row = await reader.row<{ phones_sealed: string | null }>(
      'SELECT phones_sealed FROM owners WHERE id = ?',
      [ownerId],
    );
    if (row === null || row.phones_sealed === null) return [];
    const place = { table: 'owners', column: 'phones_sealed', rowId: ownerId };
    return JSON.parse(this.cipher.open(row.phones_sealed, place)) as string[];
  }

  /** Residencies follow ownership: what the person owns now, and has no residency in force for. */
  async addResidencies(tx: Transaction, personId: string): Promise<void> {
    await tx.run(
      `UPDATE residencies SET ends_at = NULL WHERE person_id = ? AND kind = 'OWNER' AND ends_at IS NOT NULL AND unit_id IN (
         SELECT s.unit_id FROM owners o JOIN ownerships s ON s.owner_id = o.id WHERE o.person_id = ?)`,
      [personId, personId],
    );
    const homes = await tx.rows<{ unit_id: string; estate_id: string }>(
      `SELECT DISTINCT s.unit_id, s.estate_id FROM owners o JOIN ownerships s ON s.owner_id = o.id
       WHERE o.person_id = ? AND NOT EXISTS (
         SELECT 1 FROM residencies r WHERE r.person_id = o.person_id AND r.unit_id = s.unit_id AND r.kind = 'OWNER')`,
      [personId],
    );
    await tx.insert(
      'residencies',
      ...homes.map(({ unit_id, estate_id }) => ({
        id: this.ids.next(),
        person_id: personId,
        unit_id,
        estate_id,
        kind: 'OWNER',
        starts_at: this.clock.now(),
        ends_at: null,
        invited_by: null,
      })),
    );
  }

  /**
   * The roll of an estate changed: owners whose phone has an account are bound, residencies of homes that somebody
   * no longer owns end. Answers whose grants changed.
   */
  async followRoll(tx: Transaction, estateId: string): Promise<string[]> {
    const newlyKnown = await tx.rows<{ owner_id: string; person_id: string }>(
      `SELECT o.id AS owner_id, MIN(p.id) AS person_id FROM owners o JOIN owner_phones h ON h.owner_id = o.id
       JOIN persons p ON p.phone_index = h.phone_index
       WHERE o.estate_id = ? AND o.person_id IS NULL AND p.closed_at IS NULL GROUP BY o.id`,
      [estateId],
    );
    for (const { owner_id, person_id } of newlyKnown)
      await tx.run('UPDATE owners SET person_id = ? WHERE id = ?', [person_id, owner_id]);
    const bound = await tx.rows<{ person_id: string }>(
      'SELECT DISTINCT person_id FROM owners WHERE estate_id = ? AND person_id IS NOT NULL',
      [estateId],
    );
    await tx.run(
      `UPDATE residencies SET ends_at = ? WHERE estate_id = ? AND kind = 'OWNER' AND ends_at IS NULL AND NOT EXISTS (
         SELECT 1 FROM ownerships s JOIN owners o ON o.id = s.owner_id
         WHERE s.unit_id = residencies.unit_id AND o.person_id = residencies.person_id)`,
      [this.clock.now(), estateId],
    );
    // Family lives with the owner who invited them; a tenant's lease goes on under the new owner (CC 725).
    await tx.run(
      `UPDATE residencies SET ends_at = ? WHERE estate_id = ? AND kind = 'FAMILY' AND ends_at IS NULL AND invited_by IS NOT NULL
       AND NOT EXISTS (
         SELECT 1 FROM ownerships s JOIN owners o ON o.id = s.owner_id
         WHERE s.unit_id = residencies.unit_id AND o.person_id = residencies.invited_by)`,
      [this.clock.now(), estateId],
    );
    for (const { person_id } of bound) await this.addResidencies(tx, person_id);
    return bound.map((row) => row.person_id);
  }

  private async nameFromRoll(
    tx: Transaction,
    personId: string,
    owner: { id: string; name_sealed: string } | undefined,
  ): Promise<void> {
    if (owner === undefined) return;
    const person = await this.persons.byId(tx, personId);
    if (person === null || person.name !== null) return;
    const name = this.cipher.open(owner.name_sealed, {
      table: 'owners',
      column: 'name_sealed',
      rowId: owner.id,
    });
    await this.persons.setName(tx, personId, name);
  }
}
