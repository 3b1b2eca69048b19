import { Inject, Injectable } from '@nestjs/common';
import type { GuestKind } from '@linli/shared/identity';
import { Clock } from '../../kernel/clock/clock.ts';
import type { Transaction } from '../../kernel/database/index.ts';
import { Ids } from '../../kernel/ids/ids.ts';

export interface NewResidency {
  readonly personId: string;
  readonly unitId: string;
  readonly estateId: string;
  readonly kind: GuestKind;
  /** Instant, epoch ms; null stays open. */
  readonly endsAt: number | null;
  readonly invitedBy: string | null;
}

/** Family and tenants of a home 家属与租户: they come in by an invitation or a claim. Owners follow the roll. */
@Injectable()
export class ResidenciesService {
  constructor(
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
  ) {}

  /** Whether the person lives there now, in one of these kinds. */
  async holds(tx: Transaction, personId: string, unitId: string, kinds: readonly string[]): Promise<boolean> {
    const now = this.clock.now();
    const row = await tx.row(
      `SELECT 1 AS found FROM residencies WHERE person_id = ? AND unit_id = ? AND kind IN (${kinds.map(() => '?').join(', ')})
       AND starts_at <= ? AND (ends_at IS NULL OR ends_at > ?)`,
      [personId, unitId, ...kinds, now, now],
    );
    return row !== null;
  }

  /** A person who lived there before moves in again on the same row. */
  async admit(tx: Transaction, residency: NewResidency): Promise<string> {
    const { personId, unitId, estateId, kind, endsAt, invitedBy } = residency;
    const former = await tx.row<{ id: string }>(
      'SELECT id FROM residencies WHERE person_id = ? AND unit_id = ? AND kind = ?',
      [personId, unitId, kind],
    );
    const now = this.clock.now();
    if (former !== null) {
      await tx.run('UPDATE residencies SET starts_at = ?, ends_at = ?, invited_by = ? WHERE id = ?', [
        now,
        endsAt,
        invitedBy,
        former.id,
      ]);
      return former.id;
    }
    const id = this.ids.next();
    await tx.insert('residencies', {
      id,
      person_id: personId,
      unit_id: unitId,
      estate_id: estateId,
      kind,
      starts_at: now,
      ends_at: endsAt,
      invited_by: invitedBy,
    });
    return id;
  }
}
