import { Inject, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import {
  addDays,
  DAY_MS,
  endOfDay,
  HOUR_MS,
  MINUTE_MS,
  shanghaiDate,
  startOfDay,
  type CalendarDate,
} from '@linli/shared/kernel';
import {
  entryKey,
  matchBill,
  readTradeBill,
  type Difference,
  type OwnEntry,
  type TradeBillRow,
} from '@linli/shared/reconcile';
import { Clock } from '../../kernel/clock/clock.ts';
import { Database } from '../../kernel/database/index.ts';
import { RecurringJobs } from '../../kernel/jobs/recurring-jobs.ts';
import { PayPort, PayUnknown } from '../../wechat/pay.port.ts';
import { PayeesService, PayOrdersService, SendRefundsService } from '../payments/index.ts';
import { MatchBankLines } from './match-bank-lines.service.ts';
import { OwnEntriesRepository } from './own-entries.repository.ts';
import { type OwnedDifference, RunsRepository } from './runs.repository.ts';

const RECONCILE = 'payments.reconcile';
/** WeChat has the bill of a day at ten the next morning. */
const READY_AFTER_MS = DAY_MS + 10 * HOUR_MS + 5 * MINUTE_MS;
/** So long a day waits for answers about what only its bill tells; after that people look into it. */
const ASKED_FOR_MS = DAY_MS;
/** WeChat keeps bills for three months. */
const LOOK_BACK_DAYS = 89;

/** Every day of the merchant beside WeChat's trade bill 对账: what only the bill knows is asked about and booked first. */
@Injectable()
export class ReconcileService implements OnModuleInit {
  private readonly log = new Logger('Reconcile');

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(RecurringJobs) private readonly recurring: RecurringJobs,
    @Inject(PayPort) private readonly gateway: PayPort,
    @Inject(PayeesService) private readonly payees: PayeesService,
    @Inject(PayOrdersService) private readonly orders: PayOrdersService,
    @Inject(SendRefundsService) private readonly refunds: SendRefundsService,
    @Inject(OwnEntriesRepository) private readonly own: OwnEntriesRepository,
    @Inject(RunsRepository) private readonly runs: RunsRepository,
    @Inject(MatchBankLines) private readonly bank: MatchBankLines,
  ) {}

  onModuleInit(): void {
    this.recurring.every(RECONCILE, HOUR_MS, () => this.catchUp());
  }

  /** Compares every day whose bill is due and that is not compared yet, the oldest first. */
  async catchUp(): Promise<void> {
    for (const mchId of this.gateway.merchants()) await this.catchUpWith(mchId);
  }

  private async catchUpWith(mchId: string): Promise<void> {
    const since = await this.payees.firstDayOf(this.database, mchId);
    if (since === null) return;
    const now = this.clock.now();
    const last = addDays(shanghaiDate(now), -1);
    const earliest = addDays(last, 1 - LOOK_BACK_DAYS);
    const first = since > earliest ? since : earliest;
    const known = await this.runs.between(this.database, mchId, first, last);
    const done = new Set(known.filter(({ state }) => state !== 'WAITING').map((run) => run.on_date));
    for (let date = first; date <= last; date = addDays(date, 1))
      if (!done.has(date) && now >= startOfDay(date) + READY_AFTER_MS) await this.compare(mchId, date);
  }

  private async compare(mchId: string, date: CalendarDate): Promise<void> {
    try {
      const text = await this.gateway.tradeBill(mchId, date);
      const bill = text === null ? await this.noBill(mchId, date) : readTradeBill(text);
      if (!bill.ok) return await this.wait(mchId, date, bill.error);
      await this.compareWith(mchId, date, bill.value.rows);
    } catch (error) {
      // Whatever is wrong with this day, the others are compared.
      await this.wait(mchId, date, (error as Error).message);
    }
  }

  /** WeChat's word that there is no bill is not signed: it is taken only where we have nothing either. */
  private async noBill(mchId: string, date: CalendarDate) {
    const ours = await this.own.between(this.database, mchId, startOfDay(date), endOfDay(date));
    return ours.some(({ state }) => state === 'DONE')
      ? { ok: false as const, error: '微信说当天没有账单，我们却有记录' }
      : { ok: true as const, value: { rows: [] } };
  }

  private async wait(mchId: string, date: CalendarDate, fault: string): Promise<void> {
    this.log.warn(`bill of ${date}: ${fault}`);
    await this.database.transaction((tx) =>
      this.runs.save(tx, mchId, date, { state: 'WAITING', rows: [], recovered: 0, fault }),
    );
  }

  private async compareWith(mchId: string, date: CalendarDate, rows: readonly TradeBillRow[]): Promise<void> {
    const { recovered, unanswered } = await this.recover(mchId, date, rows);
    const mayBeAskedAgain = this.clock.now() < startOfDay(date) + READY_AFTER_MS + ASKED_FOR_MS;
    if (unanswered > 0 && mayBeAskedAgain)
      return this.wait(mchId, date, `有 ${unanswered} 笔微信还没有答复，稍后再查`);
    const differences = matchBill({
      date,
      theirs: rows,
      ours: await this.own.ofDay(this.database, mchId, date),
      dayBefore: await this.runs.keysOf(this.database, mchId, addDays(date, -1)),
      rate: await this.payees.feeRate(this.database, mchId),
    });
    const owned = await this.owned(differences);
    await this.database.transaction(async (tx) => {
      const state = rows.length === 0 && differences.length === 0 ? 'EMPTY' : 'DONE';
      await this.runs.save(tx, mchId, date, { state, rows, recovered, fault: '' });
      await this.runs.addDifferences(tx, mchId, owned);
      await this.bank.dayCompared(tx, mchId, date);
    });
    if (differences.length > 0) this.log.error(`${differences.length} differences on ${date}`);
  }

  /**
   * A callback and every query may be lost; the bill then tells what to ask about. Answers how much was found so, and how
   * many questions nobody answered.
   */
  private async recover(mchId: string, date: CalendarDate, rows: readonly TradeBillRow[]) {
    const unsettled = (ours: readonly OwnEntry[]) => {
      const done = new Set(ours.filter(({ state }) => state === 'DONE').map(entryKey));
      return rows.filter((row) => row.state === 'SUCCESS' && !done.has(entryKey(row)));
    };
    const before = unsettled(await this.own.ofDay(this.database, mchId, date));
    let unanswered = 0;
    for (const row of before) if (!(await this.askAbout(mchId, row))) unanswered += 1;
    if (before.length === 0) return { recovered: 0, unanswered };
    const after = unsettled(await this.own.ofDay(this.database, mchId, date));
    return { recovered: before.length - after.length, unanswered };
  }

  /** False where there was no answer. */
  private async askAbout(mchId: string, row: TradeBillRow): Promise<boolean> {
    const { kind, orderNo, refundNo } = row;
    try {
      await (kind === 'PAYMENT' ? this.orders.recover(mchId, orderNo) : this.refunds.recover(refundNo));
      return true;
    } catch (error) {
      if (!(error instanceof PayUnknown)) throw error;
      this.log.warn(`${orderNo}: ${error.message}`);
      return false;
    }
  }

  /** Whose estate each difference is, where the order tells. */
  private async owned(differences: readonly Difference[]): Promise<OwnedDifference[]> {
    const owned: OwnedDifference[] = [];
    for (const difference of differences) {
      const row = await this.database.row<{ estate_id: string }>(
        'SELECT estate_id FROM pay_orders WHERE order_no = ?',
        [difference.orderNo],
      );
      owned.push({ ...difference, estateId: row?.estate_id ?? null });
    }
    return owned;
  }
}
