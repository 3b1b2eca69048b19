import { Inject, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { QUERY_SCHEDULE_MS } from '@linli/shared/fees';
import { Database } from '../../kernel/database/index.ts';
import { Jobs } from '../../kernel/jobs/jobs.ts';
import { PayUnknown } from '../../wechat/pay.port.ts';
import { NoticesService } from './notices.service.ts';
import { PayOrdersService } from './orders.service.ts';
import {
  EXPIRE_JOB,
  NOTICE_JOB,
  QUERY_JOB,
  type ExpireJob,
  type NoticeJob,
  type QueryJob,
} from './payment-jobs.ts';

/** What happens to orders by themselves: callbacks are booked, silent orders asked about, old ones closed. */
@Injectable()
export class WatchOrders implements OnModuleInit {
  private readonly log = new Logger('Payments');

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Jobs) private readonly jobs: Jobs,
    @Inject(NoticesService) private readonly notices: NoticesService,
    @Inject(PayOrdersService) private readonly orders: PayOrdersService,
  ) {}

  onModuleInit(): void {
    this.jobs.handle(NOTICE_JOB, ({ noticeId }: NoticeJob) => this.notices.book(noticeId), {
      untilDone: true,
    });
    this.jobs.handle(QUERY_JOB, (job: QueryJob) => this.query(job));
    this.jobs.handle(EXPIRE_JOB, ({ orderNo }: ExpireJob) => this.orders.expire(orderNo), {
      untilDone: true,
    });
  }

  /** Asks, and asks again later while the answer is open or there is none. */
  private async query(job: QueryJob): Promise<void> {
    const open = await this.stillOpen(job.orderNo);
    const turn = job.turn + 1;
    const after = QUERY_SCHEDULE_MS[turn];
    if (!open || after === undefined) return;
    await this.database.transaction((tx) =>
      this.jobs.enqueue(tx, {
        kind: QUERY_JOB,
        payload: { ...job, turn } satisfies QueryJob,
        runAt: job.orderedAt + after,
        dedupeKey: `${QUERY_JOB}:${job.orderNo}:${turn}`,
      }),
    );
  }

  private async stillOpen(orderNo: string): Promise<boolean> {
    try {
      return await this.orders.ask(orderNo);
    } catch (error) {
      if (!(error instanceof PayUnknown)) throw error;
      this.log.warn(`query of ${orderNo}: ${error.message}`);
      return true;
    }
  }
}
