import { Inject, Injectable } from '@nestjs/common';
import { FieldCipher } from '../../../kernel/crypto/index.ts';
import type { Reader } from '../../../kernel/database/index.ts';

/** Names of owners on the roll. Whoever calls this decides whether they are masked. */
@Injectable()
export class OwnerNames {
  constructor(@Inject(FieldCipher) private readonly cipher: FieldCipher) {}

  async of(reader: Reader, ownerIds: readonly string[]): Promise<Map<string, string>> {
    const ids = [...new Set(ownerIds)];
    if (ids.length === 0) return new Map();
    const rows = await reader.rows<{ id: string; name_sealed: string }>(
      `SELECT id, name_sealed FROM owners WHERE id IN (${ids.map(() => '?').join(', ')})`,
      ids,
    );
    const place = (rowId: string) => ({ table: 'owners', column: 'name_sealed', rowId });
    return new Map(rows.map((row) => [row.id, this.cipher.open(row.name_sealed, place(row.id))]));
  }
}
