import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { endOfDay, shanghaiDate } from '@linli/shared/kernel';
import { reductionApplied } from '@linli/shared/ledger';
import {
  FUNDER_LABELS,
  RELIEF_LIMITS,
  RELIEF_MACHINE,
  creditedFen,
  isFunded,
  type FunderKind,
  type ReliefState,
} from '@linli/shared/relief';
import { Audit } from '../../kernel/audit/audit.ts';
import { Clock } from '../../kernel/clock/clock.ts';
import { Database, type Transaction } from '../../kernel/database/index.ts';
import { Jobs } from '../../kernel/jobs/jobs.ts';
import { BillsRepository, type StoredBill } from '../fees/index.ts';
import { Ledger } from '../ledger/index.ts';
import { InboxService } from '../notifications/index.ts';
import { ReliefRepository, type ReliefBillRow, type ReliefRow } from './relief.repository.ts';

const APPLY_JOB = 'relief.apply';
const EXPIRE_JOB = 'relief.expire';

interface ReliefJob {
  readonly id: string;
}

/** The bill is being paid just now: its order is over the amount that was owed when it was placed. */
class BeingPaid extends Error {}

/** What the street granted becomes part of the bills and the books, once; a bill that is being paid is waited for. */
@Injectable()
export class ApplyReliefService implements OnModuleInit {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Jobs) private readonly jobs: Jobs,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(Ledger) private readonly ledger: Ledger,
    @Inject(InboxService) private readonly inbox: InboxService,
    @Inject(BillsRepository) private readonly bills: BillsRepository,
    @Inject(ReliefRepository) private readonly relief: ReliefRepository,
  ) {}

  onModuleInit(): void {
    this.jobs.handle(APPLY_JOB, ({ id }: ReliefJob) => this.apply(id), { untilDone: true });
    this.jobs.handle(EXPIRE_JOB, ({ id }: ReliefJob) => this.expire(id));
  }

  async soon(tx: Transaction, id: string, runAt = this.clock.now()): Promise<void> {
    await this.jobs.enqueue(tx, { kind: APPLY_JOB, payload: { id } satisfies ReliefJob, runAt });
  }

  async apply(id: string): Promise<void> {
    try {
      await this.database.transaction((tx) => this.applyIn(tx, id));
    } catch (error) {
      if (!(error instanceof BeingPaid)) throw error;
      const later = this.clock.now() + RELIEF_LIMITS.tryAgainMs;
      await this.database.transaction((tx) => this.soon(tx, id, later));
    }
  }

  private async applyIn(tx: Transaction, id: string): Promise<void> {
    const row = await this.relief.byId(tx, id);
    if (row?.state !== 'STREET_APPROVED') return;
    const parts = await this.relief.billsOf(tx, [id]);
    const bills = await this.bills.byIds(
      tx,
      parts.map((part) => part.bill_id),
    );
    const open = bills.filter(({ state }) => state === 'ISSUED' || state === 'PART_PAID');
    const event = open.length === 0 ? 'LAPSE' : 'APPLY';
    const next = RELIEF_MACHINE.next(row.state, event, 'SYSTEM');
    // First of all writes: a second run waits here and finds that it is done.
    if (!next.ok || !(await this.relief.move(tx, row, next.value))) return;
    const now = this.clock.now();
    if (next.value === 'APPLIED') {
      if (row.kind === 'REDUCTION') await this.reduce(tx, row, parts, open, now);
      else await this.defer(tx, row, open);
      await this.relief.applied(tx, id, now);
    }
    await this.relief.freeBills(tx, id);
    await this.tell(tx, row, next.value);
  }

  /** 减免: a credit line on each bill, and one group of entries for all of them. */
  private async reduce(
    tx: Transaction,
    row: ReliefRow,
    parts: readonly ReliefBillRow[],
    open: readonly StoredBill[],
    now: number,
  ): Promise<void> {
    const { funder_kind: kind, funder_name: name } = row;
    if (kind === null || name === null) throw new Error(`Reduction ${row.id} was granted without a funder`);
    const granted = new Map(parts.map((part) => [part.bill_id, part.granted_fen ?? 0]));
    const credited: { billId: string; amountFen: number }[] = [];
    for (const bill of open) {
      const amountFen = creditedFen(granted.get(bill.id) ?? 0, bill.totalFen - bill.paidFen);
      if (amountFen === 0) continue;
      const credit = { reductionId: row.id, amountFen, funder: funderText(kind, name), creditedAt: now };
      if (!(await this.bills.reduce(tx, bill, credit))) throw new BeingPaid(bill.id);
      await this.relief.credited(tx, row.id, bill.id, amountFen);
      credited.push({ billId: bill.id, amountFen });
    }
    const { id: reductionId, estate_id: estateId, unit_id: unitId } = row;
    const happened = { reductionId, estateId, unitId, book: 'PROPERTY_FEE' as const, occurredAt: now };
    await this.ledger.post(tx, reductionApplied({ ...happened, funded: isFunded(kind), bills: credited }));
  }

  /** 缓缴 counts from the day it was asked for: how long the offices took is not the household's fault. */
  private async defer(tx: Transaction, row: ReliefRow, open: readonly StoredBill[]): Promise<void> {
    const until = row.until_day;
    if (until === null) throw new Error(`Deferral ${row.id} was granted without a day`);
    const from = shanghaiDate(row.submitted_at);
    for (const bill of open) await this.bills.defer(tx, bill.id, { from, until });
    await this.jobs.enqueue(tx, {
      kind: EXPIRE_JOB,
      payload: { id: row.id } satisfies ReliefJob,
      runAt: endOfDay(until),
      dedupeKey: `${EXPIRE_JOB}:${row.id}`,
    });
  }

  private expire(id: string): Promise<void> {
    return this.database.transaction(async (tx) => {
      const row = await this.relief.byId(tx, id);
      if (row === null) return;
      const next = RELIEF_MACHINE.next(row.state, 'EXPIRE', 'SYSTEM');
      if (next.ok && (await this.relief.move(tx, row, next.value))) await this.tell(tx, row, next.value);
    });
  }

  private async tell(tx: Transaction, row: ReliefRow, state: ReliefState): Promise<void> {
    await this.audit.record(tx, 'SYSTEM', {
      action: `RELIEF.${state}`,
      estateId: row.estate_id,
      subjectType: 'RELIEF',
      subjectId: row.id,
      before: { state: row.state },
      after: { state },
    });
    const applied = state === 'APPLIED';
    await this.inbox.post(tx, {
      to: [row.person_id],
      estateId: row.estate_id,
      kind: 'PAYMENT',
      title: applied ? '缴费申请已生效' : '缴费申请已到期',
      body: applied ? '账单上已经改好，请在“缴费”里查看。' : '请在“缴费”里查看还要缴多少。',
      link: '/packages/payments/pages/relief/index',
    });
  }
}

/** 民政补助（奇台县民政局）: who bears it, and nothing of why. */
function funderText(kind: FunderKind, name: string): string {
  return `${FUNDER_LABELS[kind]}（${name}）`;
}
