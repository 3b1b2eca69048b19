import { Inject, Injectable } from '@nestjs/common';
import { FieldCipher } from '../../kernel/crypto/index.ts';
import type { Reader } from '../../kernel/database/index.ts';
import { PersonsRepository } from '../identity/index.ts';

/** A person as the handler needs to know them. */
export interface Complainant {
  readonly name: string;
  readonly phone: string | null;
  readonly unitName: string | null;
}

const NAMELESS = '业主';

/** Who complained: opened here only, for the handler to read or for a text to be blotted out. */
@Injectable()
export class ComplainantsRepository {
  constructor(
    @Inject(PersonsRepository) private readonly persons: PersonsRepository,
    @Inject(FieldCipher) private readonly cipher: FieldCipher,
  ) {}

  async byId(reader: Reader, personId: string, unitId: string | null): Promise<Complainant> {
    const person = await this.persons.byId(reader, personId);
    const named = person?.name ?? (await this.nameOnTheRoll(reader, personId, unitId));
    return {
      name: named ?? NAMELESS,
      phone: person?.phone ?? null,
      unitName: unitId === null ? null : await this.unitName(reader, unitId),
    };
  }

  /** Who signed in with a phone alone is named by the roll. */
  private async nameOnTheRoll(
    reader: Reader,
    personId: string,
    unitId: string | null,
  ): Promise<string | null> {
    if (unitId === null) return null;
    const owner = await reader.row<{ id: string; name_sealed: string }>(
      `SELECT o.id, o.name_sealed FROM owners o JOIN ownerships s ON s.owner_id = o.id
       WHERE o.person_id = ? AND s.unit_id = ?`,
      [personId, unitId],
    );
    if (owner === null) return null;
    return this.cipher.open(owner.name_sealed, { table: 'owners', column: 'name_sealed', rowId: owner.id });
  }

  private async unitName(reader: Reader, unitId: string): Promise<string | null> {
    const row = await reader.row<{ building: string; entrance: string; room: string }>(
      `SELECT b.name AS building, u.entrance, u.room FROM units u JOIN buildings b ON b.id = u.building_id WHERE u.id = ?`,
      [unitId],
    );
    return row === null
      ? null
      : [row.building, row.entrance, row.room].filter((part) => part !== '').join(' ');
  }
}
