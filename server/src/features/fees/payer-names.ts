import { Inject, Injectable } from '@nestjs/common';
import { FieldCipher } from '../../kernel/crypto/index.ts';
import type { Reader } from '../../kernel/database/index.ts';

/** Owners of homes by the roll, in clear. Whoever calls this decides whether they are masked. */
@Injectable()
export class PayerNames {
  constructor(@Inject(FieldCipher) private readonly cipher: FieldCipher) {}

  async of(reader: Reader, unitIds: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>> {
    const ids = [...new Set(unitIds)];
    if (ids.length === 0) return new Map();
    const rows = await reader.rows<{ unit_id: string; id: string; name_sealed: string }>(
      `SELECT s.unit_id, o.id, o.name_sealed FROM ownerships s JOIN owners o ON o.id = s.owner_id
       WHERE s.unit_id IN (${ids.map(() => '?').join(', ')}) ORDER BY s.unit_id, s.position`,
      ids,
    );
    const nameOf = ({ id, name_sealed: sealed }: (typeof rows)[number]) =>
      this.cipher.open(sealed, { table: 'owners', column: 'name_sealed', rowId: id });
    const byUnit = Map.groupBy(rows, (row) => row.unit_id);
    return new Map([...byUnit].map(([unitId, owners]) => [unitId, owners.map(nameOf)]));
  }
}
