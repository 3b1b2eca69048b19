import { Inject, Injectable } from '@nestjs/common';
import type { Ledger as LedgerName } from '@linli/shared/fees';
import { addDays, shanghaiDate, type CalendarDate } from '@linli/shared/kernel';
import { bankLineUnexplained, gatewayPaidOut, payoutDiffers, payoutFeeBooked } from '@linli/shared/ledger';
import {
  matchSettlements,
  SETTLED_WITHIN_DAYS,
  splitPayout,
  type BankLine,
  type BankSide,
  type Difference,
} from '@linli/shared/reconcile';
import { Clock } from '../../kernel/clock/clock.ts';
import type { Transaction } from '../../kernel/database/index.ts';
import { refuse } from '../../kernel/errors/refused.ts';
import { Ledger } from '../ledger/index.ts';
import { PayeesService } from '../payments/index.ts';
import { knownAmong } from './known-lines.ts';
import { OwnEntriesRepository } from './own-entries.repository.ts';
import { type DifferenceRow, type FoundDifference, type RunRow, RunsRepository } from './runs.repository.ts';

const ARRIVED_LATE = '后来到账，系统核对';

/** A merchant number with the book that it serves, and the estate where it serves one alone. */
export interface Merchant {
  readonly mchId: string;
  readonly book: LedgerName;
  readonly estateId: string | null;
}

/**
 * Each day's settlement beside the line of the bank that brought it. Whatever WeChat paid into the bank is in the books
 * as the bank shows it: for the day that it was, or in suspense with a difference that somebody has to work off.
 */
@Injectable()
export class MatchBankLines {
  constructor(
    @Inject(Clock) private readonly clock: Clock,
    @Inject(PayeesService) private readonly payees: PayeesService,
    @Inject(OwnEntriesRepository) private readonly own: OwnEntriesRepository,
    @Inject(RunsRepository) private readonly runs: RunsRepository,
    @Inject(Ledger) private readonly ledger: Ledger,
  ) {}

  /** A day has been compared: its money may have come before. */
  async dayCompared(tx: Transaction, mchId: string, date: CalendarDate): Promise<void> {
    const merchant = await this.payees.merchant(tx, mchId);
    const until = addDays(date, SETTLED_WITHIN_DAYS);
    const lines = await this.runs.bankLines(tx, mchId, addDays(date, 1), until);
    if (merchant !== null && lines.length > 0) await this.match(tx, merchant, lines, null);
  }

  /** Pairs lines with days and books them; answers how many differences are new. */
  async match(
    tx: Transaction,
    merchant: Merchant,
    lines: readonly BankLine[],
    statement: BankSide['statement'],
  ): Promise<number> {
    const dates = lines.map(({ onDate }) => onDate).sort();
    const [first, last] = [dates[0], dates.at(-1)];
    if (first === undefined || last === undefined) return 0;
    const from = addDays(first, -SETTLED_WITHIN_DAYS);
    const runs = await this.runs.between(tx, merchant.mchId, from, last);
    const days = runs.filter((run) => run.state === 'DONE' && run.arrived_serial === null);
    const { arrived, differences } = matchSettlements({
      expected: days.map((run) => ({ onDate: run.on_date, amountFen: run.settlement_fen })),
      lines: await this.unmatched(tx, merchant.mchId, lines),
      waiting: await this.waiting(tx, merchant.mchId),
      statement,
    });
    const owned = differences.map((difference) => ({ ...difference, estateId: merchant.estateId }));
    const found = await this.runs.addDifferences(tx, merchant.mchId, owned);
    const amounts = new Map(lines.map(({ serial, amountFen }) => [serial, amountFen]));
    for (const day of days) {
      const serial = arrived.get(day.on_date);
      if (serial !== undefined) await this.arrived(tx, merchant, day, serial, amounts.get(serial) ?? 0);
    }
    for (const difference of found)
      if (difference.class === 'MISSING_HERE') await this.postStray(tx, merchant, difference);
    return found.length;
  }

  /** What the bank shows besides is no longer looked into: WeChat kept it, or gave it back. */
  async bookAsFee(tx: Transaction, difference: DifferenceRow): Promise<void> {
    const { mch_id: mchId, on_date: date, estate_id: estateId } = difference;
    const merchant = await this.payees.merchant(tx, mchId);
    if (merchant === null) throw refuse('BANK.NO_MERCHANT');
    const moreFen = (difference.theirs_fen ?? 0) - (difference.ours_fen ?? 0);
    const odd = { estateId, book: merchant.book, occurredAt: this.clock.now(), moreFen };
    await this.ledger.post(tx, payoutFeeBooked({ ...odd, payoutId: `${mchId}:${date}` }));
  }

  /** Days of which money may come and that are not compared yet. */
  private async waiting(tx: Transaction, mchId: string): Promise<CalendarDate[]> {
    const since = await this.payees.firstDayOf(tx, mchId);
    const today = shanghaiDate(this.clock.now());
    const from = addDays(today, -SETTLED_WITHIN_DAYS);
    const runs = await this.runs.between(tx, mchId, from, today);
    const compared = new Set(runs.filter(({ state }) => state !== 'WAITING').map((run) => run.on_date));
    const waiting: CalendarDate[] = [];
    for (let date = from; date < today; date = addDays(date, 1))
      if (since !== null && date >= since && !compared.has(date)) waiting.push(date);
    return waiting;
  }

  /** Without what has been paired with a day, or told as a difference, before. */
  private async unmatched(tx: Transaction, mchId: string, lines: readonly BankLine[]): Promise<BankLine[]> {
    const paired = await knownAmong(tx, lines, (places) => ({
      sql: `SELECT arrived_serial AS known FROM recon_runs WHERE mch_id = ? AND arrived_serial IN (${places})`,
      before: [mchId],
    }));
    const told = await knownAmong(
      tx,
      lines,
      (places) => ({
        sql: `SELECT entry_key AS known FROM recon_differences WHERE mch_id = ? AND entry_key IN (${places})
                AND kind = 'SETTLEMENT' AND class <> 'DUPLICATE'`,
        before: [mchId],
      }),
      differenceKey,
    );
    return lines.filter((line) => !paired.has(line.serial) && !told.has(differenceKey(line.serial)));
  }

  private async arrived(
    tx: Transaction,
    merchant: Merchant,
    day: RunRow,
    serial: string,
    cameFen: number,
  ): Promise<void> {
    const { mchId, book, estateId } = merchant;
    // Two statements at once: one of them pairs the day, the other is imported again.
    if (!(await this.runs.setArrived(tx, mchId, day.on_date, serial))) throw refuse('BANK.AT_ONCE');
    await this.runs.settleLate(tx, mchId, `S:${day.on_date}`, ARRIVED_LATE);
    await this.postParts(tx, merchant, day.on_date);
    const odd = { estateId, book, occurredAt: this.clock.now(), moreFen: cameFen - day.settlement_fen };
    await this.ledger.post(tx, payoutDiffers({ ...odd, payoutId: `${mchId}:${day.on_date}` }));
  }

  /** Each estate of the merchant has its own part; what is nobody's waits in suspense, and somebody has to look into it. */
  private async postParts(tx: Transaction, { mchId, book }: Merchant, date: CalendarDate): Promise<void> {
    const parts = splitPayout(
      await this.runs.payoutRows(tx, mchId, date, await this.own.ofDay(tx, mchId, date)),
    );
    const payoutId = `${mchId}:${date}`;
    const occurredAt = this.clock.now();
    await this.ledger.post(
      tx,
      ...parts.map((part) => gatewayPaidOut({ ...part, payoutId, book, occurredAt })),
    );
    const open = parts.find(({ booked }) => !booked);
    if (open === undefined) return;
    const difference: Difference = {
      class: 'MISSING_HERE',
      kind: 'SETTLEMENT',
      key: `U:${date}`,
      onDate: date,
      orderNo: '',
      oursFen: null,
      theirsFen: open.netFen,
      detail: `结算里有 ${open.rows} 笔账上没有，先记在待查款`,
    };
    await this.runs.addDifferences(tx, mchId, [{ ...difference, estateId: null }]);
  }

  private async postStray(
    tx: Transaction,
    { book, estateId }: Merchant,
    { id: differenceId, theirsFen }: FoundDifference,
  ): Promise<void> {
    const occurredAt = this.clock.now();
    const stray = { differenceId, estateId, book, amountFen: theirsFen ?? 0, occurredAt };
    await this.ledger.post(tx, bankLineUnexplained(stray));
  }
}

/** How a settlement that came to the bank is named among the differences. */
const differenceKey = (serial: string) => `B:${serial}`;
