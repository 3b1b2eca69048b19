import { Inject, Injectable } from '@nestjs/common';
import { PAYMENT_MACHINE } from '@linli/shared/fees';
import {
  refundFailed,
  refundRequested,
  refundSucceeded,
  type RefundOrder,
  type RefundPart,
} from '@linli/shared/ledger';
import { splitRefund } from '@linli/shared/refunds';
import { Clock } from '../../../kernel/clock/clock.ts';
import type { Reader, Transaction } from '../../../kernel/database/index.ts';
import { BillsRepository } from '../../fees/index.ts';
import { Ledger } from '../../ledger/index.ts';
import { OrdersRepository } from '../orders.repository.ts';
import { CreditsRepository } from './credits.repository.ts';
import { RefundsRepository, type StoredRefund } from './refunds.repository.ts';

interface Part {
  readonly principalFen: number;
  readonly lateFeeFen: number;
}

/** What a refund does to the money it came from: promised, given back, or let go again. */
@Injectable()
export class RefundEffects {
  constructor(
    @Inject(Clock) private readonly clock: Clock,
    @Inject(OrdersRepository) private readonly orders: OrdersRepository,
    @Inject(BillsRepository) private readonly bills: BillsRepository,
    @Inject(RefundsRepository) private readonly refunds: RefundsRepository,
    @Inject(CreditsRepository) private readonly credits: CreditsRepository,
    @Inject(Ledger) private readonly ledger: Ledger,
  ) {}

  /** Approved: from now on the money is owed back. */
  async promised(tx: Transaction, refund: StoredRefund): Promise<void> {
    // The payment of a bill is undone when the money is back, and is promised in the books then.
    if (refund.effect === 'BILL_OPEN') return;
    await this.ledger.post(tx, refundRequested(await this.inBooks(tx, refund, partsOf(refund))));
  }

  /** Refused, withdrawn or closed: nobody holds the money back any more. */
  async letGo(tx: Transaction, refund: StoredRefund): Promise<void> {
    const { subject, subjectId, orderId, amountFen } = refund;
    if (subject === 'QUARANTINE') {
      await this.credits.moveQuarantine(tx, subjectId, 'REFUNDING', 'OPEN');
      return;
    }
    if (subject === 'CREDIT') await this.credits.giveBack(tx, subjectId, amountFen);
    if (orderId !== null && (await this.isOfOrder(tx, refund)))
      await this.refunds.release(tx, orderId, amountFen);
  }

  /** The gateway will not give it back: what was promised stays where it was. */
  async closed(tx: Transaction, refund: StoredRefund): Promise<void> {
    await this.letGo(tx, refund);
    if (refund.effect === 'BILL_OPEN') return;
    await this.ledger.post(tx, refundFailed(await this.inBooks(tx, refund, partsOf(refund))));
  }

  /** The payer has the money: order, bill and receipt follow. */
  async done(tx: Transaction, refund: StoredRefund): Promise<void> {
    if (refund.subject === 'QUARANTINE')
      await this.credits.moveQuarantine(tx, refund.subjectId, 'REFUNDING', 'REFUNDED');
    if (refund.effect === 'BILL_OPEN') await this.openBill(tx, refund);
    else await this.ledger.post(tx, refundSucceeded(await this.inBooks(tx, refund, partsOf(refund))));
    if (refund.orderId !== null && (await this.isOfOrder(tx, refund)))
      await this.moveOrder(tx, refund.orderId, refund);
  }

  /** The part of a bill that this order settled; null where it settled none of it. */
  async settledPart(reader: Reader, orderId: string, billId: string): Promise<Part | null> {
    const row = await reader.row<{ principal_fen: number; late_fee_fen: number }>(
      `SELECT principal_fen, late_fee_fen FROM bill_settlements WHERE bill_id = ? AND order_id = ?
       UNION ALL
       SELECT principal_fen, late_fee_fen FROM refunded_settlements WHERE bill_id = ? AND order_id = ?`,
      [billId, orderId, billId, orderId],
    );
    return row === null ? null : { principalFen: row.principal_fen, lateFeeFen: row.late_fee_fen };
  }

  private async inBooks(
    tx: Transaction,
    refund: StoredRefund,
    parts: readonly RefundPart[],
  ): Promise<RefundOrder> {
    const { id: refundId, subject, subjectId, ledger: book, orderId, unitId } = refund;
    // What was nobody's is given back as nobody's, whichever estate saw to it.
    const aside =
      subject === 'QUARANTINE' ? await this.credits.quarantine(tx, refund.estateId, subjectId) : null;
    const estateId = aside === null ? refund.estateId : aside.estateId;
    return { refundId, estateId, book, orderId, unitId, parts, occurredAt: this.clock.now() };
  }

  /** How much of a refund is the bill's own money, and how much its late fee: by what went back before. */
  private async shareOf(tx: Transaction, refund: StoredRefund): Promise<Part> {
    const { orderId, billId, amountFen } = refund;
    if (orderId === null || billId === null) throw new Error(`${refund.refundNo} names no bill`);
    const part = await this.settledPart(tx, orderId, billId);
    if (part === null) throw new Error(`${refund.refundNo} gives back what was never settled`);
    const { backFen } = await this.refunds.ofBillPart(tx, orderId, billId);
    // This refund is among those that succeeded by now.
    return splitRefund({ ...part, refundedFen: backFen - amountFen }, amountFen);
  }

  /** The payment of the bill is undone; its settlement is history, so that another order may pay it. */
  private async openBill(tx: Transaction, refund: StoredRefund): Promise<void> {
    const share = await this.shareOf(tx, refund);
    const { orderId, billId } = refund;
    if (orderId === null || billId === null) return;
    if (!(await this.bills.refund(tx, { billId, ...share })))
      throw new Error(`${refund.refundNo} gives back more than its bill was paid`);
    const booked = await this.inBooks(tx, refund, [{ from: 'BILL', billId, ...share }]);
    await this.ledger.post(tx, refundRequested(booked), refundSucceeded(booked));
    await tx.run(
      `INSERT INTO refunded_settlements (bill_id, order_id, principal_fen, late_fee_fen, settled_at, refunded_at)
       SELECT bill_id, order_id, principal_fen, late_fee_fen, settled_at, ? FROM bill_settlements
       WHERE bill_id = ? AND order_id = ?`,
      [this.clock.now(), billId, orderId],
    );
    await tx.run('DELETE FROM bill_settlements WHERE bill_id = ? AND order_id = ?', [billId, orderId]);
  }

  private async moveOrder(tx: Transaction, orderId: string, refund: StoredRefund): Promise<void> {
    const order = await this.orders.ofEstate(tx, refund.estateId, orderId);
    if (order === null) return;
    const others = await this.refunds.ofTransaction(tx, refund.transactionId);
    const backFen = others
      .filter(({ state }) => state === 'SUCCEEDED')
      .reduce((sum, { amountFen }) => sum + amountFen, 0);
    const event = backFen === order.amountFen ? 'REFUND_ALL' : 'REFUND_PART';
    const next = PAYMENT_MACHINE.next(order.state, event, 'SYSTEM', ['VERIFIED']);
    if (!next.ok) return;
    await this.orders.move(tx, order, next.value, { at: this.clock.now() });
    if (event === 'REFUND_ALL')
      await tx.run("UPDATE receipts SET state = 'VOIDED' WHERE order_id = ?", [orderId]);
  }

  /** Whether it gives back the order's own payment, and not a second one that came under its number. */
  private async isOfOrder(
    tx: Transaction,
    { orderId, estateId, transactionId }: StoredRefund,
  ): Promise<boolean> {
    const order = orderId === null ? null : await this.orders.ofEstate(tx, estateId, orderId);
    return order?.transactionId === transactionId;
  }
}

/** From which account the money goes back, where it is not the payment of a bill that is undone. */
function partsOf({ subject, billId, amountFen }: StoredRefund): RefundPart[] {
  if (subject === 'CREDIT') return [{ from: 'CREDIT', amountFen }];
  if (subject === 'QUARANTINE') return [{ from: 'SUSPENSE', amountFen }];
  return billId === null ? [] : [{ from: 'INCOME', billId, amountFen }];
}
