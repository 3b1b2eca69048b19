import { Inject, Injectable } from '@nestjs/common';
import {
  FEE_LIMITS,
  FEE_TARGETS,
  FEE_UNITS,
  LEDGER_LABELS,
  type FeeItem,
  type FeeScheduleView,
  type FeeSheetCheck,
  type PublishScheduleRequest,
  type PublishScheduleResponse,
  type ScheduleChange,
  type ScheduleChangesView,
  aboveReference,
  readFeeSheet,
  scheduleAt,
  scheduleChanges,
  scheduleFaults,
} from '@linli/shared/fees';
import { type FieldError } from '@linli/shared/errors';
import { formatMonth, monthOf, rateText, shanghaiDate } from '@linli/shared/kernel';
import type { SheetRow } from '@linli/shared/sheet';
import type { Caller } from '../../kernel/access/index.ts';
import { Audit } from '../../kernel/audit/audit.ts';
import { Clock } from '../../kernel/clock/clock.ts';
import { Database, type Reader, type Transaction, violates } from '../../kernel/database/index.ts';
import { CATALOGUE } from '../../kernel/errors/catalogue.ts';
import { refuse } from '../../kernel/errors/refused.ts';
import { Idempotency } from '../../kernel/idempotency/idempotency.ts';
import { readSheet } from '../../kernel/spreadsheet/index.ts';
import { InboxService } from '../notifications/index.ts';
import { FeeSchedulesRepository, type StoredSchedule } from './fee-schedules.repository.ts';
import { PublisherLabel } from './publisher-label.ts';
import { RegionFeeRules } from './region-fee-rules.ts';

/** The fee schedule 收费公示: reading it, and publishing the next version. */
@Injectable()
export class ScheduleService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(Idempotency) private readonly idempotency: Idempotency,
    @Inject(InboxService) private readonly inbox: InboxService,
    @Inject(FeeSchedulesRepository) private readonly schedules: FeeSchedulesRepository,
    @Inject(PublisherLabel) private readonly label: PublisherLabel,
    @Inject(RegionFeeRules) private readonly rules: RegionFeeRules,
  ) {}

  /** The version in force this month; before the first begins, the newest one. */
  async current(estateId: string): Promise<FeeScheduleView> {
    const all = await this.readable(estateId);
    const inForce = scheduleAt(all, monthOf(shanghaiDate(this.clock.now()))) ?? all[0];
    if (inForce === undefined) throw refuse('NOT_FOUND');
    return toView(inForce.version, all);
  }

  async version(estateId: string, version: number): Promise<FeeScheduleView> {
    return toView(version, await this.readable(estateId));
  }

  async changes(estateId: string, version: number): Promise<ScheduleChangesView> {
    const all = await this.schedules.all(this.database, estateId);
    const schedule = all.find((candidate) => candidate.version === version);
    if (schedule === undefined) throw refuse('NOT_FOUND');
    return { changes: scheduleChanges(itemsOf(all, version - 1), schedule.items) };
  }

  /** What a spreadsheet would publish; nothing is stored. */
  async check(estateId: string, file: Buffer): Promise<FeeSheetCheck> {
    const rows: SheetRow[] = [];
    for await (const row of readSheet(file)) rows.push(row);
    const all = await this.schedules.all(this.database, estateId);
    const known = all[0]?.items ?? [];
    const report = readFeeSheet(rows, known);
    const { referencePrices } = await this.rules.of(this.database, estateId);
    const items = report.value?.map((item) => (referencePrices ? item : withoutReference(item))) ?? null;
    return {
      items,
      rows: report.rows,
      faults: report.faults,
      ignored: report.ignored,
      changes: items === null ? [] : scheduleChanges(known, items),
    };
  }

  async publish(
    caller: Caller,
    estateId: string,
    request: PublishScheduleRequest,
    key: string,
  ): Promise<PublishScheduleResponse> {
    const action = { personId: caller.personId, key, useCase: `fees.publish:${estateId}`, body: request };
    try {
      return await this.idempotency.once(action, (tx) => this.publishIn(tx, caller, estateId, request));
    } catch (error) {
      if (violates(error, 'uq_fee_schedules_version')) throw refuse('FEES.SCHEDULE_RACE');
      throw error;
    }
  }

  private async publishIn(
    tx: Transaction,
    caller: Caller,
    estateId: string,
    request: PublishScheduleRequest,
  ): Promise<PublishScheduleResponse> {
    const all = await this.schedules.all(tx, estateId);
    const changes = await this.checkNext(tx, estateId, all, request);
    const version = (all[0]?.version ?? 0) + 1;
    await this.schedules.add(tx, {
      ...request,
      estateId,
      version,
      publishedBy: caller.personId,
      publishedLabel: await this.label.of(tx, caller.personId, estateId),
      publishedAt: this.clock.now(),
    });
    await this.audit.record(tx, caller, {
      action: 'FEES.SCHEDULE_PUBLISHED',
      estateId,
      subjectType: 'FEE_SCHEDULE',
      subjectId: `${estateId}:${version}`,
      before: all[0] === undefined ? null : { version: all[0].version },
      after: { version, effectiveFrom: request.effectiveFrom, reason: request.reason, changes },
    });
    await this.inbox.post(tx, {
      to: await this.inbox.residentsOf(tx, estateId),
      estateId,
      kind: 'DISCLOSURE',
      title: version === 1 ? '收费标准已公示' : '收费标准有变化',
      body: `${formatMonth(request.effectiveFrom)}起执行，共 ${request.items.length} 项${version === 1 ? '' : `，其中 ${changes.length} 项有变化`}。`,
      link: '/packages/fees/pages/schedule/index',
    });
    return { version };
  }

  /** A reference price is the region's word; where it publishes none, nobody else's number stands in its place. */
  private async refuseReferences(
    tx: Transaction,
    estateId: string,
    items: readonly FeeItem[],
  ): Promise<void> {
    const { referencePrices } = await this.rules.of(tx, estateId);
    if (referencePrices) return;
    const fields = items.flatMap(({ reference }, index) =>
      reference === null
        ? []
        : {
            path: `items[${index}].reference`,
            code: 'FEES.REFERENCE_PRICE',
            message: CATALOGUE['FEES.REFERENCE_PRICE'].message,
          },
    );
    if (fields.length > 0) throw refuse('FEES.REFERENCE_PRICE', { fields });
  }

  /** All versions as the region lets them be read. */
  private async readable(estateId: string): Promise<StoredSchedule[]> {
    const all = await this.schedules.all(this.database, estateId);
    const { referencePrices } = await this.rules.of(this.database, estateId);
    return referencePrices
      ? all
      : all.map((schedule) => ({ ...schedule, items: schedule.items.map(withoutReference) }));
  }

  /** Whether this may follow what is published; answers what it changes. */
  private async checkNext(
    tx: Transaction,
    estateId: string,
    all: readonly StoredSchedule[],
    request: PublishScheduleRequest,
  ): Promise<ScheduleChange[]> {
    const faults = scheduleFaults(request.items);
    await this.refuseReferences(tx, estateId, request.items);
    const [first] = faults;
    if (first !== undefined)
      throw refuse(first.code, { fields: faults.map((fault) => toField(fault, request.items)) });
    const [latest] = all;
    if (latest === undefined) return scheduleChanges([], request.items);
    const changes = scheduleChanges(latest.items, request.items);
    const sameServices = JSON.stringify(latest.services) === JSON.stringify(request.services);
    if (changes.length === 0 && sameServices) throw refuse('FEES.SCHEDULE_UNCHANGED');
    if (request.reason.trim().length < FEE_LIMITS.reasonMin) throw refuse('FEES.SCHEDULE_BASIS');
    const billed = await lastBilledMonth(tx, estateId);
    const inThePast = request.effectiveFrom < monthOf(shanghaiDate(this.clock.now()));
    if (inThePast || (billed !== null && request.effectiveFrom <= billed))
      throw refuse('FEES.SCHEDULE_MONTH');
    return changes;
  }
}

/** What has been billed stays as it was billed: the last month with bills, cancelled ones aside. */
async function lastBilledMonth(reader: Reader, estateId: string): Promise<string | null> {
  const row = await reader.row<{ month: string | null }>(
    "SELECT MAX(month) AS month FROM bills WHERE estate_id = ? AND state <> 'CANCELLED'",
    [estateId],
  );
  return row?.month ?? null;
}

function toField(fault: ReturnType<typeof scheduleFaults>[number], items: readonly FeeItem[]): FieldError {
  const index = items.findIndex(({ code }) => code === fault.itemCode);
  return { path: `items[${index}]`, code: fault.code, message: CATALOGUE[fault.code].message };
}

function withoutReference(item: FeeItem): FeeItem {
  return { ...item, reference: null };
}

function itemsOf(all: readonly StoredSchedule[], version: number): readonly FeeItem[] {
  return all.find((schedule) => schedule.version === version)?.items ?? [];
}

function toView(version: number, all: readonly StoredSchedule[]): FeeScheduleView {
  const schedule = all.find((candidate) => candidate.version === version);
  if (schedule === undefined) throw refuse('NOT_FOUND');
  return {
    version: schedule.version,
    effectiveFrom: schedule.effectiveFrom,
    publishedAt: schedule.publishedAt,
    publishedBy: schedule.publishedBy,
    reason: schedule.reason,
    items: schedule.items.map((item) => ({
      ...item,
      targetLabel: FEE_TARGETS[item.target].label,
      unitLabel: FEE_UNITS[item.unit].label,
      ledgerLabel: LEDGER_LABELS[item.ledger],
      rateText: item.unit === 'SQM_SHARED' ? '按实分摊' : rateText(item.rateTenThousandthYuan),
      aboveReference: aboveReference(item),
    })),
    services: schedule.services,
    versions: all.map(({ version: number, effectiveFrom, publishedAt, reason }) => ({
      version: number,
      effectiveFrom,
      publishedAt,
      reason,
    })),
  };
}
