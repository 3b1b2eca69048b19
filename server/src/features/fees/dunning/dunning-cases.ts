import { Inject, Injectable } from '@nestjs/common';
import {
  arrears,
  type Arrears,
  type DunningStep,
  type Ledger,
  type NoticeDelivery,
  noticeNumberText,
  type TakenStep,
  type WrittenNotice,
} from '@linli/shared/fees';
import { type CalendarDate, shanghaiDate } from '@linli/shared/kernel';
import { Clock } from '../../../kernel/clock/clock.ts';
import type { Reader, SqlValue } from '../../../kernel/database/index.ts';
import { BillableUnitsRepository } from '../billable-units.repository.ts';
import { BillsRepository } from '../bills.repository.ts';

/** A home in one book: what a case of 催缴 is about. */
export interface Home {
  readonly estateId: string;
  readonly unitId: string;
  readonly ledger: Ledger;
}

export interface DunningCase extends Home {
  /** Null before the first step. */
  readonly id: string | null;
  /** One that is over, as everything of it is settled, and not closed yet. */
  readonly overId: string | null;
  readonly steps: readonly StoredStep[];
  readonly owed: Arrears;
}

export interface StoredStep extends TakenStep {
  readonly deliveredOn: CalendarDate | null;
  readonly amountFen: number;
  readonly lateFeeFen: number;
  readonly handledBy: string;
  readonly note: string;
  readonly recordedBy: string;
  readonly recordedAt: number;
  readonly notice: WrittenNotice | null;
}

interface StepRow {
  case_id: string;
  unit_id: string;
  ledger: Ledger;
  step: DunningStep;
  taken_on: CalendarDate;
  respond_by: CalendarDate;
  amount_fen: number;
  late_fee_fen: number;
  bill_ids: string;
  handled_by: string;
  step_note: string;
  recorded_by: string;
  recorded_at: number;
  notice_id: string | null;
  for_year: number | null;
  notice_number: number | null;
  method: NoticeDelivery | null;
  delivered_on: CalendarDate | null;
  delivery_note: string | null;
}

const STEPS = `SELECT c.id AS case_id, c.unit_id, c.ledger, s.step, s.taken_on, s.respond_by, s.amount_fen, s.late_fee_fen,
    s.bill_ids, s.handled_by, s.note AS step_note, s.recorded_by, s.recorded_at,
    n.id AS notice_id, n.for_year, n.notice_number, d.method, d.delivered_on, d.note AS delivery_note
  FROM dunning_cases c JOIN dunning_steps s ON s.case_id = c.id
  LEFT JOIN dunning_notices n ON n.step_id = s.id LEFT JOIN dunning_deliveries d ON d.notice_id = n.id`;
const IN_ORDER = 'ORDER BY c.id, s.taken_on, s.recorded_at';

/** Cases of 催缴 that are open, each with its steps and what its home owes today. */
@Injectable()
export class DunningCases {
  constructor(
    @Inject(Clock) private readonly clock: Clock,
    @Inject(BillableUnitsRepository) private readonly units: BillableUnitsRepository,
    @Inject(BillsRepository) private readonly bills: BillsRepository,
  ) {}

  /** The home's case; one whose bills are all settled is over, and what is overdue since begins anew. */
  async of(reader: Reader, home: Home): Promise<DunningCase> {
    const rows = await reader.rows<StepRow>(`${STEPS} WHERE c.open_key = ? ${IN_ORDER}`, [openKey(home)]);
    const owed = await this.owed(reader, home.estateId, [home.unitId]);
    return toCase(home, rows, owed(home));
  }

  /** The homes' cases that are about something still owed. */
  ofHomes(reader: Reader, estateId: string, unitIds: readonly string[]): Promise<DunningCase[]> {
    const marks = unitIds.map(() => '?').join(', ');
    const where = `c.estate_id = ? AND c.open_key IS NOT NULL AND c.unit_id IN (${marks})`;
    return this.running(reader, estateId, where, [estateId, ...unitIds]);
  }

  ofEstate(reader: Reader, estateId: string): Promise<DunningCase[]> {
    return this.running(reader, estateId, 'c.estate_id = ? AND c.open_key IS NOT NULL', [estateId]);
  }

  private async running(
    reader: Reader,
    estateId: string,
    where: string,
    values: readonly SqlValue[],
  ): Promise<DunningCase[]> {
    const rows = await reader.rows<StepRow>(`${STEPS} WHERE ${where} ${IN_ORDER}`, values);
    const owed = await this.owed(reader, estateId, [...new Set(rows.map((row) => row.unit_id))]);
    const cases = [...Map.groupBy(rows, (row) => row.case_id).values()].flatMap((steps) => {
      const [first] = steps;
      if (first === undefined) return [];
      const home = { estateId, unitId: first.unit_id, ledger: first.ledger };
      return [toCase(home, steps, owed(home))];
    });
    return cases.filter(({ id, owed: { overdueFen } }) => id !== null && overdueFen > 0);
  }

  private async owed(reader: Reader, estateId: string, unitIds: readonly string[]) {
    const terms = await this.units.terms(reader, estateId);
    const bills = await this.bills.openOfHomes(reader, unitIds);
    const byHome = Map.groupBy(bills, ({ unitId, ledger }) => openKey({ estateId, unitId, ledger }));
    const today = shanghaiDate(this.clock.now());
    return (home: Home): Arrears => {
      const open = (byHome.get(openKey(home)) ?? []).map(({ id: billId, ...bill }) => ({ billId, ...bill }));
      return arrears(open, terms, today);
    };
  }
}

/** The home and the book while its case is open: one case at a time. */
export function openKey({ unitId, ledger }: Home): string {
  return `${unitId}:${ledger}`;
}

export function overdueBills({ bills }: Arrears): string[] {
  return bills.filter(({ standing }) => standing === 'OVERDUE').map(({ billId }) => billId);
}

function toCase(home: Home, rows: readonly StepRow[], owed: Arrears): DunningCase {
  const [first] = rows;
  if (first === undefined) return { ...home, id: null, overId: null, steps: [], owed };
  const stillOwed = new Set(owed.bills.map(({ billId }) => billId));
  const isRunning = (JSON.parse(first.bill_ids) as string[]).some((id) => stillOwed.has(id));
  return isRunning
    ? { ...home, id: first.case_id, overId: null, steps: rows.map(toStep), owed }
    : { ...home, id: null, overId: first.case_id, steps: [], owed };
}

function toStep(row: StepRow): StoredStep {
  return {
    step: row.step,
    takenOn: row.taken_on,
    respondBy: row.respond_by,
    deliveredOn: row.delivered_on,
    amountFen: row.amount_fen,
    lateFeeFen: row.late_fee_fen,
    handledBy: row.handled_by,
    note: row.step_note,
    recordedBy: row.recorded_by,
    recordedAt: row.recorded_at,
    notice: toNotice(row),
  };
}

/** The paper with its delivery, from whatever joins the two tables. */
export function toNotice(row: {
  readonly notice_id: string | null;
  readonly for_year: number | null;
  readonly notice_number: number | null;
  readonly method: NoticeDelivery | null;
  readonly delivered_on: CalendarDate | null;
  readonly delivery_note: string | null;
}): WrittenNotice | null {
  const { notice_id: id, for_year: year, notice_number: number, method, delivered_on: deliveredOn } = row;
  if (id === null || year === null || number === null) return null;
  return {
    id,
    numberText: noticeNumberText(year, number),
    delivery:
      method === null || deliveredOn === null ? null : { method, deliveredOn, note: row.delivery_note ?? '' },
  };
}
