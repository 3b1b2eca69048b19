import { Injectable } from '@nestjs/common';
import type { Ledger } from '@linli/shared/fees';
import {
  REFUND_DEAD_STATES,
  type RefundEffect,
  type RefundState,
  type RefundSubject,
} from '@linli/shared/refunds';
import type { Reader, Transaction } from '../../../kernel/database/index.ts';

/** A refund 退款 as it is stored. */
export interface StoredRefund {
  readonly id: string;
  readonly refundNo: string;
  readonly estateId: string;
  readonly ledger: Ledger;
  readonly subject: RefundSubject;
  readonly subjectId: string;
  readonly effect: RefundEffect;
  readonly orderId: string | null;
  readonly billId: string | null;
  readonly unitId: string | null;
  readonly personId: string | null;
  readonly orderNo: string;
  readonly transactionId: string;
  readonly amountFen: number;
  readonly totalFen: number;
  readonly reason: string;
  readonly state: RefundState;
  readonly askedBy: string | null;
  readonly askedAt: number;
  readonly decidedBy: string | null;
  readonly decidedAt: number | null;
  readonly note: string;
  readonly sentAt: number | null;
  readonly acceptedAt: number | null;
  readonly endedAt: number | null;
  readonly hint: string;
}

interface RefundRow {
  id: string;
  refund_no: string;
  estate_id: string;
  ledger: Ledger;
  subject: RefundSubject;
  subject_id: string;
  effect: RefundEffect;
  order_id: string | null;
  bill_id: string | null;
  unit_id: string | null;
  person_id: string | null;
  order_no: string;
  transaction_id: string;
  amount_fen: number;
  total_fen: number;
  reason: string;
  state: RefundState;
  asked_by: string | null;
  asked_at: number;
  decided_by: string | null;
  decided_at: number | null;
  note: string;
  sent_at: number | null;
  accepted_at: number | null;
  ended_at: number | null;
  hint: string;
}

/** What a step writes down. */
export interface RefundFacts {
  readonly decidedBy?: string;
  readonly decidedAt?: number;
  readonly note?: string;
  readonly sentAt?: number;
  readonly endedAt?: number;
}

/** `out_refund_no`: 27 of the characters that WeChat allows. */
export const refundNoOf = (id: string) => `R${id}`;

const DEAD = REFUND_DEAD_STATES.map((state) => `'${state}'`).join(', ');

@Injectable()
export class RefundsRepository {
  async ofEstate(reader: Reader, estateId: string, id: string): Promise<StoredRefund | null> {
    return toRefund(
      await reader.row<RefundRow>('SELECT * FROM refunds WHERE estate_id = ? AND id = ?', [estateId, id]),
    );
  }

  async byNo(reader: Reader, refundNo: string): Promise<StoredRefund | null> {
    return toRefund(await reader.row<RefundRow>('SELECT * FROM refunds WHERE refund_no = ?', [refundNo]));
  }

  /** Whom the payment was made to, and who therefore gives it back; a payee may have changed merchants since. */
  async merchantOf(reader: Reader, { orderNo, transactionId }: StoredRefund): Promise<string> {
    const paid =
      (await reader.row<{ mch_id: string }>('SELECT mch_id FROM pay_orders WHERE order_no = ?', [orderNo])) ??
      (await reader.row<{ mch_id: string | null }>(
        'SELECT mch_id FROM pay_quarantine WHERE order_no = ? AND transaction_id = ?',
        [orderNo, transactionId],
      ));
    return paid?.mch_id ?? '';
  }

  /** The newest first. */
  async page(
    reader: Reader,
    estateId: string,
    state: RefundState | undefined,
    after: string | undefined,
    limit: number,
  ): Promise<StoredRefund[]> {
    const narrowed = state === undefined ? '' : 'AND state = ?';
    const rows = await reader.rows<RefundRow>(
      `SELECT * FROM refunds WHERE estate_id = ? ${narrowed} AND id < ? ORDER BY id DESC LIMIT ${limit + 1}`,
      [estateId, ...(state === undefined ? [] : [state]), after ?? '~'],
    );
    return rows.flatMap((row) => toRefund(row) ?? []);
  }

  async ofPerson(reader: Reader, personId: string, most: number): Promise<StoredRefund[]> {
    const rows = await reader.rows<RefundRow>(
      `SELECT * FROM refunds WHERE person_id = ? ORDER BY id DESC LIMIT ${most}`,
      [personId],
    );
    return rows.flatMap((row) => toRefund(row) ?? []);
  }

  /** Every refund of a payment, in the order they were asked for. */
  async ofTransaction(reader: Reader, transactionId: string): Promise<StoredRefund[]> {
    const rows = await reader.rows<RefundRow>('SELECT * FROM refunds WHERE transaction_id = ? ORDER BY id', [
      transactionId,
    ]);
    return rows.flatMap((row) => toRefund(row) ?? []);
  }

  async add(tx: Transaction, refund: StoredRefund): Promise<void> {
    await tx.insert('refunds', {
      id: refund.id,
      refund_no: refund.refundNo,
      estate_id: refund.estateId,
      ledger: refund.ledger,
      subject: refund.subject,
      subject_id: refund.subjectId,
      effect: refund.effect,
      order_id: refund.orderId,
      bill_id: refund.billId,
      unit_id: refund.unitId,
      person_id: refund.personId,
      order_no: refund.orderNo,
      transaction_id: refund.transactionId,
      amount_fen: refund.amountFen,
      total_fen: refund.totalFen,
      reason: refund.reason,
      state: refund.state,
      asked_by: refund.askedBy,
      asked_at: refund.askedAt,
      decided_by: refund.decidedBy,
      decided_at: refund.decidedAt,
      note: refund.note,
      sent_at: refund.sentAt,
      accepted_at: refund.acceptedAt,
      gateway_refund_id: null,
      ended_at: refund.endedAt,
      hint: refund.hint,
    });
  }

  /** Moves the refund on from exactly this state; false where it is not in it any more. */
  async move(
    tx: Transaction,
    { id, state }: StoredRefund,
    to: RefundState,
    facts: RefundFacts,
  ): Promise<boolean> {
    const moved = await tx.run(
      `UPDATE refunds SET state = ?, decided_by = COALESCE(?, decided_by), decided_at = COALESCE(?, decided_at),
         note = COALESCE(?, note), sent_at = COALESCE(?, sent_at), ended_at = COALESCE(?, ended_at)
       WHERE id = ? AND state = ?`,
      [
        to,
        facts.decidedBy ?? null,
        facts.decidedAt ?? null,
        facts.note ?? null,
        facts.sentAt ?? null,
        facts.endedAt ?? null,
        id,
        state,
      ],
    );
    return moved === 1;
  }

  /** What the gateway said of it, whether or not it moves on. */
  async heard(
    tx: Transaction,
    id: string,
    { refundId, acceptedAt, hint }: { refundId: string; acceptedAt: number; hint: string },
  ): Promise<void> {
    await tx.run(
      `UPDATE refunds SET gateway_refund_id = COALESCE(?, gateway_refund_id),
         accepted_at = COALESCE(?, accepted_at), hint = ? WHERE id = ?`,
      [refundId === '' ? null : refundId, acceptedAt === 0 ? null : acceptedAt, hint.slice(0, 200), id],
    );
  }

  /** Goes out again under its number, as if the gateway had never taken it. */
  async sendAgain(tx: Transaction, id: string, sentAt: number): Promise<boolean> {
    const again = await tx.run(
      "UPDATE refunds SET state = 'SENT', sent_at = ?, accepted_at = NULL, ended_at = NULL WHERE id = ? AND state = 'ABNORMAL'",
      [sentAt, id],
    );
    return again === 1;
  }

  /** Holds so much of an order's money for a refund; false where not so much is left of it. */
  async hold(tx: Transaction, orderId: string, amountFen: number): Promise<boolean> {
    const held = await tx.run(
      'UPDATE pay_orders SET refunding_fen = refunding_fen + ? WHERE id = ? AND amount_fen - refunding_fen >= ?',
      [amountFen, orderId, amountFen],
    );
    return held === 1;
  }

  async release(tx: Transaction, orderId: string, amountFen: number): Promise<void> {
    await tx.run('UPDATE pay_orders SET refunding_fen = refunding_fen - ? WHERE id = ?', [
      amountFen,
      orderId,
    ]);
  }

  /** What has been asked back of a bill's part of an order, and what of that is back already. */
  async ofBillPart(
    reader: Reader,
    orderId: string,
    billId: string,
  ): Promise<{ readonly heldFen: number; readonly backFen: number }> {
    const row = await reader.row<{ held: number | string | null; back: number | string | null }>(
      `SELECT SUM(amount_fen) AS held, SUM(CASE WHEN state = 'SUCCEEDED' THEN amount_fen ELSE 0 END) AS back
       FROM refunds WHERE order_id = ? AND bill_id = ? AND state NOT IN (${DEAD})`,
      [orderId, billId],
    );
    return { heldFen: Number(row?.held ?? 0), backFen: Number(row?.back ?? 0) };
  }
}

function toRefund(row: RefundRow | null): StoredRefund | null {
  if (row === null) return null;
  return {
    id: row.id,
    refundNo: row.refund_no,
    estateId: row.estate_id,
    ledger: row.ledger,
    subject: row.subject,
    subjectId: row.subject_id,
    effect: row.effect,
    orderId: row.order_id,
    billId: row.bill_id,
    unitId: row.unit_id,
    personId: row.person_id,
    orderNo: row.order_no,
    transactionId: row.transaction_id,
    amountFen: row.amount_fen,
    totalFen: row.total_fen,
    reason: row.reason,
    state: row.state,
    askedBy: row.asked_by,
    askedAt: row.asked_at,
    decidedBy: row.decided_by,
    decidedAt: row.decided_at,
    note: row.note,
    sentAt: row.sent_at,
    acceptedAt: row.accepted_at,
    endedAt: row.ended_at,
    hint: row.hint,
  };
}
