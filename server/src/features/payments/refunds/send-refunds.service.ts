import { Inject, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { HOUR_MS, yuanText } from '@linli/shared/kernel';
import {
  REFUND_LIMITS,
  REFUND_MACHINE,
  REFUND_QUERY_SCHEDULE_MS,
  refundReasonText,
  type RefundEvent,
} from '@linli/shared/refunds';
import { Audit } from '../../../kernel/audit/audit.ts';
import { Clock } from '../../../kernel/clock/clock.ts';
import { Database, type Transaction } from '../../../kernel/database/index.ts';
import { Jobs } from '../../../kernel/jobs/jobs.ts';
import { PayPort, PayUnknown, type RefundReport } from '../../../wechat/pay.port.ts';
import { InboxService } from '../../notifications/index.ts';
import { REFUND_JOB, REFUND_QUERY_JOB, type RefundJob, type RefundQueryJob } from '../payment-jobs.ts';
import { RefundEffects } from './refund-effects.ts';
import { RefundsRepository, type StoredRefund } from './refunds.repository.ts';

const EVENTS: Partial<Record<RefundReport['state'], RefundEvent>> = {
  SUCCESS: 'SUCCEED',
  ABNORMAL: 'FAIL',
  CLOSED: 'CLOSE',
};

/**
 * Sends approved refunds and follows them to their end. Whatever the gateway answers or fails to answer, the same
 * number is asked for again: it gives the money once.
 */
@Injectable()
export class SendRefundsService implements OnModuleInit {
  private readonly log = new Logger('Payments');

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(Jobs) private readonly jobs: Jobs,
    @Inject(PayPort) private readonly gateway: PayPort,
    @Inject(InboxService) private readonly inbox: InboxService,
    @Inject(RefundsRepository) private readonly refunds: RefundsRepository,
    @Inject(RefundEffects) private readonly effects: RefundEffects,
  ) {}

  onModuleInit(): void {
    this.jobs.handle(REFUND_JOB, ({ refundNo }: RefundJob) => this.send(refundNo), { untilDone: true });
    this.jobs.handle(REFUND_QUERY_JOB, (job: RefundQueryJob) => this.follow(job), { untilDone: true });
  }

  /** Asks what became of it, whatever the schedule says: a callback or the trade bill tells that it has moved. */
  async recover(refundNo: string): Promise<void> {
    const refund = await this.refunds.byNo(this.database, refundNo);
    if (refund?.state === 'SENT' || refund?.state === 'ABNORMAL') await this.apply(await this.query(refund));
  }

  /**
   * What the gateway says of a refund, verified. Success stands; that it failed is asked for again first, as an old
   * callback may overtake a newer try.
   */
  async told(report: RefundReport): Promise<void> {
    const refund = await this.refunds.byNo(this.database, report.refundNo);
    if (refund === null) return this.log.error(`a refund that nobody asked for: ${report.refundNo}`);
    if (report.state === 'SUCCESS' && fits(refund, report)) return this.apply(report);
    return this.recover(report.refundNo);
  }

  private async send(refundNo: string): Promise<void> {
    const refund = await this.refunds.byNo(this.database, refundNo);
    if (refund === null || (refund.state !== 'APPROVED' && refund.state !== 'SENT')) return;
    if (refund.state === 'APPROVED' && !(await this.begin(refund))) return;
    if (refund.state === 'SENT') await this.jobs.ensure(questionOf(refundNo, refund.sentAt ?? 0, 0));
    await this.ask(refund);
  }

  /** Stored as sent before the gateway hears of it. False where another refund of the payment has just gone out. */
  private begin(refund: StoredRefund): Promise<boolean> {
    return this.database.transaction(async (tx) => {
      const now = this.clock.now();
      const free = await this.freeFrom(tx, refund);
      if (free > now) {
        const payload = { refundNo: refund.refundNo } satisfies RefundJob;
        await this.jobs.enqueue(tx, { kind: REFUND_JOB, payload, runAt: free });
        return false;
      }
      const next = REFUND_MACHINE.next(refund.state, 'SEND', 'SYSTEM');
      if (!next.ok || !(await this.refunds.move(tx, refund, next.value, { sentAt: now }))) return false;
      await this.jobs.enqueue(tx, questionOf(refund.refundNo, now, 0));
      return true;
    });
  }

  private async freeFrom(tx: Transaction, refund: StoredRefund): Promise<number> {
    const others = await this.refunds.ofTransaction(tx, refund.transactionId);
    const sent = others.filter(({ id }) => id !== refund.id).map(({ sentAt }) => sentAt ?? 0);
    return Math.max(0, ...sent) + REFUND_LIMITS.apartMs;
  }

  private async ask(refund: StoredRefund): Promise<void> {
    await this.hear(refund, async () =>
      this.gateway.refund({
        mchId: await this.refunds.merchantOf(this.database, refund),
        refundNo: refund.refundNo,
        transactionId: refund.transactionId,
        amountFen: refund.amountFen,
        totalFen: refund.totalFen,
        reason: refundReasonText(refund.reason),
      }),
    );
  }

  /** One turn of the sweep. What the gateway never took is sent again. */
  private async follow(job: RefundQueryJob): Promise<void> {
    const refund = await this.refunds.byNo(this.database, job.refundNo);
    if (refund?.state !== 'SENT' || refund.sentAt !== job.sentAt) return;
    if (refund.acceptedAt === null) await this.ask(refund);
    else await this.hear(refund, () => this.query(refund));
    await this.jobs.ensure(questionOf(job.refundNo, job.sentAt, job.turn + 1));
  }

  private async query(refund: StoredRefund): Promise<RefundReport> {
    const mchId = await this.refunds.merchantOf(this.database, refund);
    return this.gateway.queryRefund({ mchId, refundNo: refund.refundNo });
  }

  private async hear(refund: StoredRefund, question: () => Promise<RefundReport>): Promise<void> {
    try {
      await this.apply(await question());
    } catch (error) {
      if (!(error instanceof PayUnknown)) throw error;
      this.log.warn(`refund ${refund.refundNo}: ${error.message}`);
      const hint = /"message":"([^"]{1,180})/.exec(error.message)?.[1] ?? '微信支付没有回应';
      await this.database.transaction((tx) =>
        this.refunds.heard(tx, refund.id, { refundId: '', acceptedAt: 0, hint }),
      );
    }
  }

  private async apply(report: RefundReport): Promise<void> {
    const heard = { refundId: report.refundId, acceptedAt: report.acceptedAt, hint: '' };
    await this.database.transaction(async (tx) => {
      const refund = await this.refunds.byNo(tx, report.refundNo);
      if (refund === null) return;
      if (!fits(refund, report)) {
        this.log.error(`refund ${refund.refundNo} is told with another amount or payment`);
        return this.refunds.heard(tx, refund.id, {
          refundId: '',
          acceptedAt: 0,
          hint: '微信说的金额或订单不符',
        });
      }
      await this.refunds.heard(tx, refund.id, heard);
      const event = EVENTS[report.state];
      const next =
        event === undefined ? null : REFUND_MACHINE.next(refund.state, event, 'SYSTEM', ['VERIFIED']);
      if (next?.ok !== true) return;
      const endedAt = report.succeededAt === 0 ? this.clock.now() : report.succeededAt;
      if (!(await this.refunds.move(tx, refund, next.value, { endedAt }))) return;
      if (next.value === 'SUCCEEDED') await this.effects.done(tx, refund);
      if (next.value === 'CLOSED') await this.effects.closed(tx, refund);
      await this.audit.record(tx, 'SYSTEM', {
        action: `REFUND.${next.value}`,
        estateId: refund.estateId,
        subjectType: 'REFUND',
        subjectId: refund.id,
        before: { state: refund.state },
        after: { state: next.value, refundId: report.refundId },
      });
      await this.tell(tx, refund, next.value === 'SUCCEEDED');
    });
  }

  private async tell(tx: Transaction, refund: StoredRefund, done: boolean): Promise<void> {
    const { estateId, amountFen, personId } = refund;
    const message = { estateId, kind: 'PAYMENT' as const };
    if (done && personId !== null)
      return this.inbox.post(tx, {
        ...message,
        to: [personId],
        title: '退款到账',
        body: `${yuanText(amountFen)} 元已经退回您付款的账户。`,
        link: '/packages/payments/pages/refunds/index',
      });
    if (done) return;
    await this.inbox.post(tx, {
      ...message,
      to: await this.inbox.staffOf(tx, estateId, ['COMPANY_MANAGER', 'COMPANY_CLERK']),
      title: '退款没有成功',
      body: `有一笔 ${yuanText(amountFen)} 元的退款没有成功，请到退款页处理。`,
      link: '/packages/workbench-fees/pages/refunds/index',
    });
  }
}

/** The word is about this refund, and of this much. */
function fits(refund: StoredRefund, report: RefundReport): boolean {
  return report.amountFen === refund.amountFen && report.transactionId === refund.transactionId;
}

/** The `turn`-th question about a refund: on the schedule at first, every hour when that is through. */
function questionOf(refundNo: string, sentAt: number, turn: number) {
  const last = REFUND_QUERY_SCHEDULE_MS.length - 1;
  const after = REFUND_QUERY_SCHEDULE_MS[Math.min(turn, last)] ?? 0;
  return {
    kind: REFUND_QUERY_JOB,
    payload: { refundNo, sentAt, turn } satisfies RefundQueryJob,
    runAt: sentAt + after + Math.max(0, turn - last) * HOUR_MS,
    dedupeKey: `${REFUND_QUERY_JOB}:${refundNo}:${sentAt}:${turn}`,
  };
}
