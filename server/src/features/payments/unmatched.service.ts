import { Inject, Injectable } from '@nestjs/common';
import type { CreditReason, QuarantineReason, UnmatchedMoney } from '@linli/shared/fees';
import { unitName } from '@linli/shared/estate';
import { Database } from '../../kernel/database/index.ts';

const SHOWN = 100;

/** Money that arrived and fits no open bill; the company's manager looks at each. */
@Injectable()
export class UnmatchedService {
  constructor(@Inject(Database) private readonly database: Database) {}

  async list(estateId: string): Promise<UnmatchedMoney> {
    const [quarantined, credits] = await Promise.all([this.quarantined(estateId), this.credits(estateId)]);
    return { quarantined, credits };
  }

  private async quarantined(estateId: string): Promise<UnmatchedMoney['quarantined']> {
    const rows = await this.database.rows<{
      id: string;
      order_no: string;
      transaction_id: string;
      reason: QuarantineReason;
      expected_fen: number | null;
      received_fen: number;
      created_at: number;
    }>(`SELECT * FROM pay_quarantine WHERE estate_id = ? ORDER BY id DESC LIMIT ${SHOWN}`, [estateId]);
    return rows.map((row) => ({
      id: row.id,
      orderNo: row.order_no,
      transactionId: row.transaction_id,
      reason: row.reason,
      expectedFen: row.expected_fen,
      receivedFen: row.received_fen,
      at: row.created_at,
    }));
  }

  private async credits(estateId: string): Promise<UnmatchedMoney['credits']> {
    const rows = await this.database.rows<{
      id: string;
      order_no: string;
      building: string;
      entrance: string;
      room: string;
      reason: CreditReason;
      amount_fen: number;
      created_at: number;
    }>(
      `SELECT c.id, o.order_no, b.name AS building, u.entrance, u.room, c.reason, c.amount_fen, c.created_at
       FROM pay_credits c JOIN pay_orders o ON o.id = c.order_id JOIN units u ON u.id = c.unit_id
       JOIN buildings b ON b.id = u.building_id WHERE c.estate_id = ? ORDER BY c.id DESC LIMIT ${SHOWN}`,
      [estateId],
    );
    return rows.map((row) => ({
      id: row.id,
      orderNo: row.order_no,
      unitName: unitName(row),
      reason: row.reason,
      amountFen: row.amount_fen,
      at: row.created_at,
    }));
  }
}
