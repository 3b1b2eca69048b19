import { Inject, Injectable } from '@nestjs/common';
import type { CalendarDate } from '@linli/shared/kernel';
import {
  entryKey,
  feeFen,
  type Difference,
  type DifferenceClass,
  type DifferenceState,
  type BankLine,
  type EntryKind,
  type OwnEntry,
  type PayoutRow,
  type RunState,
  type TradeBillRow,
} from '@linli/shared/reconcile';
import { Clock } from '../../kernel/clock/clock.ts';
import type { Reader, Transaction } from '../../kernel/database/index.ts';
import { Ids } from '../../kernel/ids/ids.ts';

/** A merchant's day as it was compared. */
export interface RunRow {
  on_date: CalendarDate;
  state: RunState;
  payments: number;
  paid_fen: number;
  refunds: number;
  refunded_fen: number;
  fee_units: number;
  settlement_fen: number;
  arrived_serial: string | null;
  /** What that line brought. */
  arrived_fen: number | null;
  recovered: number;
  fault: string;
  checked_at: number;
}

export type OwnedDifference = Difference & { readonly estateId: string | null };
/** A difference that has just been written down. */
export type FoundDifference = OwnedDifference & { readonly id: string };

export interface DifferenceRow {
  id: string;
  mch_id: string;
  estate_id: string | null;
  on_date: CalendarDate;
  class: DifferenceClass;
  kind: EntryKind;
  entry_key: string;
  order_no: string;
  ours_fen: number | null;
  theirs_fen: number | null;
  detail: string;
  state: DifferenceState;
  outcome: string;
}

/** Days compared, the lines of their bills, and the differences found. */
@Injectable()
export class RunsRepository {
  constructor(
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
  ) {}

  async between(reader: Reader, mchId: string, from: CalendarDate, until: CalendarDate): Promise<RunRow[]> {
    return reader.rows<RunRow>(
      `SELECT r.*, b.amount_fen AS arrived_fen FROM recon_runs r
       LEFT JOIN bank_lines b ON b.mch_id = r.mch_id AND b.serial = r.arrived_serial
       WHERE r.mch_id = ? AND r.on_date BETWEEN ? AND ? ORDER BY r.on_date`,
      [mchId, from, until],
    );
  }

  /** Keys of the entries of a day's bill; null where the day was not compared. */
  async keysOf(reader: Reader, mchId: string, date: CalendarDate): Promise<ReadonlySet<string> | null> {
    const [run] = await this.between(reader, mchId, date, date);
    if (run === undefined || run.state === 'WAITING') return null;
    const rows = await reader.rows<{ entry_key: string }>(
      'SELECT entry_key FROM trade_bill_rows WHERE mch_id = ? AND on_date = ?',
      [mchId, date],
    );
    return new Set(rows.map((row) => row.entry_key));
  }

  /**
   * The lines of a day's bill, each with whose it is by its order, and whether our books have it as it stands there: now,
   * not when the day was compared.
   */
  async payoutRows(
    reader: Reader,
    mchId: string,
    date: CalendarDate,
    own: readonly OwnEntry[],
  ): Promise<PayoutRow[]> {
    const rows = await reader.rows<{
      entry_key: string;
      kind: TradeBillRow['kind'];
      order_no: string;
      amount_fen: number;
      fee_units: number;
      estate_id: string | null;
    }>(
      `SELECT t.entry_key, t.kind, t.order_no, t.amount_fen, t.fee_units, o.estate_id
       FROM trade_bill_rows t LEFT JOIN pay_orders o ON o.order_no = t.order_no
       WHERE t.mch_id = ? AND t.on_date = ? ORDER BY t.row_no`,
      [mchId, date],
    );
    // A refund that has failed here gave nothing back in our books.
    const alive = own.filter(({ state }) => state !== 'FAILED');
    const booked = new Set(alive.map((entry) => bookedAs(entryKey(entry), entry.orderNo, entry.amountFen)));
    return rows.map((row) => ({
      key: row.entry_key,
      kind: row.kind,
      amountFen: row.amount_fen,
      feeUnits: row.fee_units,
      estateId: row.estate_id,
      booked: booked.has(bookedAs(row.entry_key, row.order_no, row.amount_fen)),
    }));
  }

  /** What the bank's statements have of these days. */
  async bankLines(
    reader: Reader,
    mchId: string,
    from: CalendarDate,
    until: CalendarDate,
  ): Promise<BankLine[]> {
    const rows = await reader.rows<{
      serial: string;
      on_date: CalendarDate;
      amount_fen: number;
      counterparty: string;
      summary: string;
    }>(
      `SELECT serial, on_date, amount_fen, counterparty, summary FROM bank_lines
       WHERE mch_id = ? AND on_date BETWEEN ? AND ? ORDER BY on_date, serial`,
      [mchId, from, until],
    );
    return rows.map(({ on_date: onDate, amount_fen: amountFen, ...line }) => ({
      ...line,
      onDate,
      amountFen,
    }));
  }

  /** The line that brought the day's money; false where another one did. */
  async setArrived(tx: Transaction, mchId: string, date: CalendarDate, serial: string): Promise<boolean> {
    const paired = await tx.run(
      'UPDATE recon_runs SET arrived_serial = ? WHERE mch_id = ? AND on_date = ? AND arrived_serial IS NULL',
      [serial, mchId, date],
    );
    return paired === 1;
  }

  /** What was missed has come. */
  async settleLate(tx: Transaction, mchId: string, key: string, outcome: string): Promise<void> {
    await tx.run(
      "UPDATE recon_differences SET state = 'SETTLED', outcome = ? WHERE mch_id = ? AND entry_key = ? AND state = 'OPEN'",
      [outcome, mchId, key],
    );
  }

  /** Writes the day down; one that waited is written over. */
  async save(
    tx: Transaction,
    mchId: string,
    date: CalendarDate,
    day: { state: RunState; rows: readonly TradeBillRow[]; recovered: number; fault: string },
  ): Promise<void> {
    await tx.run("DELETE FROM recon_runs WHERE mch_id = ? AND on_date = ? AND state = 'WAITING'", [
      mchId,
      date,
    ]);
    const sums = sumsOf(day.rows);
    await tx.insert('recon_runs', {
      mch_id: mchId,
      on_date: date,
      state: day.state,
      ...sums,
      arrived_serial: null,
      recovered: day.recovered,
      fault: day.fault.slice(0, 200),
      checked_at: this.clock.now(),
    });
    await tx.insert(
      'trade_bill_rows',
      ...day.rows.map((row, index) => ({
        mch_id: mchId,
        on_date: date,
        row_no: index,
        entry_key: entryKey(row),
        kind: row.kind,
        order_no: row.orderNo,
        amount_fen: row.amountFen,
        fee_units: row.feeUnits,
      })),
    );
  }

  /** Writes down what is not known yet; answers what is new. */
  async addDifferences(
    tx: Transaction,
    mchId: string,
    differences: readonly OwnedDifference[],
  ): Promise<FoundDifference[]> {
    const added: FoundDifference[] = [];
    for (const difference of differences) {
      const name = [mchId, difference.key, difference.class, difference.kind];
      const known = await tx.row(
        'SELECT 1 AS found FROM recon_differences WHERE mch_id = ? AND entry_key = ? AND class = ? AND kind = ?',
        name,
      );
      if (known !== null) continue;
      const id = this.ids.next();
      await tx.insert('recon_differences', {
        id,
        mch_id: mchId,
        estate_id: difference.estateId,
        on_date: difference.onDate,
        class: difference.class,
        kind: difference.kind,
        entry_key: difference.key,
        order_no: difference.orderNo.slice(0, 64),
        ours_fen: difference.oursFen,
        theirs_fen: difference.theirsFen,
        detail: difference.detail.slice(0, 200),
        state: 'OPEN',
        outcome: '',
        found_at: this.clock.now(),
      });
      added.push({ ...difference, id });
    }
    return added;
  }

  /** Of these merchant numbers and of this estate, or of nobody known. */
  async differences(
    reader: Reader,
    mchId: string,
    estateId: string,
    from: CalendarDate,
    until: CalendarDate,
  ): Promise<DifferenceRow[]> {
    return reader.rows<DifferenceRow>(
      `SELECT * FROM recon_differences WHERE mch_id = ? AND on_date BETWEEN ? AND ?
         AND (estate_id = ? OR estate_id IS NULL) ORDER BY on_date, id`,
      [mchId, from, until, estateId],
    );
  }

  async difference(reader: Reader, estateId: string, id: string): Promise<DifferenceRow | null> {
    return reader.row<DifferenceRow>(
      `SELECT d.* FROM recon_differences d JOIN payees p ON p.mch_id = d.mch_id AND p.estate_id = ?
       WHERE d.id = ? AND (d.estate_id = ? OR d.estate_id IS NULL)`,
      [estateId, id, estateId],
    );
  }

  /** How many wait for this estate. */
  async openDifferences(reader: Reader, estateId: string): Promise<number> {
    const row = await reader.row<{ found: number }>(
      `SELECT COUNT(*) AS found FROM payees p JOIN recon_differences d ON d.mch_id = p.mch_id
       WHERE p.estate_id = ? AND d.state = 'OPEN' AND (d.estate_id = p.estate_id OR d.estate_id IS NULL)`,
      [estateId],
    );
    return Number(row?.found ?? 0);
  }

  async settle(tx: Transaction, id: string, outcome: string): Promise<boolean> {
    const settled = await tx.run(
      "UPDATE recon_differences SET state = 'SETTLED', outcome = ? WHERE id = ? AND state = 'OPEN'",
      [outcome.slice(0, 300), id],
    );
    return settled === 1;
  }
}

const bookedAs = (key: string, orderNo: string, amountFen: number) => `${key} ${orderNo} ${amountFen}`;

function sumsOf(rows: readonly TradeBillRow[]) {
  const total = (kind: TradeBillRow['kind']) => {
    const of = rows.filter((row) => row.kind === kind);
    return { count: of.length, fen: of.reduce((sum, { amountFen }) => sum + amountFen, 0) };
  };
  const [paid, refunded] = [total('PAYMENT'), total('REFUND')];
  const feeUnits = rows.reduce((sum, row) => sum + row.feeUnits, 0);
  return {
    payments: paid.count,
    paid_fen: paid.fen,
    refunds: refunded.count,
    refunded_fen: refunded.fen,
    fee_units: feeUnits,
    settlement_fen: paid.fen - refunded.fen - feeFen(feeUnits),
  };
}
