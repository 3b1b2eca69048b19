import { Injectable } from '@nestjs/common';
import type { Ledger, PayChannel, PaymentState } from '@linli/shared/fees';
import type { Reader, Transaction } from '../../kernel/database/index.ts';
import type { BillPart } from '../fees/index.ts';

/** A payment order 支付单. */
export interface StoredOrder {
  readonly id: string;
  readonly orderNo: string;
  readonly estateId: string;
  readonly unitId: string;
  readonly personId: string;
  readonly payeeId: string;
  readonly ledger: Ledger;
  readonly channel: PayChannel;
  readonly mchId: string;
  readonly appId: string;
  readonly payerIndex: string;
  readonly amountFen: number;
  readonly description: string;
  readonly state: PaymentState;
  readonly prepayId: string | null;
  readonly expiresAt: number;
  readonly askedAt: number;
  readonly transactionId: string | null;
  readonly paidAt: number | null;
  readonly receiptId: string | null;
}

interface OrderRow {
  id: string;
  order_no: string;
  estate_id: string;
  unit_id: string;
  person_id: string;
  payee_id: string;
  ledger: Ledger;
  channel: PayChannel;
  mch_id: string;
  app_id: string;
  payer_index: string;
  amount_fen: number;
  description: string;
  state: PaymentState;
  prepay_id: string | null;
  expires_at: number;
  asked_at: number;
  transaction_id: string | null;
  paid_at: number | null;
  receipt_id: string | null;
}

/** Money may still come for it, and nobody else may order its bills. */
export const PENDING_STATES: readonly PaymentState[] = ['CREATED', 'PREPAID'];

@Injectable()
export class OrdersRepository {
  async byNo(reader: Reader, orderNo: string): Promise<StoredOrder | null> {
    return toOrder(await reader.row<OrderRow>('SELECT * FROM pay_orders WHERE order_no = ?', [orderNo]));
  }

  /** An order of another estate is not found. */
  async ofEstate(reader: Reader, estateId: string, orderId: string): Promise<StoredOrder | null> {
    return toOrder(
      await reader.row<OrderRow>('SELECT * FROM pay_orders WHERE estate_id = ? AND id = ?', [
        estateId,
        orderId,
      ]),
    );
  }

  /** Another person's order is not found. */
  async ofPerson(reader: Reader, personId: string, orderNo: string): Promise<StoredOrder | null> {
    const order = await this.byNo(reader, orderNo);
    return order?.personId === personId ? order : null;
  }

  async partsOf(reader: Reader, orderId: string): Promise<BillPart[]> {
    const rows = await reader.rows<{ bill_id: string; principal_fen: number; late_fee_fen: number }>(
      'SELECT bill_id, principal_fen, late_fee_fen FROM pay_order_bills WHERE order_id = ? ORDER BY bill_id',
      [orderId],
    );
    return rows.map((row) => ({
      billId: row.bill_id,
      principalFen: row.principal_fen,
      lateFeeFen: row.late_fee_fen,
    }));
  }

  async add(
    tx: Transaction,
    order: Omit<StoredOrder, 'state' | 'prepayId' | 'transactionId' | 'paidAt' | 'receiptId' | 'askedAt'>,
    parts: readonly BillPart[],
    createdAt: number,
  ): Promise<void> {
    await tx.insert('pay_orders', {
      id: order.id,
      order_no: order.orderNo,
      estate_id: order.estateId,
      unit_id: order.unitId,
      person_id: order.personId,
      payee_id: order.payeeId,
      ledger: order.ledger,
      channel: order.channel,
      mch_id: order.mchId,
      app_id: order.appId,
      payer_index: order.payerIndex,
      amount_fen: order.amountFen,
      description: order.description,
      state: 'CREATED',
      prepay_id: null,
      prepaid_at: null,
      expires_at: order.expiresAt,
      asked_at: createdAt,
      transaction_id: null,
      paid_at: null,
      created_at: createdAt,
      ended_at: null,
      receipt_id: null,
    });
    await tx.insert(
      'pay_order_bills',
      ...parts.map(({ billId, principalFen, lateFeeFen }) => ({
        order_id: order.id,
        bill_id: billId,
        principal_fen: principalFen,
        late_fee_fen: lateFeeFen,
      })),
    );
  }

  async setPrepaid(tx: Transaction, orderId: string, prepayId: string, at: number): Promise<void> {
    await tx.run(
      "UPDATE pay_orders SET state = 'PREPAID', prepay_id = ?, prepaid_at = ? WHERE id = ? AND state = 'CREATED'",
      [prepayId, at, orderId],
    );
  }

  /** Moves the order on from exactly this state; false where it is not in it any more. */
  async move(
    tx: Transaction,
    order: StoredOrder,
    to: PaymentState,
    facts: {
      readonly at: number;
      readonly transactionId?: string;
      readonly paidAt?: number;
      readonly receiptId?: string;
    },
  ): Promise<boolean> {
    const moved = await tx.run(
      `UPDATE pay_orders SET state = ?, ended_at = ?, transaction_id = COALESCE(?, transaction_id),
         paid_at = COALESCE(?, paid_at), receipt_id = COALESCE(?, receipt_id) WHERE id = ? AND state = ?`,
      [
        to,
        facts.at,
        facts.transactionId ?? null,
        facts.paidAt ?? null,
        facts.receiptId ?? null,
        order.id,
        order.state,
      ],
    );
    return moved === 1;
  }

  /** Whether it is this caller's turn to ask the gateway: not more often than once in `everyMs`. */
  async mayAsk(tx: Transaction, order: StoredOrder, now: number, everyMs: number): Promise<boolean> {
    const asked = await tx.run('UPDATE pay_orders SET asked_at = ? WHERE id = ? AND asked_at <= ?', [
      now,
      order.id,
      now - everyMs,
    ]);
    return asked === 1;
  }
}

function toOrder(row: OrderRow | null): StoredOrder | null {
  if (row === null) return null;
  return {
    id: row.id,
    orderNo: row.order_no,
    estateId: row.estate_id,
    unitId: row.unit_id,
    personId: row.person_id,
    payeeId: row.payee_id,
    ledger: row.ledger,
    channel: row.channel,
    mchId: row.mch_id,
    appId: row.app_id,
    payerIndex: row.payer_index,
    amountFen: row.amount_fen,
    description: row.description,
    state: row.state,
    prepayId: row.prepay_id,
    expiresAt: row.expires_at,
    askedAt: row.asked_at,
    transactionId: row.transaction_id,
    paidAt: row.paid_at,
    receiptId: row.receipt_id,
  };
}
