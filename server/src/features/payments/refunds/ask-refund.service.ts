import { Inject, Injectable } from '@nestjs/common';
import {
  isOurMoney,
  isTooOld,
  REFUND_MACHINE,
  refundFaults,
  type AskedResponse,
  type AskRefundRequest,
  type DecisionRequest,
} from '@linli/shared/refunds';
import { yuanText } from '@linli/shared/kernel';
import type { Caller } from '../../../kernel/access/index.ts';
import { Audit, type Actor } from '../../../kernel/audit/audit.ts';
import { Clock } from '../../../kernel/clock/clock.ts';
import { Database, type Transaction } from '../../../kernel/database/index.ts';
import { refuse } from '../../../kernel/errors/refused.ts';
import { Idempotency } from '../../../kernel/idempotency/idempotency.ts';
import { Ids } from '../../../kernel/ids/ids.ts';
import { Jobs } from '../../../kernel/jobs/jobs.ts';
import { InboxService } from '../../notifications/index.ts';
import { OrdersRepository, type StoredOrder } from '../orders.repository.ts';
import { REFUND_JOB, type RefundJob } from '../payment-jobs.ts';
import { CreditsRepository, type StoredCredit } from './credits.repository.ts';
import { RefundEffects } from './refund-effects.ts';
import { refundNoOf, RefundsRepository, type StoredRefund } from './refunds.repository.ts';

/** The money that a refund takes back, as it lies there. */
type Source = Pick<
  StoredRefund,
  'ledger' | 'orderId' | 'billId' | 'unitId' | 'personId' | 'orderNo' | 'transactionId' | 'totalFen'
> & { readonly paidAt: number };

/** Refunds are asked for by one person and decided by another. What is asked for is held back from then on. */
@Injectable()
export class AskRefundService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(Jobs) private readonly jobs: Jobs,
    @Inject(Idempotency) private readonly idempotency: Idempotency,
    @Inject(InboxService) private readonly inbox: InboxService,
    @Inject(OrdersRepository) private readonly orders: OrdersRepository,
    @Inject(RefundsRepository) private readonly refunds: RefundsRepository,
    @Inject(CreditsRepository) private readonly credits: CreditsRepository,
    @Inject(RefundEffects) private readonly effects: RefundEffects,
  ) {}

  ask(caller: Caller, estateId: string, request: AskRefundRequest, key: string): Promise<AskedResponse> {
    const body = { estateId, ...request };
    const action = { personId: caller.personId, key, useCase: 'payments.refund', body };
    return this.idempotency.once(action, async (tx) => {
      const refund = await this.add(tx, caller.personId, estateId, request);
      await this.recorded(tx, caller, refund, 'ASKED');
      const staff = await this.inbox.staffOf(tx, estateId, ['COMPANY_MANAGER', 'COMPANY_CLERK']);
      await this.inbox.post(tx, {
        to: staff.filter((personId) => personId !== caller.personId),
        estateId,
        kind: 'PAYMENT',
        title: '退款待审批',
        body: `有一笔 ${yuanText(refund.amountFen)} 元的退款要另一个人审批。`,
        link: '/packages/workbench-fees/pages/refunds/index',
      });
      return { id: refund.id };
    });
  }

  /** Money that paid nothing goes back without anybody's leave: the payer wished it, or did not choose in time. */
  async giveBack(
    tx: Transaction,
    credit: StoredCredit,
    wishedBy: Caller | null,
    reason: string,
  ): Promise<string> {
    const refund = await this.add(tx, wishedBy?.personId ?? null, credit.estateId, {
      subject: 'CREDIT',
      subjectId: credit.id,
      billId: null,
      effect: 'NONE',
      amountFen: credit.leftFen,
      reason,
    });
    const next = REFUND_MACHINE.next(refund.state, 'APPROVE_BY_RULE', 'SYSTEM', ['MONEY_UNUSED']);
    if (!next.ok) throw refuse(next.error.code);
    await this.approved(tx, wishedBy ?? 'SYSTEM', refund, { decidedAt: this.clock.now() });
    return refund.id;
  }

  async decide(caller: Caller, estateId: string, id: string, decision: DecisionRequest): Promise<void> {
    await this.database.transaction(async (tx) => {
      const refund = await this.found(tx, estateId, id);
      if (refund.askedBy === caller.personId) throw refuse('REFUND.SAME_PERSON');
      const event = decision.approve ? 'APPROVE' : 'REJECT';
      const next = REFUND_MACHINE.next(refund.state, event, 'COMPANY', ['SECOND_PERSON', 'REASON']);
      if (!next.ok) throw refuse('REFUND.DECIDED');
      // It was asked for in time; sent now, it would be asked for for ever.
      if (decision.approve && isTooOld(await this.paidAt(tx, refund), this.clock.now()))
        throw refuse('REFUND.TOO_LATE');
      const facts = { decidedBy: caller.personId, decidedAt: this.clock.now(), note: decision.note };
      if (decision.approve) return this.approved(tx, caller, refund, facts);
      if (!(await this.refunds.move(tx, refund, next.value, { ...facts, endedAt: facts.decidedAt })))
        throw refuse('REFUND.DECIDED');
      await this.effects.letGo(tx, refund);
      await this.recorded(tx, caller, refund, 'REJECTED');
    });
  }

  async withdraw(caller: Caller, estateId: string, id: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      const refund = await this.found(tx, estateId, id);
      if (refund.askedBy !== caller.personId) throw refuse('REFUND.NOT_YOURS');
      const next = REFUND_MACHINE.next(refund.state, 'WITHDRAW', 'ASKER');
      const endedAt = this.clock.now();
      if (!next.ok || !(await this.refunds.move(tx, refund, next.value, { endedAt })))
        throw refuse('REFUND.DECIDED');
      await this.effects.letGo(tx, refund);
      await this.recorded(tx, caller, refund, 'WITHDRAWN');
    });
  }

  /** The payer's account can take it again: out it goes under the same number. */
  async retry(caller: Caller, estateId: string, id: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      const refund = await this.found(tx, estateId, id);
      const next = REFUND_MACHINE.next(refund.state, 'RETRY', 'COMPANY');
      if (!next.ok || !(await this.refunds.sendAgain(tx, refund.id, this.clock.now())))
        throw refuse('REFUND.DECIDED');
      await this.send(tx, refund.refundNo);
      await this.recorded(tx, caller, refund, 'RETRIED');
    });
  }

  private async approved(
    tx: Transaction,
    actor: Actor,
    refund: StoredRefund,
    facts: { readonly decidedBy?: string; readonly decidedAt: number },
  ): Promise<void> {
    if (!(await this.refunds.move(tx, refund, 'APPROVED', facts))) throw refuse('REFUND.DECIDED');
    await this.effects.promised(tx, refund);
    await this.send(tx, refund.refundNo);
    await this.recorded(tx, actor, refund, 'APPROVED');
  }

  private send(tx: Transaction, refundNo: string): Promise<void> {
    return this.jobs.enqueue(tx, { kind: REFUND_JOB, payload: { refundNo } satisfies RefundJob });
  }

  private async found(tx: Transaction, estateId: string, id: string): Promise<StoredRefund> {
    const refund = await this.refunds.ofEstate(tx, estateId, id);
    if (refund === null) throw refuse('NOT_FOUND');
    return refund;
  }

  private async add(
    tx: Transaction,
    askedBy: string | null,
    estateId: string,
    request: AskRefundRequest,
  ): Promise<StoredRefund> {
    const { paidAt, ...source } = await this.hold(tx, estateId, request);
    const now = this.clock.now();
    const others = await this.refunds.ofTransaction(tx, source.transactionId);
    const [fault] = refundFaults(
      { paidFen: source.totalFen, paidAt, refunds: others },
      request.amountFen,
      now,
    );
    if (fault !== undefined) throw refuse(fault);
    const id = this.ids.next();
    const refund: StoredRefund = {
      ...source,
      id,
      refundNo: refundNoOf(id),
      estateId,
      subject: request.subject,
      subjectId: request.subjectId,
      effect: request.effect,
      amountFen: request.amountFen,
      reason: request.reason,
      state: REFUND_MACHINE.initial,
      askedBy,
      askedAt: now,
      decidedBy: null,
      decidedAt: null,
      note: '',
      sentAt: null,
      acceptedAt: null,
      endedAt: null,
      hint: '',
    };
    await this.refunds.add(tx, refund);
    return refund;
  }

  /** Finds the money and takes it out of reach of everybody else: whoever comes second finds less of it. */
  private hold(tx: Transaction, estateId: string, request: AskRefundRequest): Promise<Source> {
    if ((request.subject === 'PAYMENT') === (request.effect === 'NONE')) throw refuse('REFUND.OUTCOME');
    if (request.subject === 'PAYMENT') return this.holdPayment(tx, estateId, request);
    if (request.subject === 'CREDIT') return this.holdCredit(tx, estateId, request);
    return this.holdQuarantine(tx, estateId, request);
  }

  private async holdPayment(
    tx: Transaction,
    estateId: string,
    { subjectId, billId, amountFen }: AskRefundRequest,
  ): Promise<Source> {
    // The order's row is written first, so that two refunds of one payment see each other.
    if (!(await this.refunds.hold(tx, subjectId, amountFen))) throw refuse('REFUND.OVER_PAID');
    const order = await this.orders.ofEstate(tx, estateId, subjectId);
    if (order === null || billId === null) throw refuse('NOT_FOUND');
    const part = await this.effects.settledPart(tx, order.id, billId);
    if (part === null) throw refuse('REFUND.NOTHING_PAID');
    const { heldFen } = await this.refunds.ofBillPart(tx, order.id, billId);
    if (heldFen + amountFen > part.principalFen + part.lateFeeFen) throw refuse('REFUND.OVER_PAID');
    return { ...sourceOf(order), billId };
  }

  private async holdCredit(
    tx: Transaction,
    estateId: string,
    { subjectId, amountFen }: AskRefundRequest,
  ): Promise<Source> {
    const credit = await this.credits.credit(tx, subjectId);
    if (credit === null || credit.estateId !== estateId) throw refuse('NOT_FOUND');
    if (!(await this.credits.take(tx, subjectId, amountFen))) throw refuse('REFUND.CREDIT_GONE');
    const order = await this.orders.ofEstate(tx, estateId, credit.orderId);
    if (order === null) throw refuse('NOT_FOUND');
    // The second payment of one order is a payment of its own.
    if (order.transactionId !== credit.transactionId) {
      const { transactionId, paidAt, amountFen: totalFen } = credit;
      return { ...sourceOf(order), transactionId, paidAt, totalFen };
    }
    if (!(await this.refunds.hold(tx, order.id, amountFen))) throw refuse('REFUND.OVER_PAID');
    return sourceOf(order);
  }

  private async holdQuarantine(
    tx: Transaction,
    estateId: string,
    { subjectId, amountFen }: AskRefundRequest,
  ): Promise<Source> {
    const money = await this.credits.quarantine(tx, estateId, subjectId);
    if (money === null) throw refuse('NOT_FOUND');
    if (!isOurMoney(money.reason)) throw refuse('REFUND.NOT_OURS');
    if (amountFen !== money.receivedFen) throw refuse('REFUND.OVER_PAID');
    if (!(await this.credits.moveQuarantine(tx, money.id, 'OPEN', 'REFUNDING')))
      throw refuse('REFUND.DECIDED');
    const order = money.orderId === null ? null : await this.orders.ofEstate(tx, estateId, money.orderId);
    return {
      ledger: order?.ledger ?? (await this.credits.bookOf(tx, money.id)),
      orderId: money.orderId,
      billId: null,
      unitId: order?.unitId ?? null,
      personId: order?.personId ?? null,
      orderNo: money.orderNo,
      transactionId: money.transactionId,
      totalFen: money.receivedFen,
      paidAt: money.paidAt,
    };
  }

  /** When the money came that it gives back. */
  private async paidAt(tx: Transaction, { subject, subjectId, estateId }: StoredRefund): Promise<number> {
    if (subject === 'PAYMENT') return (await this.orders.ofEstate(tx, estateId, subjectId))?.paidAt ?? 0;
    const money =
      subject === 'CREDIT'
        ? await this.credits.credit(tx, subjectId)
        : await this.credits.quarantine(tx, estateId, subjectId);
    return money?.paidAt ?? 0;
  }

  private recorded(tx: Transaction, actor: Actor, refund: StoredRefund, step: string): Promise<void> {
    return this.audit.record(tx, actor, {
      action: `REFUND.${step}`,
      estateId: refund.estateId,
      subjectType: 'REFUND',
      subjectId: refund.id,
      before: { state: refund.state },
      after: { amountFen: refund.amountFen, orderNo: refund.orderNo, reason: refund.reason },
    });
  }
}

function sourceOf(order: StoredOrder): Source {
  return {
    ledger: order.ledger,
    orderId: order.id,
    billId: null,
    unitId: order.unitId,
    personId: order.personId,
    orderNo: order.orderNo,
    transactionId: order.transactionId ?? '',
    totalFen: order.amountFen,
    paidAt: order.paidAt ?? 0,
  };
}
