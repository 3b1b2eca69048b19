import { Inject, Injectable } from '@nestjs/common';
import {
  collectedFen,
  collectedKind,
  type Collected,
  COLLECTED_KINDS,
  type CollectedDay,
  type CollectedKind,
  collectedLines,
  type CollectedSum,
  type CollectedTrace,
  type StatementLine,
} from '@linli/shared/income';
import {
  addDays,
  type CalendarDate,
  DAY_MS,
  type Quarter,
  quarterEnd,
  quarterOf,
  quarterStart,
  shanghaiDate,
  startOfDay,
} from '@linli/shared/kernel';
import { type AccountKind, type EntryView, type LedgerEvent, TRACED_AT_MOST } from '@linli/shared/ledger';
import type { TradeBillState } from '@linli/shared/reconcile';
import { encodeTime } from 'ulid';
import { Clock } from '../../../kernel/clock/clock.ts';
import type { Reader, Transaction } from '../../../kernel/database/index.ts';
import { ReadLedgerService } from '../../ledger/index.ts';
import { TradeBillDays } from '../../reconciliation/index.ts';
import type { BookedSums } from './book-lines.repository.ts';

interface MovedRow {
  event: LedgerEvent;
  debit_kind: AccountKind;
  credit_kind: AccountKind;
  of_bill: number;
  amount_fen: number;
}

interface EntryRow extends MovedRow {
  id: string;
  group_key: string;
  occurred_at: number;
  item_code: string | null;
  item_name: string | null;
  mch_id: string | null;
}

/** An entry that is part of a generated line. */
interface Part {
  readonly row: EntryRow;
  readonly kind: CollectedKind;
  readonly itemCode: string;
  readonly amountFen: number;
}

/** All that {@link collectedKind} may find something in is debited to one of these. */
const DEBITED = `e.book = 'PUBLIC_INCOME'
  AND e.debit_kind IN ('GATEWAY_CLEARING', 'UNIT_CREDIT', 'SUSPENSE', 'REFUND_PAYABLE', 'GATEWAY_FEE')`;
const OF_BILL = 'CASE WHEN e.bill_id IS NULL THEN 0 ELSE 1 END AS of_bill';
/** 00:00 in China, as far from a whole day of the epoch. */
const MIDNIGHT_MS = DAY_MS - startOfDay('1970-01-02');

/** An entry is written down after it happened, at the latest this much before by another clock: its id tells when. */
const CLOCKS_DIFFER_MS = 31 * DAY_MS;

/**
 * What owners paid by WeChat into the public income, as its statements say it. Its entries stand in the ledger since it
 * was paid; lines are made of them, and nothing is booked.
 */
@Injectable()
export class CollectedMoney {
  constructor(
    @Inject(Clock) private readonly clock: Clock,
    @Inject(ReadLedgerService) private readonly ledger: ReadLedgerService,
    @Inject(TradeBillDays) private readonly bills: TradeBillDays,
  ) {}

  async linesOf(reader: Reader, estateId: string, quarter: Quarter): Promise<StatementLine[]> {
    return collectedLines(quarter, sumsOf(await this.parts(reader, estateId, quarter)));
  }

  /** Of every quarter that has any, as they count in a statement. */
  async sums(reader: Reader, estateId: string): Promise<ReadonlyMap<Quarter, BookedSums>> {
    const rows = await reader.rows<MovedRow & { day: number }>(
      `SELECT t.event, t.debit_kind, t.credit_kind, t.of_bill, t.day, SUM(t.amount_fen) AS amount_fen FROM (
         SELECT e.event, e.debit_kind, e.credit_kind, ${OF_BILL}, e.amount_fen,
           e.occurred_at - (e.occurred_at + ${MIDNIGHT_MS}) % ${DAY_MS} AS day
         FROM ledger_entries e WHERE e.estate_id = ? AND ${DEBITED}
       ) t GROUP BY t.event, t.debit_kind, t.credit_kind, t.of_bill, t.day`,
      [estateId],
    );
    const sums = new Map<Quarter, BookedSums>();
    for (const row of rows) {
      const kind = kindOf(row);
      if (kind === null) continue;
      const quarter = quarterOf(shanghaiDate(Number(row.day)));
      const { incomeNetFen, spendFen } = sums.get(quarter) ?? { incomeNetFen: 0, spendFen: 0 };
      const fen = fenOf(row);
      sums.set(quarter, {
        incomeNetFen: incomeNetFen + (kind === 'PAYMENTS' ? fen : kind === 'REFUNDS' ? -fen : 0),
        spendFen: spendFen + (kind === 'FEES' ? fen : 0),
      });
    }
    return sums;
  }

  /** From a published line to what stands behind it. */
  async trace(
    reader: Reader,
    estateId: string,
    quarter: Quarter,
    { kind, itemCode }: Collected,
  ): Promise<{ readonly collected: CollectedTrace; readonly entries: readonly EntryView[] }> {
    const parts = (await this.parts(reader, estateId, quarter)).filter(
      (part) => part.kind === kind && part.itemCode === itemCode,
    );
    const entries = await this.ledger.unnamed(
      estateId,
      parts.slice(0, TRACED_AT_MOST).map(({ row }) => row.id),
    );
    const days = await this.days(reader, estateId, quarter, parts);
    return { collected: { kind, itemCode, count: timesOf(parts), amountFen: totalOf(parts), days }, entries };
  }

  /** What a statement says of it at its publication, so that anybody can compare it with the entries. */
  async keep(tx: Transaction, estateId: string, statementId: string, quarter: Quarter): Promise<void> {
    const parts = await this.parts(tx, estateId, quarter);
    const [fromAt, beforeAt] = rangeOf(quarter);
    const record = (kind: CollectedKind, itemCode: string, of: readonly Part[]) => ({
      statement_id: statementId,
      kind,
      item_code: itemCode,
      estate_id: estateId,
      from_at: fromAt,
      before_at: beforeAt,
      amount_fen: totalOf(of),
      payments: timesOf(of),
      summed_at: this.clock.now(),
    });
    const byKind = COLLECTED_KINDS.map((kind) => [kind, parts.filter((part) => part.kind === kind)] as const);
    await tx.insert(
      'income_collected_sums',
      ...byKind.map(([kind, of]) => record(kind, '', of)),
      ...byKind
        .filter(([kind]) => kind !== 'FEES')
        .flatMap(([kind, of]) =>
          [...Map.groupBy(of, ({ itemCode }) => itemCode)].map(([code, some]) => record(kind, code, some)),
        ),
    );
  }

  /** The entries of a quarter that make its lines, the oldest first. */
  private async parts(reader: Reader, estateId: string, quarter: Quarter): Promise<Part[]> {
    const [fromAt, beforeAt] = rangeOf(quarter);
    const rows = await reader.rows<EntryRow>(
      `SELECT e.id, e.group_key, e.event, e.debit_kind, e.credit_kind, ${OF_BILL}, e.amount_fen, e.occurred_at,
         (SELECT MIN(l.item_code) FROM bill_lines l WHERE l.bill_id = e.bill_id) AS item_code,
         (SELECT MIN(l.item_name) FROM bill_lines l WHERE l.bill_id = e.bill_id) AS item_name,
         (SELECT o.mch_id FROM pay_orders o WHERE o.id = e.order_id) AS mch_id
       FROM ledger_entries e
       WHERE e.estate_id = ? AND ${DEBITED} AND e.id >= ? AND e.occurred_at >= ? AND e.occurred_at < ?
       ORDER BY e.id`,
      [estateId, firstIdOf(fromAt - CLOCKS_DIFFER_MS), fromAt, beforeAt],
    );
    return rows.flatMap((row) => {
      const kind = kindOf(row);
      if (kind === null) return [];
      return { row, kind, itemCode: row.item_code ?? '', amountFen: fenOf(row) };
    });
  }

  private async days(
    reader: Reader,
    estateId: string,
    quarter: Quarter,
    parts: readonly Part[],
  ): Promise<CollectedDay[]> {
    const merchants = new Set(parts.flatMap(({ row }) => (atGateway(row) ? (row.mch_id ?? []) : [])));
    const states = new Map<string, ReadonlyMap<CalendarDate, TradeBillState>>();
    for (const mchId of merchants) {
      const span = [quarterStart(quarter), quarterEnd(quarter)] as const;
      states.set(mchId, await this.bills.states(reader, estateId, mchId, span));
    }
    const byDay = Map.groupBy(parts, ({ row }) => shanghaiDate(row.occurred_at));
    return [...byDay]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([on, of]) => {
        const moved = of.filter(({ row }) => atGateway(row));
        const found = moved.map(({ row }) => states.get(row.mch_id ?? '')?.get(on) ?? 'WAITING');
        return { on, count: timesOf(of), amountFen: totalOf(of), reconciled: worstOf(found) };
      });
  }
}

/** A payout is what the trade bill was settled with, and a credit that is used moves nothing at WeChat. */
function atGateway({ event }: MovedRow): boolean {
  return event === 'PAYMENT_SETTLED' || event === 'REFUND_SUCCEEDED';
}

function worstOf(states: readonly TradeBillState[]): TradeBillState | null {
  return (['DIFFERENT', 'WAITING', 'AGREED'] as const).find((state) => states.includes(state)) ?? null;
}

function kindOf(row: MovedRow): CollectedKind | null {
  return collectedKind(toEntry(row));
}

/** Sums are DECIMAL on MySQL and may arrive as text. */
function fenOf(row: MovedRow): number {
  return collectedFen(toEntry(row), Number(row.amount_fen));
}

function toEntry({ event, debit_kind: debitKind, credit_kind: creditKind, of_bill: ofBill }: MovedRow) {
  return { event, debitKind, creditKind, isOfBill: Number(ofBill) === 1 };
}

function sumsOf(parts: readonly Part[]): CollectedSum[] {
  return [...Map.groupBy(parts, ({ kind, itemCode }) => `${kind} ${itemCode}`).values()].flatMap((of) => {
    const [first] = of;
    if (first === undefined) return [];
    const { kind, itemCode, row } = first;
    return { kind, itemCode, itemName: row.item_name ?? '', count: timesOf(of), amountFen: totalOf(of) };
  });
}

/** A payment may be for several bills, and of a bill and its late fee: it is one. */
function timesOf(parts: readonly Part[]): number {
  return new Set(parts.map(({ row }) => row.group_key)).size;
}

function totalOf(parts: readonly Part[]): number {
  return parts.reduce((sum, { amountFen }) => sum + amountFen, 0);
}

function rangeOf(quarter: Quarter): readonly [fromAt: number, beforeAt: number] {
  return [startOfDay(quarterStart(quarter)), startOfDay(addDays(quarterEnd(quarter), 1))];
}

/** Ids begin with their time. */
function firstIdOf(instant: number): string {
  return encodeTime(Math.max(0, instant)).padEnd(26, '0');
}
