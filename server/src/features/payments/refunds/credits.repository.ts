import { Injectable } from '@nestjs/common';
import type { CreditReason, Ledger, QuarantineReason } from '@linli/shared/fees';
import type { Book } from '@linli/shared/ledger';
import type { CreditOrigin, CreditState, QuarantineState } from '@linli/shared/refunds';
import type { Reader, Transaction } from '../../../kernel/database/index.ts';

/** Money paid too much 预存: owed back, or kept for the next bill. */
export interface StoredCredit {
  readonly id: string;
  readonly estateId: string;
  readonly unitId: string;
  readonly personId: string;
  readonly orderId: string;
  readonly ledger: Ledger;
  readonly transactionId: string;
  readonly reason: CreditOrigin;
  readonly amountFen: number;
  readonly leftFen: number;
  readonly state: CreditState;
  readonly createdAt: number;
  readonly paidAt: number;
}

interface CreditRow {
  id: string;
  estate_id: string;
  unit_id: string;
  person_id: string;
  order_id: string;
  ledger: Ledger;
  transaction_id: string;
  reason: CreditReason;
  from_quarantine_id: string | null;
  amount_fen: number;
  left_fen: number;
  state: CreditState;
  created_at: number;
  paid_at: number;
}

interface QuarantineRow {
  id: string;
  estate_id: string | null;
  order_id: string | null;
  order_no: string;
  transaction_id: string;
  reason: QuarantineReason;
  expected_fen: number | null;
  received_fen: number;
  state: QuarantineState;
  paid_at: number;
  created_at: number;
}

/** Nobody knows the order, and the merchant number serves several estates, this one among them. */
const OF_NOBODY = 'estate_id IS NULL AND mch_id IN (SELECT p.mch_id FROM payees p WHERE p.estate_id = ?)';

/** Money that fits no order 待核对. */
export interface StoredQuarantine {
  readonly id: string;
  /** Null where nobody can tell whose it is. */
  readonly estateId: string | null;
  readonly orderId: string | null;
  readonly orderNo: string;
  readonly transactionId: string;
  readonly reason: QuarantineReason;
  readonly expectedFen: number | null;
  readonly receivedFen: number;
  readonly state: QuarantineState;
  readonly paidAt: number;
  readonly createdAt: number;
}

/** Money that arrived and fits no bill: what is left of it, and what has been decided. */
@Injectable()
export class CreditsRepository {
  async credit(reader: Reader, id: string): Promise<StoredCredit | null> {
    const row = await reader.row<CreditRow>('SELECT * FROM pay_credits WHERE id = ?', [id]);
    return row === null ? null : toCredit(row);
  }

  /** Of this person, what is not used up. */
  async ofPerson(reader: Reader, personId: string, most: number): Promise<StoredCredit[]> {
    const rows = await reader.rows<CreditRow>(
      `SELECT * FROM pay_credits WHERE person_id = ? AND left_fen > 0 ORDER BY id DESC LIMIT ${most}`,
      [personId],
    );
    return rows.map(toCredit);
  }

  /** The oldest first, from behind `after`. */
  async inState(
    reader: Reader,
    state: CreditState,
    before: number,
    after: StoredCredit | null,
    most: number,
  ): Promise<StoredCredit[]> {
    const { createdAt, id } = after ?? { createdAt: 0, id: '' };
    const rows = await reader.rows<CreditRow>(
      `SELECT * FROM pay_credits WHERE state = ? AND created_at <= ? AND created_at >= ?
         AND (created_at > ? OR id > ?) ORDER BY created_at, id LIMIT ${most}`,
      [state, before, createdAt, createdAt, id],
    );
    return rows.map(toCredit);
  }

  /** Takes so much of what is left; false where not so much is. */
  async take(tx: Transaction, id: string, amountFen: number): Promise<boolean> {
    // The state is set first: MySQL reads columns as they are after what stands before.
    const taken = await tx.run(
      `UPDATE pay_credits SET state = CASE WHEN left_fen = ? THEN 'DONE' ELSE state END, left_fen = left_fen - ?
       WHERE id = ? AND left_fen >= ?`,
      [amountFen, amountFen, id, amountFen],
    );
    return taken === 1;
  }

  /** A refund failed for good: the money is here again, and somebody has to choose again. */
  async giveBack(tx: Transaction, id: string, amountFen: number): Promise<void> {
    await tx.run("UPDATE pay_credits SET left_fen = left_fen + ?, state = 'OPEN' WHERE id = ?", [
      amountFen,
      id,
    ]);
  }

  async keep(tx: Transaction, id: string): Promise<boolean> {
    const kept = await tx.run("UPDATE pay_credits SET state = 'KEPT' WHERE id = ? AND state = 'OPEN'", [id]);
    return kept === 1;
  }

  /** Of this estate, or of nobody known at a merchant number that serves it: whichever of them sees to it first. */
  async quarantine(reader: Reader, estateId: string, id: string): Promise<StoredQuarantine | null> {
    const row = await reader.row<QuarantineRow>(
      `SELECT * FROM pay_quarantine WHERE id = ? AND (estate_id = ? OR (${OF_NOBODY}))`,
      [id, estateId, estateId],
    );
    return row === null ? null : toQuarantine(row);
  }

  /** What is not settled, the newest first. */
  async openQuarantines(reader: Reader, estateId: string, most: number): Promise<StoredQuarantine[]> {
    const rows = await reader.rows<QuarantineRow>(
      `SELECT * FROM pay_quarantine WHERE estate_id = ? AND state IN ('OPEN', 'REFUNDING')
       UNION ALL
       SELECT * FROM pay_quarantine WHERE ${OF_NOBODY} AND state IN ('OPEN', 'REFUNDING')
       ORDER BY id DESC LIMIT ${most}`,
      [estateId, estateId],
    );
    return rows.map(toQuarantine);
  }

  /** The ledger of the merchant that quarantined money came to. */
  async bookOf(reader: Reader, quarantineId: string): Promise<Book> {
    const row = await reader.row<{ ledger: Book }>(
      'SELECT m.ledger FROM pay_quarantine q JOIN merchants m ON m.mch_id = q.mch_id WHERE q.id = ?',
      [quarantineId],
    );
    return row?.ledger ?? 'PROPERTY_FEE';
  }

  async moveQuarantine(
    tx: Transaction,
    id: string,
    from: QuarantineState,
    to: QuarantineState,
  ): Promise<boolean> {
    const moved = await tx.run('UPDATE pay_quarantine SET state = ? WHERE id = ? AND state = ?', [
      to,
      id,
      from,
    ]);
    return moved === 1;
  }
}

function toQuarantine(row: QuarantineRow): StoredQuarantine {
  return {
    id: row.id,
    estateId: row.estate_id,
    orderId: row.order_id,
    orderNo: row.order_no,
    transactionId: row.transaction_id,
    reason: row.reason,
    expectedFen: row.expected_fen,
    receivedFen: row.received_fen,
    state: row.state,
    paidAt: row.paid_at,
    createdAt: row.created_at,
  };
}

function toCredit(row: CreditRow): StoredCredit {
  return {
    id: row.id,
    estateId: row.estate_id,
    unitId: row.unit_id,
    personId: row.person_id,
    orderId: row.order_id,
    ledger: row.ledger,
    transactionId: row.transaction_id,
    reason: row.from_quarantine_id === null ? row.reason : 'QUARANTINE_CLEARED',
    amountFen: row.amount_fen,
    leftFen: row.left_fen,
    state: row.state,
    createdAt: row.created_at,
    paidAt: row.paid_at,
  };
}
