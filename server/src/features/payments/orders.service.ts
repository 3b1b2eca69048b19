import { Inject, Injectable } from '@nestjs/common';
import {
  FEE_LIMITS,
  LEDGER_LABELS,
  PAYMENT_MACHINE,
  QUERY_SCHEDULE_MS,
  type CreatePayOrderRequest,
  type FeeActor,
  type PayChannel,
  type PayInstruction,
  type PayOrder,
} from '@linli/shared/fees';
import { MINUTE_MS, formatMonth, shanghaiDate } from '@linli/shared/kernel';
import type { Caller } from '../../kernel/access/index.ts';
import { Audit } from '../../kernel/audit/audit.ts';
import { Clock } from '../../kernel/clock/clock.ts';
import { Database, type Transaction } from '../../kernel/database/index.ts';
import { refuse } from '../../kernel/errors/refused.ts';
import { Idempotency } from '../../kernel/idempotency/idempotency.ts';
import { Ids } from '../../kernel/ids/ids.ts';
import { Jobs } from '../../kernel/jobs/jobs.ts';
import { PayPort, PayUnknown, type PayReport } from '../../wechat/pay.port.ts';
import {
  BillableUnitsRepository,
  BillsRepository,
  owedFor,
  PAYING_RESIDENTS,
  type StoredBill,
} from '../fees/index.ts';
import { PersonsRepository } from '../identity/index.ts';
import { orderNoOf } from './order-no.ts';
import { OrdersRepository, PENDING_STATES, type StoredOrder } from './orders.repository.ts';
import { EXPIRE_JOB, QUERY_JOB, type ExpireJob, type QueryJob } from './payment-jobs.ts';
import { PayeesService } from './payees.service.ts';
import { SettleService } from './settle.service.ts';

/** A page that waits for the callback asks as often as it likes; the gateway is asked this often. */
const ASK_EVERY_MS = 3_000;
const DESCRIPTION_MAX = 120;

/** Payment orders: placed once, paid once, closed once. */
@Injectable()
export class PayOrdersService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(Jobs) private readonly jobs: Jobs,
    @Inject(Idempotency) private readonly idempotency: Idempotency,
    @Inject(PayPort) private readonly gateway: PayPort,
    @Inject(PersonsRepository) private readonly persons: PersonsRepository,
    @Inject(BillableUnitsRepository) private readonly units: BillableUnitsRepository,
    @Inject(BillsRepository) private readonly bills: BillsRepository,
    @Inject(OrdersRepository) private readonly orders: OrdersRepository,
    @Inject(PayeesService) private readonly payees: PayeesService,
    @Inject(SettleService) private readonly settling: SettleService,
  ) {}

  /**
   * The order is stored, with its number, before the gateway hears of it; so whatever happens in between, the same
   * request goes on with the same order. A second tap, with a new key even, finds it too.
   */
  async create(caller: Caller, request: CreatePayOrderRequest, key: string): Promise<PayOrder> {
    const payer = await this.payerOf(caller, request.channel);
    await this.endOverdue(caller, request.billIds);
    const action = { personId: caller.personId, key, useCase: 'payments.order', body: request };
    const { orderNo } = await this.idempotency.once(action, async (tx) => ({
      orderNo: await this.orderFor(tx, caller, request, payer.openid),
    }));
    const order = await this.orders.ofPerson(this.database, caller.personId, orderNo);
    if (order === null) throw refuse('NOT_FOUND');
    return this.toView(await this.prepaid(order, payer.openid), request.channel);
  }

  /** The order as it stands; asks the gateway where the callback is late. */
  async view(caller: Caller, orderNo: string): Promise<PayOrder> {
    const order = await this.mine(caller, orderNo);
    if (!PENDING_STATES.includes(order.state)) return this.toView(order, order.channel);
    const now = this.clock.now();
    const late = now - order.askedAt >= ASK_EVERY_MS;
    if (late && (await this.database.transaction((tx) => this.orders.mayAsk(tx, order, now, ASK_EVERY_MS))))
      await this.ask(orderNo).catch(ignoreUnknown);
    return this.toView(await this.mine(caller, orderNo), order.channel);
  }

  async cancel(caller: Caller, orderNo: string): Promise<PayOrder> {
    const order = await this.mine(caller, orderNo);
    if (PENDING_STATES.includes(order.state)) {
      try {
        await this.close(order, 'PAYER', caller);
      } catch (error) {
        if (error instanceof PayUnknown) throw refuse('FEES.GATEWAY');
        throw error;
      }
    }
    return this.toView(await this.mine(caller, orderNo), order.channel);
  }

  /** 查单: asks what became of the order and books it. Answers whether it is still open. Throws where nobody knows. */
  async ask(orderNo: string): Promise<boolean> {
    const order = await this.orders.byNo(this.database, orderNo);
    if (order === null || !PENDING_STATES.includes(order.state)) return false;
    const report = await this.gateway.query(order);
    if (report.state !== 'SUCCESS') return true;
    await this.settling.settle(report);
    return false;
  }

  /** A merchant's trade bill tells of a payment that we do not have: asked about whatever became of the order here. */
  async recover(mchId: string, orderNo: string): Promise<void> {
    if ((await this.orders.byNo(this.database, orderNo)) === null) return;
    const report = await this.gateway.query({ mchId, orderNo });
    if (report.state === 'SUCCESS') await this.settling.settle(report);
  }

  /** Its time is over: ask first, then close. */
  async expire(orderNo: string): Promise<void> {
    const order = await this.orders.byNo(this.database, orderNo);
    if (order !== null && PENDING_STATES.includes(order.state)) await this.close(order, 'SYSTEM', null);
  }

  /**
   * An order whose time is over may still hold these bills: nobody could reach the gateway since. Before whoever may
   * pay them is told to wait, it is asked about and closed; paid after all, it is booked.
   */
  private async endOverdue(caller: Caller, billIds: readonly string[]): Promise<void> {
    const bills = await this.bills.byIds(this.database, billIds);
    const holding = new Set(bills.filter((bill) => isMine(caller, bill)).map((bill) => bill.pendingOrderNo));
    for (const orderNo of holding) {
      const order = orderNo === null ? null : await this.orders.byNo(this.database, orderNo);
      const now = this.clock.now();
      if (order === null || order.expiresAt > now) continue;
      if (await this.database.transaction((tx) => this.orders.mayAsk(tx, order, now, ASK_EVERY_MS)))
        await this.expire(order.orderNo).catch(ignoreUnknown);
    }
  }

  private async close(order: StoredOrder, by: FeeActor, caller: Caller | null): Promise<void> {
    // A refusal here may mean that the gateway never heard of the order; closing tells for sure.
    const before = await this.gateway.query(order).catch(ignoreUnknown);
    if (before?.state === 'SUCCESS') return this.book(before);
    // Closed there already: the answer to our closing it was lost.
    const closed = before?.state === 'CLOSED' ? 'CLOSED' : await this.gateway.close(order);
    if (closed === 'PAID') return this.book(await this.gateway.query(order));
    const next = PAYMENT_MACHINE.next(order.state, 'CLOSE', by, ['GATEWAY_CLOSED']);
    if (!next.ok) return;
    await this.database.transaction(async (tx) => {
      const current = await this.orders.byNo(tx, order.orderNo);
      if (current === null || !PENDING_STATES.includes(current.state)) return;
      if (!(await this.orders.move(tx, current, next.value, { at: this.clock.now() }))) return;
      const parts = await this.orders.partsOf(tx, order.id);
      await this.bills.release(
        tx,
        parts.map(({ billId }) => billId),
        order.orderNo,
      );
      await this.audit.record(tx, caller ?? 'SYSTEM', {
        action: 'PAYMENT.CLOSED',
        estateId: order.estateId,
        subjectType: 'PAY_ORDER',
        subjectId: order.orderNo,
        before: { state: current.state },
        after: { state: next.value },
      });
    });
  }

  private async book(report: PayReport): Promise<void> {
    if (report.state !== 'SUCCESS') throw new PayUnknown(`${report.orderNo} is neither paid nor closed`);
    await this.settling.settle(report);
  }

  /** The number of the order that pays these bills: the one under way, or a new one. */
  private async orderFor(
    tx: Transaction,
    caller: Caller,
    request: CreatePayOrderRequest,
    openid: string,
  ): Promise<string> {
    const bills = await this.bills.byIds(tx, request.billIds);
    const first = refuseUnpayable(caller, bills, request);
    const underWay = await this.underWay(tx, caller, bills);
    if (underWay !== null) return underWay;
    const terms = await this.units.terms(tx, first.estateId);
    const parts = owedFor(bills, terms, shanghaiDate(this.clock.now()));
    const amountFen = parts.reduce((sum, { principalFen, lateFeeFen }) => sum + principalFen + lateFeeFen, 0);
    if (amountFen !== request.amountFen) throw refuse('FEES.ORDER_AMOUNT_CHANGED');
    const payee = await this.payees.of(tx, first.estateId, first.ledger);
    const merchant = payee === null ? null : this.gateway.merchant(payee.mchId);
    if (payee === null || merchant === null) throw refuse('FEES.PAYEE_MISSING');

    const id = this.ids.next();
    const orderNo = orderNoOf(id);
    // First of all writes: whoever comes second waits here and then sees that the bills are taken.
    if (!(await this.bills.reserve(tx, parts, orderNo))) throw refuse('FEES.ORDER_PENDING');
    const now = this.clock.now();
    const expiresAt = now + FEE_LIMITS.orderMinutes * MINUTE_MS;
    const order = {
      id,
      orderNo,
      estateId: first.estateId,
      unitId: first.unitId,
      personId: caller.personId,
      payeeId: payee.id,
      ledger: first.ledger,
      channel: request.channel,
      mchId: merchant.mchId,
      appId: merchant.appId,
      payerIndex: this.persons.openidIndex(openid),
      amountFen,
      description: describe(bills),
      expiresAt,
    };
    await this.orders.add(tx, order, parts, now);
    await this.watch(tx, orderNo, now, expiresAt);
    await this.audit.record(tx, caller, {
      action: 'PAYMENT.ORDERED',
      estateId: first.estateId,
      subjectType: 'PAY_ORDER',
      subjectId: orderNo,
      after: { amountFen, bills: request.billIds },
    });
    return orderNo;
  }

  private async watch(tx: Transaction, orderNo: string, now: number, expiresAt: number): Promise<void> {
    await this.jobs.enqueue(tx, {
      kind: QUERY_JOB,
      payload: { orderNo, orderedAt: now, turn: 0 } satisfies QueryJob,
      runAt: now + QUERY_SCHEDULE_MS[0],
      dedupeKey: `${QUERY_JOB}:${orderNo}:0`,
    });
    await this.jobs.enqueue(tx, {
      kind: EXPIRE_JOB,
      payload: { orderNo } satisfies ExpireJob,
      runAt: expiresAt,
      dedupeKey: `${EXPIRE_JOB}:${orderNo}`,
    });
  }

  /** The caller's own order of exactly these bills, while it may still be paid. */
  private async underWay(
    tx: Transaction,
    caller: Caller,
    bills: readonly StoredBill[],
  ): Promise<string | null> {
    const taken = [...new Set(bills.map(({ pendingOrderNo }) => pendingOrderNo))];
    const [orderNo] = taken;
    if (taken.every((number) => number === null)) return null;
    if (taken.length > 1 || orderNo === null || orderNo === undefined) throw refuse('FEES.ORDER_PENDING');
    const order = await this.orders.ofPerson(tx, caller.personId, orderNo);
    if (order === null || order.expiresAt <= this.clock.now()) throw refuse('FEES.ORDER_PENDING');
    const parts = await this.orders.partsOf(tx, order.id);
    if (parts.length !== bills.length) throw refuse('FEES.ORDER_PENDING');
    return orderNo;
  }

  /** With the gateway's prepay id: asked for until there is one, and not again after. */
  private async prepaid(order: StoredOrder, openid: string): Promise<StoredOrder> {
    if (order.state !== 'CREATED') return order;
    try {
      const prepayId = await this.gateway.prepay({ ...order, openid });
      await this.database.transaction((tx) =>
        this.orders.setPrepaid(tx, order.id, prepayId, this.clock.now()),
      );
    } catch (error) {
      if (error instanceof PayUnknown) throw refuse('FEES.GATEWAY');
      throw error;
    }
    return (await this.orders.byNo(this.database, order.orderNo)) ?? order;
  }

  private async payerOf(caller: Caller, channel: PayChannel): Promise<{ readonly openid: string }> {
    if (this.gateway.merchants().length === 0) throw refuse('FEES.PAYEE_MISSING');
    const person = await this.persons.byId(this.database, caller.personId);
    const openid = this.gateway.payerOf(caller.personId, person?.openid ?? null);
    const reachable = channel === 'WEAPP' || this.gateway.hasCashier();
    if (openid === null || !reachable) throw refuse('FEES.OPENID_MISSING');
    return { openid };
  }

  private async mine(caller: Caller, orderNo: string): Promise<StoredOrder> {
    const order = await this.orders.ofPerson(this.database, caller.personId, orderNo);
    if (order === null) throw refuse('NOT_FOUND');
    return order;
  }

  private async toView(order: StoredOrder, channel: PayChannel): Promise<PayOrder> {
    const [parts, payeeName] = await Promise.all([
      this.orders.partsOf(this.database, order.id),
      this.payees.holderName(this.database, order.payeeId),
    ]);
    return {
      orderNo: order.orderNo,
      state: order.state,
      amountFen: order.amountFen,
      ledger: order.ledger,
      payeeName,
      expiresAt: order.expiresAt,
      billIds: parts.map(({ billId }) => billId),
      pay: this.instruction(order, channel),
      receiptId: order.receiptId,
    };
  }

  private instruction(
    { mchId, state, prepayId, expiresAt }: StoredOrder,
    channel: PayChannel,
  ): PayInstruction | null {
    if (state !== 'PREPAID' || prepayId === null || expiresAt <= this.clock.now()) return null;
    if (channel === 'WEAPP') return { kind: 'WEAPP', ...this.gateway.parameters(mchId, prepayId) };
    const url = this.gateway.cashier(mchId, prepayId);
    return url === null ? null : { kind: 'CASHIER', url };
  }
}

function isMine(caller: Caller, { payer, estateId, unitId }: StoredBill): boolean {
  return payer === 'OWNER' && caller.unitsIn(estateId, PAYING_RESIDENTS).includes(unitId);
}

/** Refuses what cannot be paid together by this person; answers the first bill. */
function refuseUnpayable(
  caller: Caller,
  bills: readonly StoredBill[],
  { billIds }: CreatePayOrderRequest,
): StoredBill {
  const [first] = bills;
  if (billIds.length === 0) throw refuse('FEES.ORDER_EMPTY');
  // Whose bill it is, and whether it exists at all, is nobody else's business.
  if (first === undefined || bills.length !== billIds.length || !bills.every((bill) => isMine(caller, bill)))
    throw refuse('FEES.BILL_NOT_YOURS');
  if (bills.some(({ state }) => state === 'CANCELLED')) throw refuse('FEES.BILL_CANCELLED');
  if (bills.some(({ state }) => state === 'PAID')) throw refuse('FEES.BILL_PAID');
  if (bills.some(({ ledger }) => ledger !== first.ledger)) throw refuse('FEES.ORDER_MIXED_LEDGERS');
  if (bills.some(({ unitId }) => unitId !== first.unitId)) throw refuse('FEES.ORDER_MIXED_PAYERS');
  return first;
}

/** 1号楼 1单元 101 物业费 2026年11月等 3 期 */
function describe(bills: readonly StoredBill[]): string {
  const [first] = bills;
  if (first === undefined) return '';
  const months = `${formatMonth(first.month)}${bills.length > 1 ? `等 ${bills.length} 期` : ''}`;
  return `${first.unitName} ${LEDGER_LABELS[first.ledger]} ${months}`.slice(0, DESCRIPTION_MAX);
}

function ignoreUnknown(error: unknown): null {
  if (error instanceof PayUnknown) return null;
  throw error;
}
