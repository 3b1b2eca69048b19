import { Inject, Injectable } from '@nestjs/common';
import {
  type Bill,
  type BilledMonths,
  type BillLine,
  type BillState,
  type Deferral,
  type Ledger,
  type PayerKind,
} from '@linli/shared/fees';
import { type CalendarDate, type Month, addMonths, monthsBetween } from '@linli/shared/kernel';
import type { Reader, Transaction } from '../../kernel/database/index.ts';
import { Ids } from '../../kernel/ids/ids.ts';
import type { StoredSchedule } from './fee-schedules.repository.ts';

/** A bill as it is stored, without its lines. */
export interface StoredBill {
  readonly id: string;
  readonly estateId: string;
  readonly unitId: string;
  readonly unitName: string;
  readonly month: Month;
  readonly payer: PayerKind;
  readonly ledger: Ledger;
  readonly dueOn: CalendarDate;
  readonly totalFen: number;
  /** What is settled, by money or by 减免: the rest is open. */
  readonly paidFen: number;
  /** Of that, what was granted and not paid. */
  readonly reducedFen: number;
  /** 缓缴 that the street approved; at most one. */
  readonly deferrals: readonly Deferral[];
  readonly state: BillState;
  readonly pendingOrderNo: string | null;
  readonly cancelReason: string | null;
}

/** An open bill with what is still to be paid of it. */
export interface OwedBill {
  readonly id: string;
  readonly dueOn: CalendarDate;
  readonly openFen: number;
  readonly deferrals: readonly Deferral[];
}

interface OwedRow extends DeferralColumns {
  id: string;
  due_on: CalendarDate;
  open_fen: number;
}

/** An open bill with whose and of which book it is. */
export interface HomeBill extends OwedBill {
  readonly unitId: string;
  readonly ledger: Ledger;
}

interface DeferralColumns {
  deferred_from: CalendarDate | null;
  deferred_until: CalendarDate | null;
}

/** 减免 of a bill, as the company sees it: how much, by whom borne, and nothing of why. */
export interface BillCredit {
  readonly amountFen: number;
  readonly funder: string;
  readonly creditedAt: number;
}

export interface BillRow extends DeferralColumns {
  id: string;
  unit_order?: number;
  estate_id: string;
  unit_id: string;
  unit_name: string;
  month: Month;
  payer: PayerKind;
  ledger: Ledger;
  due_on: CalendarDate;
  total_fen: number;
  paid_fen: number;
  reduced_fen: number;
  state: BillState;
  pending_order_no: string | null;
  cancel_reason: string | null;
}

interface LineRow {
  bill_id: string;
  item_code: string;
  item_name: string;
  schedule_version: number;
  first_month: Month;
  last_month: Month;
  rate_ten_thousandth_yuan: number;
  amount_fen: number;
  formula: string;
  basis: string;
}

/** Under what the bills are issued. */
export interface BillRunRecord {
  readonly id: string;
  readonly estateId: string;
  readonly issuedAt: number;
  /** Unit → its place in the roll. */
  readonly unitOrder: ReadonlyMap<string, number>;
}

/** A part of a payment for one bill. */
export interface BillPart {
  readonly billId: string;
  readonly principalFen: number;
  readonly lateFeeFen: number;
}

const COLUMNS =
  'b.id, b.estate_id, b.unit_id, b.unit_name, b.month, b.payer, b.ledger, b.due_on, b.total_fen, b.paid_fen, b.state, b.pending_order_no, b.cancel_reason, b.reduced_fen, b.deferred_from, b.deferred_until';

/** What one statement names at most; orders and pages stay far below it. */
const IN_LIST = 500;

/** Bills 账单. Their lines never change; what has been paid of them is set by payments, in the payment's transaction. */
@Injectable()
export class BillsRepository {
  constructor(@Inject(Ids) private readonly ids: Ids) {}

  async byIds(reader: Reader, billIds: readonly string[]): Promise<StoredBill[]> {
    if (billIds.length === 0) return [];
    const rows = await reader.rows<BillRow>(
      `SELECT ${COLUMNS} FROM bills b WHERE b.id IN (${places(billIds)}) ORDER BY b.id`,
      billIds,
    );
    return rows.map(toBill);
  }

  async ofEstate(reader: Reader, estateId: string, billId: string): Promise<StoredBill | null> {
    const row = await reader.row<BillRow>(
      `SELECT ${COLUMNS} FROM bills b WHERE b.estate_id = ? AND b.id = ?`,
      [estateId, billId],
    );
    return row === null ? null : toBill(row);
  }

  /** Owners' bills of these homes, the newest first; developer's bills are not the residents' business. */
  async pageOfUnits(
    reader: Reader,
    unitIds: readonly string[],
    after: string | undefined,
    limit: number,
  ): Promise<StoredBill[]> {
    const rows = await reader.rows<BillRow>(
      `SELECT ${COLUMNS} FROM bills b WHERE b.unit_id IN (${places(unitIds)}) AND b.payer = 'OWNER'
         AND b.state <> 'CANCELLED' AND b.id < ? ORDER BY b.id DESC LIMIT ${limit + 1}`,
      [...unitIds, after ?? '~'],
    );
    return rows.map(toBill);
  }

  /** What these homes still owe, bill by bill: the first screen and the bill list ask for it at every opening. */
  async openOfUnits(reader: Reader, unitIds: readonly string[]): Promise<OwedBill[]> {
    const rows = await reader.rows<OwedRow>(
      `SELECT id, due_on, total_fen - paid_fen AS open_fen, deferred_from, deferred_until
       FROM bills WHERE unit_id IN (${places(unitIds)})
         AND payer = 'OWNER' AND state IN ('ISSUED', 'PART_PAID') ORDER BY id`,
      unitIds,
    );
    return rows.map(toOwed);
  }

  /** What these homes still owe, by home and book; for the company, which deals with each household about it. */
  async openOfHomes(reader: Reader, unitIds: readonly string[]): Promise<HomeBill[]> {
    const bills: HomeBill[] = [];
    for (let from = 0; from < unitIds.length; from += IN_LIST) {
      const chunk = unitIds.slice(from, from + IN_LIST);
      const rows = await reader.rows<OwedRow & { unit_id: string; ledger: Ledger }>(
        `SELECT unit_id, ledger, id, due_on, total_fen - paid_fen AS open_fen, deferred_from, deferred_until
         FROM bills WHERE unit_id IN (${places(chunk)}) AND payer = 'OWNER' AND state IN ('ISSUED', 'PART_PAID')
         ORDER BY due_on, id`,
        chunk,
      );
      for (const row of rows) bills.push({ ...toOwed(row), unitId: row.unit_id, ledger: row.ledger });
    }
    return bills;
  }

  /** Open bills that a credit of the home may pay, the oldest first; one that is being paid is left alone. */
  async payableByCredit(reader: Reader, unitId: string, ledger: Ledger): Promise<OwedBill[]> {
    const rows = await reader.rows<OwedRow>(
      `SELECT id, due_on, total_fen - paid_fen AS open_fen, deferred_from, deferred_until
       FROM bills WHERE unit_id = ? AND ledger = ?
         AND pending_order_no IS NULL AND payer = 'OWNER' AND state IN ('ISSUED', 'PART_PAID')
       ORDER BY due_on, id`,
      [unitId, ledger],
    );
    return rows.map(toOwed);
  }

  async linesOf(reader: Reader, billIds: readonly string[]): Promise<Map<string, BillLine[]>> {
    const lines = new Map<string, BillLine[]>(billIds.map((billId) => [billId, []]));
    for (let from = 0; from < billIds.length; from += IN_LIST) {
      const chunk = billIds.slice(from, from + IN_LIST);
      const rows = await reader.rows<LineRow>(
        `SELECT * FROM bill_lines WHERE bill_id IN (${places(chunk)}) ORDER BY bill_id, line_no`,
        chunk,
      );
      for (const row of rows) lines.get(row.bill_id)?.push(toLine(row));
    }
    return lines;
  }

  /** A month's bills with lines, as the rules know them; for the comparison with the next month. */
  async issuedIn(reader: Reader, estateId: string, month: Month): Promise<Bill[]> {
    const rows = await reader.rows<BillRow & { bill_key: string }>(
      `SELECT ${COLUMNS}, b.bill_key FROM bills b WHERE b.estate_id = ? AND b.month = ? AND b.bill_key IS NOT NULL ORDER BY b.id`,
      [estateId, month],
    );
    const lines = await this.linesOf(
      reader,
      rows.map(({ id }) => id),
    );
    return rows.map((row) => ({
      key: row.bill_key,
      unitId: row.unit_id,
      unitName: row.unit_name,
      month: row.month,
      payer: row.payer,
      ledger: row.ledger,
      dueOn: row.due_on,
      totalFen: row.total_fen,
      lines: lines.get(row.id) ?? [],
    }));
  }

  /** What bills charge for from `month` to the end of its year; no bill reaches into the next. */
  async billedFrom(reader: Reader, estateId: string, month: Month): Promise<BilledMonths[]> {
    const year = month.slice(0, 4);
    const rows = await reader.rows<
      Pick<LineRow, 'item_code' | 'schedule_version' | 'first_month' | 'last_month'> & {
        unit_id: string;
        bill_key: string;
      }
    >(
      `SELECT b.unit_id, b.bill_key, l.item_code, l.schedule_version, l.first_month, l.last_month
       FROM bills b JOIN bill_lines l ON l.bill_id = b.id
       WHERE b.estate_id = ? AND b.month BETWEEN ? AND ? AND b.bill_key IS NOT NULL AND l.last_month >= ?`,
      [estateId, `${year}-01`, `${year}-12`, month],
    );
    return rows.map((row) => ({
      unitId: row.unit_id,
      billKey: row.bill_key,
      itemCode: row.item_code,
      scheduleVersion: row.schedule_version,
      firstMonth: row.first_month,
      lastMonth: row.last_month,
    }));
  }

  /**
   * Issues bills and answers them with their ids. One that exists already violates `uq_bills_key`; a line without a
   * published item has no id to name.
   */
  async add(
    tx: Transaction,
    run: BillRunRecord,
    bills: readonly Bill[],
    schedules: readonly StoredSchedule[],
  ): Promise<readonly { readonly id: string; readonly bill: Bill }[]> {
    const itemIds = new Map(schedules.map(({ version, itemIds: ids }) => [version, ids]));
    const stored = bills.map((bill) => ({ id: this.ids.next(), bill }));
    await tx.insert('bills', ...stored.map(({ id, bill }) => billRecord(id, run, bill)));
    const lines = stored.flatMap(({ id, bill }) =>
      bill.lines.map((line, index) => ({
        bill_id: id,
        line_no: index,
        // '' fails the foreign key: such a line can not be stored, whoever made it.
        item_id: itemIds.get(line.scheduleVersion)?.get(line.itemCode) ?? '',
        item_code: line.itemCode,
        item_name: line.itemName,
        schedule_version: line.scheduleVersion,
        first_month: line.months[0] ?? bill.month,
        last_month: line.months.at(-1) ?? bill.month,
        rate_ten_thousandth_yuan: line.rateTenThousandthYuan,
        amount_fen: line.amountFen,
        formula: line.formula,
        basis: line.basis,
      })),
    );
    await tx.insert('bill_lines', ...lines);
    return stored;
  }

  /**
   * Takes all of these bills for one payment order, or none of them; false where another order has one, or where no
   * longer so much of one is open: a reduction or a credit was faster.
   */
  async reserve(tx: Transaction, parts: readonly BillPart[], orderNo: string): Promise<boolean> {
    const billIds = parts.map(({ billId }) => billId);
    const taken = await tx.run(
      `UPDATE bills SET pending_order_no = ? WHERE id IN (${places(billIds)})
         AND pending_order_no IS NULL AND state IN ('ISSUED', 'PART_PAID')
         AND total_fen - paid_fen = CASE id ${parts.map(() => 'WHEN ? THEN ?').join(' ')} END`,
      [orderNo, ...billIds, ...parts.flatMap(({ billId, principalFen }) => [billId, principalFen])],
    );
    return taken === parts.length;
  }

  /** Gives the order's bills free again. */
  async release(tx: Transaction, billIds: readonly string[], orderNo: string): Promise<void> {
    await tx.run(
      `UPDATE bills SET pending_order_no = NULL WHERE id IN (${places(billIds)}) AND pending_order_no = ?`,
      [...billIds, orderNo],
    );
  }

  /** Books a payment on one bill; false where the bill is not open any more: the money is not for it then. */
  async settle(tx: Transaction, part: BillPart, at: number): Promise<boolean> {
    const settled = await tx.run(
      `UPDATE bills SET paid_fen = paid_fen + ?, late_fee_paid_fen = late_fee_paid_fen + ?, state = 'PAID',
         pending_order_no = NULL, settled_at = ?
       WHERE id = ? AND state IN ('ISSUED', 'PART_PAID') AND total_fen - paid_fen = ?`,
      [part.principalFen, part.lateFeeFen, at, part.billId, part.principalFen],
    );
    return settled === 1;
  }

  /**
   * Undoes a payment of the bill; false where not so much of it is paid. A late fee alone may go back whatever has become
   * of the bill since: nothing more is open of it then than before.
   */
  async refund(tx: Transaction, { billId, principalFen, lateFeeFen }: BillPart): Promise<boolean> {
    // The state is set first: MySQL reads columns as they are after what stands before.
    const refunded = await tx.run(
      `UPDATE bills SET state = CASE WHEN ? = 0 THEN state WHEN paid_fen = ? THEN 'ISSUED' ELSE 'PART_PAID' END,
         settled_at = CASE WHEN ? = 0 THEN settled_at ELSE NULL END,
         paid_fen = paid_fen - ?, late_fee_paid_fen = late_fee_paid_fen - ?
       WHERE id = ? AND (state IN ('PART_PAID', 'PAID') OR ? = 0) AND paid_fen >= ? AND late_fee_paid_fen >= ?`,
      [
        principalFen,
        principalFen,
        principalFen,
        principalFen,
        lateFeeFen,
        billId,
        principalFen,
        principalFen,
        lateFeeFen,
      ],
    );
    return refunded === 1;
  }

  /** Pays so much of an open bill from money that the home has with us; false where somebody is paying it just now. */
  async payFromCredit(tx: Transaction, billId: string, amountFen: number, at: number): Promise<boolean> {
    const paid = await tx.run(
      `UPDATE bills SET state = CASE WHEN total_fen - paid_fen = ? THEN 'PAID' ELSE 'PART_PAID' END,
         settled_at = CASE WHEN total_fen - paid_fen = ? THEN ? ELSE NULL END, paid_fen = paid_fen + ?
       WHERE id = ? AND state IN ('ISSUED', 'PART_PAID') AND pending_order_no IS NULL AND total_fen - paid_fen >= ?`,
      [amountFen, amountFen, at, amountFen, billId, amountFen],
    );
    return paid === 1;
  }

  /**
   * 减免: a credit line beside the bill. False where it is not open by so much, or is being paid just now: an order
   * under way is over the amount that was owed when it was placed.
   */
  async reduce(
    tx: Transaction,
    bill: Pick<StoredBill, 'id' | 'estateId' | 'month'>,
    { reductionId, amountFen, funder, creditedAt }: BillCredit & { readonly reductionId: string },
  ): Promise<boolean> {
    // What is read of the row is set last: MySQL reads columns as they are after what stands before.
    const reduced = await tx.run(
      `UPDATE bills SET state = CASE WHEN total_fen - paid_fen = ? THEN 'PAID' ELSE 'PART_PAID' END,
         settled_at = CASE WHEN total_fen - paid_fen = ? THEN ? ELSE NULL END,
         paid_fen = paid_fen + ?, reduced_fen = reduced_fen + ?
       WHERE id = ? AND state IN ('ISSUED', 'PART_PAID') AND pending_order_no IS NULL AND total_fen - paid_fen >= ?`,
      [amountFen, amountFen, creditedAt, amountFen, amountFen, bill.id, amountFen],
    );
    if (reduced === 0) return false;
    await tx.insert('bill_reductions', {
      bill_id: bill.id,
      reduction_id: reductionId,
      estate_id: bill.estateId,
      month: bill.month,
      amount_fen: amountFen,
      funder,
      credited_at: creditedAt,
    });
    return true;
  }

  /** 缓缴: the bill and its due date stay as they were issued; false where it is not open, or was deferred before. */
  async defer(tx: Transaction, billId: string, { from, until }: Deferral): Promise<boolean> {
    const deferred = await tx.run(
      `UPDATE bills SET deferred_from = ?, deferred_until = ?
       WHERE id = ? AND state IN ('ISSUED', 'PART_PAID') AND deferred_from IS NULL`,
      [from, until, billId],
    );
    return deferred === 1;
  }

  /** What was granted of a month's bills. */
  async creditedIn(reader: Reader, estateId: string, month: Month): Promise<number> {
    const row = await reader.row<{ fen: number | string | null }>(
      'SELECT SUM(amount_fen) AS fen FROM bill_reductions WHERE estate_id = ? AND month = ?',
      [estateId, month],
    );
    return Number(row?.fen ?? 0);
  }

  async creditsOf(reader: Reader, billId: string): Promise<BillCredit[]> {
    const rows = await reader.rows<{ amount_fen: number; funder: string; credited_at: number }>(
      'SELECT amount_fen, funder, credited_at FROM bill_reductions WHERE bill_id = ? ORDER BY reduction_id',
      [billId],
    );
    return rows.map((row) => ({
      amountFen: row.amount_fen,
      funder: row.funder,
      creditedAt: row.credited_at,
    }));
  }

  /** Its key goes too, so that a right bill may take its place. False where somebody was faster. */
  async cancel(tx: Transaction, billId: string, reason: string): Promise<boolean> {
    const cancelled = await tx.run(
      `UPDATE bills SET state = 'CANCELLED', cancel_reason = ?, bill_key = NULL
       WHERE id = ? AND state = 'ISSUED' AND paid_fen = 0 AND pending_order_no IS NULL`,
      [reason, billId],
    );
    return cancelled === 1;
  }
}

function billRecord(id: string, run: BillRunRecord, bill: Bill) {
  return {
    id,
    estate_id: run.estateId,
    unit_id: bill.unitId,
    run_id: run.id,
    bill_key: bill.key,
    unit_name: bill.unitName,
    unit_order: run.unitOrder.get(bill.unitId) ?? 0,
    month: bill.month,
    payer: bill.payer,
    ledger: bill.ledger,
    due_on: bill.dueOn,
    total_fen: bill.totalFen,
    paid_fen: 0,
    late_fee_paid_fen: 0,
    reduced_fen: 0,
    deferred_from: null,
    deferred_until: null,
    state: 'ISSUED',
    pending_order_no: null,
    issued_at: run.issuedAt,
    settled_at: null,
    cancel_reason: null,
  };
}

export function toBill(row: BillRow): StoredBill {
  return {
    id: row.id,
    estateId: row.estate_id,
    unitId: row.unit_id,
    unitName: row.unit_name,
    month: row.month,
    payer: row.payer,
    ledger: row.ledger,
    dueOn: row.due_on,
    totalFen: row.total_fen,
    paidFen: row.paid_fen,
    reducedFen: row.reduced_fen,
    deferrals: deferralsOf(row),
    state: row.state,
    pendingOrderNo: row.pending_order_no,
    cancelReason: row.cancel_reason,
  };
}

function toOwed(row: OwedRow): OwedBill {
  return { id: row.id, dueOn: row.due_on, openFen: row.open_fen, deferrals: deferralsOf(row) };
}

function deferralsOf(row: DeferralColumns): Deferral[] {
  const { deferred_from: from, deferred_until: until } = row;
  return from === null || until === null ? [] : [{ from, until }];
}

function toLine(row: LineRow): BillLine {
  const count = monthsBetween(row.first_month, row.last_month) + 1;
  return {
    itemCode: row.item_code,
    itemName: row.item_name,
    scheduleVersion: row.schedule_version,
    months: Array.from({ length: count }, (_, index) => addMonths(row.first_month, index)),
    rateTenThousandthYuan: row.rate_ten_thousandth_yuan,
    amountFen: row.amount_fen,
    formula: row.formula,
    basis: row.basis,
  };
}

const places = (values: readonly unknown[]) => values.map(() => '?').join(', ');
