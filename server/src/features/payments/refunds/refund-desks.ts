import { Inject, Injectable } from '@nestjs/common';
import { type Caller, COMPANY } from '../../../kernel/access/index.ts';
import { Database } from '../../../kernel/database/index.ts';
import { DeskCounts } from '../../desk/index.ts';

/** What waits at the desk for refunds: money that fits nothing, and refunds that nobody has decided on. */
@Injectable()
export class RefundDesks {
  constructor(
    @Inject(DeskCounts) desks: DeskCounts,
    @Inject(Database) private readonly database: Database,
  ) {
    desks.register('refunds', (caller, estateId) => this.waiting(caller, estateId));
  }

  private async waiting(caller: Caller, estateId: string) {
    if (!caller.has(estateId, COMPANY)) return null;
    const row = await this.database.row<{ money: number; refunds: number }>(
      `SELECT
         (SELECT COUNT(*) FROM pay_quarantine WHERE estate_id = ? AND state = 'OPEN') AS money,
         (SELECT COUNT(*) FROM refunds WHERE estate_id = ? AND state IN ('REQUESTED', 'ABNORMAL')) AS refunds`,
      [estateId, estateId],
    );
    return { count: Number(row?.money ?? 0) + Number(row?.refunds ?? 0), overdue: 0 };
  }
}
