import { Inject, Injectable, Logger } from '@nestjs/common';
import { Clock } from '../../kernel/clock/clock.ts';
import { FieldCipher } from '../../kernel/crypto/index.ts';
import { Database, violates } from '../../kernel/database/index.ts';
import { refuse } from '../../kernel/errors/refused.ts';
import { Ids } from '../../kernel/ids/ids.ts';
import { Jobs } from '../../kernel/jobs/jobs.ts';
import { PayPort, type PayReport, type RefundReport } from '../../wechat/pay.port.ts';
import { NOTICE_JOB, type NoticeJob } from './payment-jobs.ts';
import { SendRefundsService } from './refunds/send-refunds.service.ts';
import { SettleService } from './settle.service.ts';

const PAID_EVENT = 'TRANSACTION.SUCCESS';
const REFUND_EVENTS = 'REFUND.';

const sealedAt = (rowId: string) => ({ table: 'pay_notices', column: 'outcome_sealed', rowId });

/**
 * WeChat's callbacks: verified, stored, answered; booked after that by a job. An answer before the commit could lose
 * money to a crash, and booking before the answer could be too slow for WeChat.
 */
@Injectable()
export class NoticesService {
  private readonly log = new Logger('Payments');

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
    @Inject(FieldCipher) private readonly cipher: FieldCipher,
    @Inject(Jobs) private readonly jobs: Jobs,
    @Inject(PayPort) private readonly gateway: PayPort,
    @Inject(SettleService) private readonly settling: SettleService,
    @Inject(SendRefundsService) private readonly refunds: SendRefundsService,
  ) {}

  /** Throws what is not genuine; a repeat is accepted and changes nothing. */
  async receive(headers: Readonly<Record<string, unknown>>, body: Buffer): Promise<void> {
    if (this.gateway.merchants().length === 0) throw refuse('NOT_FOUND');
    const notice = this.gateway.readNotice(headers, body);
    if (typeof notice === 'string') {
      this.log.warn(`callback refused: ${notice}`);
      throw refuse('FEES.CALLBACK_REFUSED');
    }
    const { noticeId, eventType, report } = notice;
    const id = this.ids.next();
    try {
      await this.database.transaction(async (tx) => {
        await tx.insert('pay_notices', {
          id,
          notice_id: noticeId,
          event_type: eventType.slice(0, 40),
          order_no: report.orderNo.slice(0, 64),
          outcome_sealed: this.cipher.seal(JSON.stringify(report), sealedAt(id)),
          received_at: this.clock.now(),
          handled_at: null,
        });
        await this.jobs.enqueue(tx, { kind: NOTICE_JOB, payload: { noticeId: id } satisfies NoticeJob });
      });
    } catch (error) {
      if (!violates(error, 'uq_pay_notices_notice')) throw error;
    }
  }

  async book(id: string): Promise<void> {
    const row = await this.database.row<{
      event_type: string;
      outcome_sealed: string;
      handled_at: number | null;
    }>('SELECT event_type, outcome_sealed, handled_at FROM pay_notices WHERE id = ?', [id]);
    if (row === null || row.handled_at !== null) return;
    await this.bookReport(row.event_type, JSON.parse(this.cipher.open(row.outcome_sealed, sealedAt(id))));
    await this.database.transaction((tx) =>
      tx.run('UPDATE pay_notices SET handled_at = ? WHERE id = ?', [this.clock.now(), id]),
    );
  }

  /** The event was read from the same envelope as the report, whose kind it tells. */
  private async bookReport(event: string, report: unknown): Promise<void> {
    if (event.startsWith(REFUND_EVENTS)) return this.refunds.told(report as RefundReport);
    const payment = report as PayReport;
    if (event === PAID_EVENT && payment.state === 'SUCCESS') await this.settling.settle(payment);
    else this.log.warn(`callback ${event} for ${payment.orderNo} is kept, not booked`);
  }
}
