import { Inject, Injectable, Logger } from '@nestjs/common';
import {
  PAYMENT_MACHINE,
  mismatchOf,
  type CreditReason,
  type GatewayPayment,
  type QuarantineReason,
} from '@linli/shared/fees';
import { yuanText } from '@linli/shared/kernel';
import { type Book, paymentCredited, paymentQuarantined, paymentSettled } from '@linli/shared/ledger';
import { Audit } from '../../kernel/audit/audit.ts';
import { Clock } from '../../kernel/clock/clock.ts';
import { Database, type Transaction } from '../../kernel/database/index.ts';
import { Ids } from '../../kernel/ids/ids.ts';
import type { PayReport } from '../../wechat/pay.port.ts';
import { BillsRepository, type BillPart } from '../fees/index.ts';
import { PersonsRepository } from '../identity/index.ts';
import { Ledger } from '../ledger/index.ts';
import { InboxService } from '../notifications/index.ts';
import { OrdersRepository, PENDING_STATES, type StoredOrder } from './orders.repository.ts';
import { ReceiptsService } from './receipts.service.ts';

/** What became of a payment. RACE: somebody else moved the order meanwhile; look again. */
export type Settlement = 'SETTLED' | 'KNOWN' | 'CREDITED' | 'QUARANTINED' | 'RACE';

const ATTEMPTS = 5;
const MONEY_TO_CHECK = '付款待核对';

/**
 * Books what the gateway says was paid: by callback or by query, once or ten times, in any order, the outcome is the
 * same. Bill, receipt and order change in one transaction; what does not fit is set aside or credited, never dropped.
 */
@Injectable()
export class SettleService {
  private readonly log = new Logger('Payments');

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(InboxService) private readonly inbox: InboxService,
    @Inject(PersonsRepository) private readonly persons: PersonsRepository,
    @Inject(BillsRepository) private readonly bills: BillsRepository,
    @Inject(OrdersRepository) private readonly orders: OrdersRepository,
    @Inject(ReceiptsService) private readonly receipts: ReceiptsService,
    @Inject(Ledger) private readonly ledger: Ledger,
  ) {}

  /** `report` is verified; whether it is about an order of ours, and the right amount, is decided here. */
  async settle(report: PayReport): Promise<Settlement> {
    const payment: GatewayPayment = {
      ...report,
      payerIndex: this.persons.openidIndex(report.openid),
      paidAt: report.paidAt === 0 ? this.clock.now() : report.paidAt,
    };
    const known = await this.orders.byNo(this.database, payment.orderNo);
    if (known !== null) await this.receipts.openCounter(known.payeeId);
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const settlement = await this.database.transaction((tx) => this.settleIn(tx, payment));
      if (settlement !== 'RACE') return settlement;
    }
    throw new Error(`Order ${payment.orderNo} does not hold still`);
  }

  private async settleIn(tx: Transaction, payment: GatewayPayment): Promise<Settlement> {
    const order = await this.orders.byNo(tx, payment.orderNo);
    if (order === null) return this.quarantine(tx, null, payment, 'UNKNOWN_ORDER');
    if (order.transactionId === payment.transactionId) return 'KNOWN';
    if (await this.isSetAside(tx, payment)) return 'KNOWN';
    const mismatch = mismatchOf(order, payment);
    if (mismatch !== null) return this.setAside(tx, order, payment, mismatch);
    if (PENDING_STATES.includes(order.state)) return this.confirm(tx, order, payment);
    if (order.state === 'CLOSED') return this.arriveLate(tx, order, payment);
    return this.credit(tx, order, payment, payment.amountFen, 'ALREADY_PAID');
  }

  private async confirm(tx: Transaction, order: StoredOrder, payment: GatewayPayment): Promise<Settlement> {
    const next = PAYMENT_MACHINE.next(order.state, 'CONFIRM', 'SYSTEM', ['VERIFIED', 'AMOUNT_MATCHES']);
    if (!next.ok) throw new Error(`${order.orderNo} cannot be confirmed in ${order.state}`);
    const { transactionId, paidAt } = payment;
    if (!(await this.orders.move(tx, order, next.value, { at: this.clock.now(), transactionId, paidAt })))
      return 'RACE';
    const parts = await this.orders.partsOf(tx, order.id);
    const settled = await this.settleBills(tx, order, parts);
    // What could not be settled waits for this order no longer: a refund since then left more of it open.
    if (settled.length < parts.length) await this.release(tx, order, parts);
    await this.ledger.post(
      tx,
      paymentSettled({ ...placeOf(order), orderId: order.id, settled, occurredAt: paidAt }),
    );
    const settledFen = sumOf(settled);
    if (settledFen < payment.amountFen)
      await this.credit(tx, order, payment, payment.amountFen - settledFen, 'ALREADY_PAID');
    if (settled.length > 0) await this.giveReceipt(tx, order, payment, settled);
    await this.audit.record(tx, 'SYSTEM', {
      action: 'PAYMENT.SETTLED',
      estateId: order.estateId,
      subjectType: 'PAY_ORDER',
      subjectId: order.orderNo,
      before: { state: order.state },
      after: { state: next.value, amountFen: payment.amountFen, settledFen, transactionId },
    });
    return settled.length > 0 ? 'SETTLED' : 'CREDITED';
  }

  /** Books the parts whose bills are still open. */
  private async settleBills(
    tx: Transaction,
    order: StoredOrder,
    parts: readonly BillPart[],
  ): Promise<BillPart[]> {
    const now = this.clock.now();
    const settled: BillPart[] = [];
    for (const part of parts) if (await this.bills.settle(tx, part, now)) settled.push(part);
    await tx.insert(
      'bill_settlements',
      ...settled.map(({ billId, principalFen, lateFeeFen }) => ({
        bill_id: billId,
        order_id: order.id,
        principal_fen: principalFen,
        late_fee_fen: lateFeeFen,
        settled_at: now,
      })),
    );
    return settled;
  }

  private async giveReceipt(
    tx: Transaction,
    order: StoredOrder,
    { transactionId, paidAt }: GatewayPayment,
    settled: readonly BillPart[],
  ): Promise<void> {
    const [bill] = await this.bills.byIds(
      tx,
      settled.map(({ billId }) => billId),
    );
    const amountFen = sumOf(settled);
    const unitName = bill?.unitName ?? '';
    const receiptId = await this.receipts.issue(tx, { order, unitName, amountFen, transactionId, paidAt });
    await tx.run('UPDATE pay_orders SET receipt_id = ? WHERE id = ?', [receiptId, order.id]);
    await this.inbox.post(tx, {
      to: [order.personId],
      estateId: order.estateId,
      kind: 'PAYMENT',
      title: '缴费成功',
      body: `${unitName} 已缴 ${yuanText(amountFen)} 元，收据已开好。`,
      link: `/packages/payments/pages/receipt/index?id=${receiptId}`,
    });
  }

  /** Success after we closed: the money is there and is owed back or kept for the next bill. */
  private async arriveLate(
    tx: Transaction,
    order: StoredOrder,
    payment: GatewayPayment,
  ): Promise<Settlement> {
    const next = PAYMENT_MACHINE.next(order.state, 'LATE_SUCCESS', 'SYSTEM', ['VERIFIED', 'AMOUNT_MATCHES']);
    if (!next.ok) throw new Error(`${order.orderNo} cannot be late in ${order.state}`);
    const { transactionId, paidAt } = payment;
    if (!(await this.orders.move(tx, order, next.value, { at: this.clock.now(), transactionId, paidAt })))
      return 'RACE';
    return this.credit(tx, order, payment, payment.amountFen, 'LATE_SUCCESS');
  }

  private async credit(
    tx: Transaction,
    order: StoredOrder,
    { transactionId, paidAt }: GatewayPayment,
    amountFen: number,
    reason: CreditReason,
  ): Promise<Settlement> {
    const known = await tx.row(
      'SELECT 1 AS found FROM pay_credits WHERE order_id = ? AND transaction_id = ?',
      [order.id, transactionId],
    );
    if (known !== null) return 'KNOWN';
    const creditId = this.ids.next();
    await tx.insert('pay_credits', {
      id: creditId,
      estate_id: order.estateId,
      unit_id: order.unitId,
      person_id: order.personId,
      order_id: order.id,
      ledger: order.ledger,
      transaction_id: transactionId,
      reason,
      amount_fen: amountFen,
      left_fen: amountFen,
      paid_at: paidAt,
      created_at: this.clock.now(),
    });
    const credited = { creditId, orderId: order.id, transactionId, amountFen, occurredAt: paidAt };
    await this.ledger.post(tx, paymentCredited({ ...placeOf(order), ...credited }));
    await this.audit.record(tx, 'SYSTEM', {
      action: 'PAYMENT.CREDITED',
      estateId: order.estateId,
      subjectType: 'PAY_ORDER',
      subjectId: order.orderNo,
      after: { reason, amountFen, transactionId },
    });
    await this.tellOfMoney(
      tx,
      order,
      `多付的 ${yuanText(amountFen)} 元已经记下，可以退回，也可以留着抵下一张账单。`,
    );
    return 'CREDITED';
  }

  /** Not the amount, payer or merchant that was ordered: the bills stay open, a person has to look. */
  private async setAside(
    tx: Transaction,
    order: StoredOrder,
    payment: GatewayPayment,
    reason: QuarantineReason,
  ): Promise<Settlement> {
    const next = PAYMENT_MACHINE.next(order.state, 'MISMATCH', 'SYSTEM', ['VERIFIED']);
    if (next.ok) {
      if (!(await this.orders.move(tx, order, next.value, { at: this.clock.now() }))) return 'RACE';
      await this.release(tx, order, await this.orders.partsOf(tx, order.id));
    }
    return this.quarantine(tx, order, payment, reason);
  }

  private release(tx: Transaction, order: StoredOrder, parts: readonly BillPart[]): Promise<void> {
    return this.bills.release(
      tx,
      parts.map(({ billId }) => billId),
      order.orderNo,
    );
  }

  private async quarantine(
    tx: Transaction,
    order: StoredOrder | null,
    payment: GatewayPayment,
    reason: QuarantineReason,
  ): Promise<Settlement> {
    if (order === null && (await this.isSetAside(tx, payment))) return 'KNOWN';
    const { orderNo, transactionId } = payment;
    const served = order === null ? await this.estatesOf(tx, payment.mchId) : [order.estateId];
    // Money for an order that nobody knows is the one estate's that its merchant number serves, or nobody's.
    const [estateId = null] = served.length === 1 ? served : [];
    const quarantineId = this.ids.next();
    await tx.insert('pay_quarantine', {
      id: quarantineId,
      estate_id: estateId,
      order_id: order?.id ?? null,
      order_no: orderNo,
      transaction_id: transactionId,
      reason,
      expected_fen: order?.amountFen ?? null,
      received_fen: payment.amountFen,
      mch_id: payment.mchId.slice(0, 32),
      paid_at: payment.paidAt,
      created_at: this.clock.now(),
    });
    await this.ledger.post(
      tx,
      paymentQuarantined({
        quarantineId,
        estateId,
        book: order?.ledger ?? (await this.bookOf(tx, payment.mchId)),
        orderId: order?.id ?? null,
        orderNo,
        transactionId,
        receivedFen: payment.amountFen,
        occurredAt: payment.paidAt,
      }),
    );
    await this.audit.record(tx, 'SYSTEM', {
      action: 'PAYMENT.QUARANTINED',
      estateId,
      subjectType: 'PAY_ORDER',
      subjectId: orderNo.slice(0, 60),
      after: { reason, receivedFen: payment.amountFen, transactionId },
    });
    this.log.error(`payment ${transactionId} for ${orderNo} is set aside: ${reason}`);
    if (order !== null)
      await this.tellOfMoney(tx, order, '有一笔付款和订单对不上，正在核对，账单先保持原样。');
    else for (const place of served) await this.tellDesk(tx, place, '有一笔钱对不上任何订单，请核对。', null);
    return 'QUARANTINED';
  }

  private async estatesOf(tx: Transaction, mchId: string): Promise<string[]> {
    const payees = await tx.rows<{ estate_id: string }>('SELECT estate_id FROM payees WHERE mch_id = ?', [
      mchId,
    ]);
    return payees.map((payee) => payee.estate_id);
  }

  /** The book of the merchant number that the money came to, where there is no order to tell. */
  private async bookOf(tx: Transaction, mchId: string): Promise<Book> {
    const merchant = await tx.row<{ ledger: Book }>('SELECT ledger FROM merchants WHERE mch_id = ?', [mchId]);
    return merchant?.ledger ?? 'PROPERTY_FEE';
  }

  private async isSetAside(tx: Transaction, { orderNo, transactionId }: GatewayPayment): Promise<boolean> {
    const row = await tx.row(
      'SELECT 1 AS found FROM pay_quarantine WHERE order_no = ? AND transaction_id = ?',
      [orderNo, transactionId],
    );
    return row !== null;
  }

  private async tellOfMoney(tx: Transaction, order: StoredOrder, body: string): Promise<void> {
    const { estateId, personId, orderNo } = order;
    await this.inbox.post(tx, {
      to: [personId],
      estateId,
      kind: 'PAYMENT',
      title: MONEY_TO_CHECK,
      body,
      link: '/packages/payments/pages/refunds/index',
    });
    await this.tellDesk(tx, estateId, `订单 ${orderNo} 有一笔钱要核对。`, personId);
  }

  private async tellDesk(tx: Transaction, estateId: string, body: string, but: string | null): Promise<void> {
    const managers = await this.inbox.staffOf(tx, estateId, ['COMPANY_MANAGER']);
    await this.inbox.post(tx, {
      to: managers.filter((personId) => personId !== but),
      estateId,
      kind: 'PAYMENT',
      title: MONEY_TO_CHECK,
      body,
      link: '/packages/workbench-fees/pages/refunds/index',
    });
  }
}

function placeOf({ estateId, unitId, ledger }: StoredOrder) {
  return { estateId, unitId, book: ledger };
}

function sumOf(parts: readonly BillPart[]): number {
  return parts.reduce((sum, { principalFen, lateFeeFen }) => sum + principalFen + lateFeeFen, 0);
}
