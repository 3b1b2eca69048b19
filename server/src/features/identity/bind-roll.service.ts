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
   * Running it again changes nothing. Answers how many entries of the roll are this person's from now on.
   */
  async bind(tx: Transaction, personId: string, phone: string): Promise<number> {
    const owners = await tx.rows<{ id: string; name_sealed: string }>(
      `SELECT o.id, o.name_sealed FROM owner_phones p JOIN owners o ON o.id = p.owner_id
       WHERE p.phone_index = ? AND (o.person_id IS NULL OR o.person_id = ?) ORDER BY o.id`,
      [this.persons.phoneIndex(phone), personId],
    );
    let bound = 0;
    for (const owner of owners)
      bound += await tx.run('UPDATE owners SET person_id = ? WHERE id = ? AND person_id IS NULL', [
        personId,
        owner.id,
      ]);
    await this.nameFromRoll(tx, personId, owners[0]);
    await this.addResidencies(tx, personId);
    return bound;
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
    await this.giveHomes(tx, 'person_id', personId);
  }

  /**
   * The roll of an estate changed: owners whose phone has an account are bound, residencies of homes that somebody
   * no longer owns end. Answers whose grants changed. A fixed number of statements, however many owners there are.
   */
  async followRoll(tx: Transaction, estateId: string): Promise<string[]> {
    const account = `SELECT MIN(p.id) FROM owner_phones h JOIN persons p ON p.phone_index = h.phone_index
       WHERE h.owner_id = owners.id AND p.closed_at IS NULL`;
    await tx.run(
      `UPDATE owners SET person_id = (${account}) WHERE estate_id = ? AND person_id IS NULL AND (${account}) IS NOT NULL`,
      [estateId],
    );
    const bound = await tx.rows<{ person_id: string }>(
      'SELECT DISTINCT person_id FROM owners WHERE estate_id = ? AND person_id IS NOT NULL',
      [estateId],
    );
    const now = this.clock.now();
    await tx.run(
      `UPDATE residencies SET ends_at = ? WHERE estate_id = ? AND kind = 'OWNER' AND ends_at IS NULL AND NOT EXISTS (
         ${ownedBy('person_id')})`,
      [now, estateId],
    );
    // Family lives with the owner who invited them; a tenant's lease goes on under the new owner (CC 725).
    await tx.run(
      `UPDATE residencies SET ends_at = ? WHERE estate_id = ? AND kind = 'FAMILY' AND ends_at IS NULL AND invited_by IS NOT NULL
       AND NOT EXISTS (${ownedBy('invited_by')})`,
      [now, estateId],
    );
    await this.giveHomes(tx, 'estate_id', estateId);
    return bound.map((row) => row.person_id);
  }

  /** To one person, or to every bound owner of an estate: the residencies of what they own now. */
  private async giveHomes(tx: Transaction, of: 'person_id' | 'estate_id', id: string): Promise<void> {
    await tx.run(
      `UPDATE residencies SET ends_at = NULL WHERE ${of} = ? AND kind = 'OWNER' AND ends_at IS NOT NULL AND EXISTS (
         ${ownedBy('person_id')})`,
      [id],
    );
    const homes = await tx.rows<{ person_id: string; unit_id: string; estate_id: string }>(
      `SELECT DISTINCT o.person_id, s.unit_id, s.estate_id FROM owners o JOIN ownerships s ON s.owner_id = o.id
       WHERE o.${of} = ? AND o.person_id IS NOT NULL AND NOT EXISTS (
         SELECT 1 FROM residencies r WHERE r.person_id = o.person_id AND r.unit_id = s.unit_id AND r.kind = 'OWNER')`,
      [id],
    );
    const now = this.clock.now();
    await tx.insert(
      'residencies',
      ...homes.map((home) => ({
        id: this.ids.next(),
        ...home,
        kind: 'OWNER',
        starts_at: now,
        ends_at: null,
        invited_by: null,
      })),
    );
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

/** Finds something where the roll has this person of a residency as an owner of its unit. */
function ownedBy(person: 'person_id' | 'invited_by'): string {
  return `SELECT 1 FROM ownerships s JOIN owners o ON o.id = s.owner_id
         WHERE s.unit_id = residencies.unit_id AND o.person_id = residencies.${person}`;
}
