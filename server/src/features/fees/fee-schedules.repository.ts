import { Inject, Injectable } from '@nestjs/common';
import type { FeeItem, FeeSchedule, FeeTarget, FeeUnit, Ledger, ServiceStandard } from '@linli/shared/fees';
import type { Reader, Transaction } from '../../kernel/database/index.ts';
import { Ids } from '../../kernel/ids/ids.ts';

/** A published version with the ids that bill lines point to. */
export interface StoredSchedule extends FeeSchedule {
  /** Item code → row id. */
  readonly itemIds: ReadonlyMap<string, string>;
}

/** A version about to be published. */
export interface NewSchedule {
  readonly estateId: string;
  readonly version: number;
  readonly effectiveFrom: string;
  readonly reason: string;
  readonly items: readonly FeeItem[];
  readonly services: readonly ServiceStandard[];
  readonly publishedBy: string;
  readonly publishedLabel: string;
  readonly publishedAt: number;
}

interface ScheduleRow {
  id: string;
  version: number;
  effective_from: string;
  reason: string;
  services_json: string;
  published_label: string;
  published_at: number;
}

interface ItemRow {
  id: string;
  version: number;
  code: string;
  name: string;
  target: FeeTarget;
  unit: FeeUnit;
  rate_ten_thousandth_yuan: number;
  service_grade: string | null;
  basis: string;
  note: string;
  ledger: Ledger;
  reference_rate: number | null;
  reference_source: string | null;
}

/** Published versions of the fee schedule. They are only ever added. */
@Injectable()
export class FeeSchedulesRepository {
  constructor(@Inject(Ids) private readonly ids: Ids) {}

  /** All versions of the estate, the newest first. */
  async all(reader: Reader, estateId: string): Promise<StoredSchedule[]> {
    const schedules = await reader.rows<ScheduleRow>(
      `SELECT id, version, effective_from, reason, services_json, published_label, published_at
       FROM fee_schedules WHERE estate_id = ? ORDER BY version DESC`,
      [estateId],
    );
    if (schedules.length === 0) return [];
    const items = await reader.rows<ItemRow>(
      'SELECT * FROM fee_items WHERE estate_id = ? ORDER BY version, sort_order',
      [estateId],
    );
    const byVersion = Map.groupBy(items, ({ version }) => version);
    return schedules.map((row) => toSchedule(row, byVersion.get(row.version) ?? []));
  }

  /** A lost race for the version violates `uq_fee_schedules_version`. */
  async add(tx: Transaction, schedule: NewSchedule): Promise<void> {
    const id = this.ids.next();
    await tx.insert('fee_schedules', {
      id,
      estate_id: schedule.estateId,
      version: schedule.version,
      effective_from: schedule.effectiveFrom,
      reason: schedule.reason,
      services_json: JSON.stringify(schedule.services),
      published_by: schedule.publishedBy,
      published_label: schedule.publishedLabel,
      published_at: schedule.publishedAt,
    });
    await tx.insert(
      'fee_items',
      ...schedule.items.map((item, order) => ({
        id: this.ids.next(),
        schedule_id: id,
        estate_id: schedule.estateId,
        version: schedule.version,
        sort_order: order,
        code: item.code,
        name: item.name,
        target: item.target,
        unit: item.unit,
        rate_ten_thousandth_yuan: item.rateTenThousandthYuan,
        service_grade: item.serviceGrade,
        basis: item.basis,
        note: item.note,
        ledger: item.ledger,
        reference_rate: item.reference?.rateTenThousandthYuan ?? null,
        reference_source: item.reference?.source ?? null,
      })),
    );
  }
}

function toSchedule(row: ScheduleRow, items: readonly ItemRow[]): StoredSchedule {
  return {
    version: row.version,
    effectiveFrom: row.effective_from,
    publishedAt: row.published_at,
    publishedBy: row.published_label,
    reason: row.reason,
    items: items.map(toItem),
    services: JSON.parse(row.services_json) as ServiceStandard[],
    itemIds: new Map(items.map(({ code, id }) => [code, id])),
  };
}

function toItem(row: ItemRow): FeeItem {
  return {
    code: row.code,
    name: row.name,
    target: row.target,
    unit: row.unit,
    rateTenThousandthYuan: row.rate_ten_thousandth_yuan,
    serviceGrade: row.service_grade,
    basis: row.basis,
    note: row.note,
    ledger: row.ledger,
    reference:
      row.reference_rate === null
        ? null
        : { rateTenThousandthYuan: row.reference_rate, source: row.reference_source ?? '' },
  };
}
