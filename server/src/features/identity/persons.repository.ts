import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../../kernel/clock/clock.ts';
import { BlindIndex, FieldCipher } from '../../kernel/crypto/index.ts';
import type { Reader, Transaction } from '../../kernel/database/index.ts';
import { Ids } from '../../kernel/ids/ids.ts';

interface PersonRow {
  id: string;
  name_sealed: string | null;
  phone_sealed: string | null;
  openid_sealed: string | null;
  privacy_version: string | null;
}

/** A person with an account 用户. Phone and name are sealed at rest; this class is where they open. */
export interface Person {
  readonly id: string;
  readonly name: string | null;
  readonly phone: string | null;
  readonly openid: string | null;
  readonly privacyVersion: string | null;
}

@Injectable()
export class PersonsRepository {
  constructor(
    @Inject(FieldCipher) private readonly cipher: FieldCipher,
    @Inject(BlindIndex) private readonly index: BlindIndex,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
  ) {}

  phoneIndex(phone: string): string {
    return this.index.of('phone', phone);
  }

  openidIndex(openid: string): string {
    return this.index.of('openid', openid);
  }

  async byId(reader: Reader, personId: string): Promise<Person | null> {
    return this.one(reader, 'id = ?', personId);
  }

  async byPhone(reader: Reader, phone: string): Promise<Person | null> {
    return this.one(reader, 'phone_index = ? AND closed_at IS NULL', this.phoneIndex(phone));
  }

  async byOpenid(reader: Reader, openid: string): Promise<Person | null> {
    return this.one(reader, 'openid_index = ? AND closed_at IS NULL', this.openidIndex(openid));
  }

  /** A new account. Racing sign-ins of one phone meet at `uq_persons_phone`. */
  async create(
    tx: Transaction,
    facts: { readonly phone?: string; readonly openid?: string; readonly name?: string },
  ): Promise<string> {
    const id = this.ids.next();
    const seal = (column: string, value: string | undefined) =>
      value === undefined ? null : this.cipher.seal(value, { table: 'persons', column, rowId: id });
    await tx.insert('persons', {
      id,
      name_sealed: seal('name_sealed', facts.name),
      phone_sealed: seal('phone_sealed', facts.phone),
      phone_index: facts.phone === undefined ? null : this.phoneIndex(facts.phone),
      openid_sealed: seal('openid_sealed', facts.openid),
      openid_index: facts.openid === undefined ? null : this.openidIndex(facts.openid),
      privacy_version: null,
      privacy_accepted_at: null,
      created_at: this.clock.now(),
      closed_at: null,
    });
    return id;
  }

  async setPhone(tx: Transaction, personId: string, phone: string): Promise<void> {
    const sealed = this.cipher.seal(phone, { table: 'persons', column: 'phone_sealed', rowId: personId });
    await tx.run('UPDATE persons SET phone_sealed = ?, phone_index = ? WHERE id = ?', [
      sealed,
      this.phoneIndex(phone),
      personId,
    ]);
  }

  async setName(tx: Transaction, personId: string, name: string): Promise<void> {
    const sealed = this.cipher.seal(name, { table: 'persons', column: 'name_sealed', rowId: personId });
    await tx.run('UPDATE persons SET name_sealed = ? WHERE id = ?', [sealed, personId]);
  }

  /** Names of several people, by id, for screens that show who acted. */
  async names(reader: Reader, personIds: readonly string[]): Promise<Map<string, string>> {
    const ids = [...new Set(personIds)];
    if (ids.length === 0) return new Map();
    const rows = await reader.rows<{ id: string; name_sealed: string | null }>(
      `SELECT id, name_sealed FROM persons WHERE id IN (${ids.map(() => '?').join(', ')})`,
      ids,
    );
    return new Map(rows.map((row) => [row.id, this.open(row.id, 'name_sealed', row.name_sealed) ?? '']));
  }

  private async one(reader: Reader, where: string, value: string): Promise<Person | null> {
    const row = await reader.row<PersonRow>(
      `SELECT id, name_sealed, phone_sealed, openid_sealed, privacy_version FROM persons WHERE ${where}`,
      [value],
    );
    if (row === null) return null;
    return {
      id: row.id,
      name: this.open(row.id, 'name_sealed', row.name_sealed),
      phone: this.open(row.id, 'phone_sealed', row.phone_sealed),
      openid: this.open(row.id, 'openid_sealed', row.openid_sealed),
      privacyVersion: row.privacy_version,
    };
  }

  private open(rowId: string, column: string, sealed: string | null): string | null {
    return sealed === null ? null : this.cipher.open(sealed, { table: 'persons', column, rowId });
  }
}
