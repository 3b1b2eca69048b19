import { Inject, Injectable } from '@nestjs/common';
import type { Claim, ClaimStatus, ResidencyKind } from '@linli/shared/identity';
import { unitName } from '@linli/shared/estate';
import { maskName, maskPhone } from '@linli/shared/kernel';
import { FieldCipher } from '../../../kernel/crypto/index.ts';
import type { Reader, SqlValue, Transaction } from '../../../kernel/database/index.ts';

export interface ClaimRow {
  id: string;
  estate_id: string;
  estate_name: string;
  unit_id: string;
  building: string;
  entrance: string;
  room: string;
  person_id: string;
  kind: ResidencyKind;
  name_sealed: string;
  phone_sealed: string | null;
  note: string;
  evidence_file_ids: string;
  status: ClaimStatus;
  reason: string | null;
  decided_by: string | null;
  decided_at: number | null;
  created_at: number;
  residency_ends_at: number | null;
}

const SELECT = `SELECT c.*, e.name AS estate_name, b.name AS building, u.entrance, u.room, p.phone_sealed
  FROM claims c JOIN estates e ON e.id = c.estate_id JOIN units u ON u.id = c.unit_id
  JOIN buildings b ON b.id = u.building_id JOIN persons p ON p.id = c.person_id`;

export interface NewClaim {
  readonly id: string;
  readonly estateId: string;
  readonly unitId: string;
  readonly personId: string;
  readonly kind: ResidencyKind;
  readonly realName: string;
  readonly note: string;
  readonly evidenceFileIds: readonly string[];
  readonly endsAt: number | null;
  readonly createdAt: number;
}

/** Claims at rest; the claimant's name is sealed, and this class is where it opens. */
@Injectable()
export class ClaimsRepository {
  constructor(@Inject(FieldCipher) private readonly cipher: FieldCipher) {}

  /** Two at once of one person for one home meet at `uq_claims_pending`. */
  async add(tx: Transaction, claim: NewClaim): Promise<void> {
    await tx.insert('claims', {
      id: claim.id,
      estate_id: claim.estateId,
      unit_id: claim.unitId,
      person_id: claim.personId,
      kind: claim.kind,
      name_sealed: this.cipher.seal(claim.realName, namePlace(claim.id)),
      note: claim.note,
      evidence_file_ids: JSON.stringify(claim.evidenceFileIds),
      status: 'PENDING',
      reason: null,
      decided_by: null,
      decided_at: null,
      created_at: claim.createdAt,
      pending_key: `${claim.personId}:${claim.unitId}`,
      residency_ends_at: claim.endsAt,
      evidence_deleted_at: null,
    });
  }

  async byId(reader: Reader, claimId: string): Promise<ClaimRow | null> {
    return reader.row<ClaimRow>(`${SELECT} WHERE c.id = ?`, [claimId]);
  }

  async inEstate(reader: Reader, estateId: string, claimId: string): Promise<ClaimRow | null> {
    return reader.row<ClaimRow>(`${SELECT} WHERE c.estate_id = ? AND c.id = ?`, [estateId, claimId]);
  }

  /** One's own, the latest first. */
  async ofPerson(
    reader: Reader,
    personId: string,
    after: string | undefined,
    limit: number,
  ): Promise<ClaimRow[]> {
    return this.page(reader, 'c.person_id = ?', [personId], 'DESC', after, limit);
  }

  /** What waits is read from the oldest on, what was decided from the latest. */
  async ofEstates(
    reader: Reader,
    estateIds: readonly string[],
    status: ClaimStatus,
    after: string | undefined,
    limit: number,
  ): Promise<ClaimRow[]> {
    if (estateIds.length === 0) return [];
    const where = `c.estate_id IN (${estateIds.map(() => '?').join(', ')}) AND c.status = ?`;
    const order = status === 'PENDING' ? 'ASC' : 'DESC';
    return this.page(reader, where, [...estateIds, status], order, after, limit);
  }

  async countPending(reader: Reader, estateIds: readonly string[]): Promise<number> {
    if (estateIds.length === 0) return 0;
    const row = await reader.row<{ count: number }>(
      `SELECT COUNT(*) AS count FROM claims WHERE estate_id IN (${estateIds.map(() => '?').join(', ')}) AND status = 'PENDING'`,
      estateIds,
    );
    return row?.count ?? 0;
  }

  async countPendingOf(reader: Reader, personId: string): Promise<number> {
    const row = await reader.row<{ count: number }>(
      "SELECT COUNT(*) AS count FROM claims WHERE person_id = ? AND status = 'PENDING'",
      [personId],
    );
    return row?.count ?? 0;
  }

  /** Ends the waiting, once: false when somebody was faster. */
  async settle(
    tx: Transaction,
    claimId: string,
    to: {
      readonly status: Exclude<ClaimStatus, 'PENDING'>;
      readonly reason: string | null;
      readonly by: string;
      readonly at: number;
    },
  ): Promise<boolean> {
    const settled = await tx.run(
      `UPDATE claims SET status = ?, reason = ?, decided_by = ?, decided_at = ?, pending_key = NULL
       WHERE id = ? AND status = 'PENDING'`,
      [to.status, to.reason, to.by, to.at, claimId],
    );
    return settled === 1;
  }

  /** The account is closed: the claim stays as a decision that was taken, without the name. */
  async forgetName(tx: Transaction, claimId: string): Promise<void> {
    await tx.run('UPDATE claims SET name_sealed = ? WHERE id = ?', [
      this.cipher.seal('已注销', namePlace(claimId)),
      claimId,
    ]);
  }

  nameOf(row: ClaimRow): string {
    return this.cipher.open(row.name_sealed, namePlace(row.id));
  }

  /** `clear` for the claimant and for who opens the file; lists of others are masked. */
  toClaim(row: ClaimRow, clear: boolean): Claim {
    const name = this.nameOf(row);
    const phone =
      row.phone_sealed === null
        ? null
        : this.cipher.open(row.phone_sealed, {
            table: 'persons',
            column: 'phone_sealed',
            rowId: row.person_id,
          });
    return {
      id: row.id,
      estateId: row.estate_id,
      estateName: row.estate_name,
      unitId: row.unit_id,
      unitName: unitName(row),
      kind: row.kind,
      claimantName: clear ? name : maskName(name),
      phoneMasked: phone === null ? null : maskPhone(phone),
      note: row.note,
      evidenceCount: evidenceOf(row).length,
      endsAt: row.residency_ends_at,
      status: row.status,
      reason: row.reason,
      createdAt: row.created_at,
      decidedAt: row.decided_at,
    };
  }

  private page(
    reader: Reader,
    where: string,
    values: readonly SqlValue[],
    order: 'ASC' | 'DESC',
    after: string | undefined,
    limit: number,
  ): Promise<ClaimRow[]> {
    const beyond = after === undefined ? '' : `AND c.id ${order === 'ASC' ? '>' : '<'} ?`;
    return reader.rows<ClaimRow>(
      `${SELECT} WHERE ${where} ${beyond} ORDER BY c.id ${order} LIMIT ${limit + 1}`,
      [...values, ...(after === undefined ? [] : [after])],
    );
  }
}

export function evidenceOf(row: Pick<ClaimRow, 'evidence_file_ids'>): string[] {
  return JSON.parse(row.evidence_file_ids) as string[];
}

function namePlace(claimId: string) {
  return { table: 'claims', column: 'name_sealed', rowId: claimId };
}
