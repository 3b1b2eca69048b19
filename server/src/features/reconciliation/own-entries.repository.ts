import { Injectable } from '@nestjs/common';
import { type CalendarDate, DAY_MS, endOfDay, startOfDay } from '@linli/shared/kernel';
import { EDGE_MS, type OwnEntry } from '@linli/shared/reconcile';
import type { RefundState } from '@linli/shared/refunds';
import type { Reader } from '../../kernel/database/index.ts';

/** A refund may be taken by WeChat this long after it was first sent. */
const TAKEN_WITHIN_MS = 40 * DAY_MS;

const REFUND_ENTRIES: Partial<Record<RefundState, OwnEntry['state']>> = {
  SENT: 'UNDER_WAY',
  ABNORMAL: 'UNDER_WAY',
  SUCCEEDED: 'DONE',
  CLOSED: 'FAILED',
};

interface PaymentRow {
  order_no: string;
  transaction_id: string;
  amount_fen: number;
  paid_at: number;
}

/** What came in and went out through a merchant, as we have it: settled, credited, set aside or given back. */
@Injectable()
export class OwnEntriesRepository {
  async between(reader: Reader, mchId: string, from: number, until: number): Promise<OwnEntry[]> {
    const period = [from, until];
    const orders = await reader.rows<PaymentRow>(
      `SELECT order_no, transaction_id, amount_fen, paid_at FROM pay_orders
       WHERE paid_at BETWEEN ? AND ? AND mch_id = ? AND transaction_id IS NOT NULL`,
      [...period, mchId],
    );
    // The second payment of one order is a credit of its own.
    const seconds = await reader.rows<PaymentRow>(
      `SELECT o.order_no, c.transaction_id, c.amount_fen, c.paid_at FROM pay_credits c JOIN pay_orders o ON o.id = c.order_id
       WHERE c.paid_at BETWEEN ? AND ? AND o.mch_id = ? AND c.from_quarantine_id IS NULL
         AND (o.transaction_id IS NULL OR c.transaction_id <> o.transaction_id)`,
      [...period, mchId],
    );
    const setAside = await reader.rows<PaymentRow>(
      `SELECT order_no, transaction_id, received_fen AS amount_fen, paid_at FROM pay_quarantine
       WHERE paid_at BETWEEN ? AND ? AND (mch_id = ? OR mch_id IS NULL)`,
      [...period, mchId],
    );
    const payments = [...orders, ...seconds, ...setAside].map(toPayment);
    return [...payments, ...(await this.refunds(reader, mchId, from, until))];
  }

  /** Of the day and of a little around it, as the day's bill is compared with. */
  ofDay(reader: Reader, mchId: string, date: CalendarDate): Promise<OwnEntry[]> {
    return this.between(reader, mchId, startOfDay(date) - EDGE_MS, endOfDay(date) + EDGE_MS);
  }

  private async refunds(reader: Reader, mchId: string, from: number, until: number): Promise<OwnEntry[]> {
    const rows = await reader.rows<{
      order_no: string;
      refund_no: string;
      transaction_id: string;
      amount_fen: number;
      state: RefundState;
      sent_at: number;
      accepted_at: number | null;
    }>(
      `SELECT r.order_no, r.refund_no, r.transaction_id, r.amount_fen, r.state, r.sent_at, r.accepted_at
       FROM refunds r LEFT JOIN pay_orders o ON o.order_no = r.order_no
         LEFT JOIN pay_quarantine q ON q.order_no = r.order_no AND q.transaction_id = r.transaction_id
       WHERE r.sent_at BETWEEN ? AND ? AND COALESCE(o.mch_id, q.mch_id) = ?`,
      [from - TAKEN_WITHIN_MS, until, mchId],
    );
    return rows.flatMap((row) => {
      const at = row.accepted_at ?? row.sent_at;
      const state = REFUND_ENTRIES[row.state];
      if (state === undefined || at < from || at > until) return [];
      return {
        kind: 'REFUND' as const,
        orderNo: row.order_no,
        transactionId: row.transaction_id,
        refundNo: row.refund_no,
        amountFen: row.amount_fen,
        state,
        at,
      };
    });
  }
}

function toPayment(row: PaymentRow): OwnEntry {
  return {
    kind: 'PAYMENT',
    orderNo: row.order_no,
    transactionId: row.transaction_id,
    refundNo: '',
    amountFen: row.amount_fen,
    state: 'DONE',
    at: row.paid_at,
  };
}
