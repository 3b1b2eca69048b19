import { Inject, Injectable } from '@nestjs/common';
import type { Ledger as LedgerName } from '@linli/shared/fees';
import { addDays, type CalendarDate } from '@linli/shared/kernel';
import { gatewayPaidOut } from '@linli/shared/ledger';
import {
  isSettlement,
  matchSettlements,
  readBankSheet,
  SETTLED_WITHIN_DAYS,
  splitPayout,
  type BankImport,
  type BankLine,
  type SettlementMatch,
} from '@linli/shared/reconcile';
import type { SheetRow } from '@linli/shared/sheet';
import type { Caller } from '../../kernel/access/index.ts';
import { Audit } from '../../kernel/audit/audit.ts';
import { Clock } from '../../kernel/clock/clock.ts';
import { Database, type Transaction } from '../../kernel/database/index.ts';
import { refuse } from '../../kernel/errors/refused.ts';
import { readSheet } from '../../kernel/spreadsheet/index.ts';
import { Ledger } from '../ledger/index.ts';
import { PayeesService } from '../payments/index.ts';
import { AccountLinesRepository, estateAccount } from './account-lines.repository.ts';
import { RunsRepository, type RunRow } from './runs.repository.ts';

const ARRIVED_LATE = '后来到账，系统核对';
const SHOWN_FAULTS = 50;

/** The bank's statement 银行流水 beside what WeChat should have settled. A file imported twice changes nothing. */
@Injectable()
export class BankStatementsService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(PayeesService) private readonly payees: PayeesService,
    @Inject(AccountLinesRepository) private readonly accounts: AccountLinesRepository,
    @Inject(RunsRepository) private readonly runs: RunsRepository,
    @Inject(Ledger) private readonly ledger: Ledger,
  ) {}

  async import(caller: Caller, estateId: string, book: LedgerName, file: Buffer): Promise<BankImport> {
    const payee = await this.payees.of(this.database, estateId, book);
    if (payee === null) throw refuse('BANK.NO_MERCHANT');
    const { answer, lines, from, until } = await readStatement(file);
    if (lines.length === 0) return answer;
    const result = await this.database.transaction(async (tx) => {
      const newLines = await this.keep(tx, caller, payee.mchId, lines);
      const days = (
        await this.runs.between(tx, payee.mchId, addDays(from, -SETTLED_WITHIN_DAYS), until)
      ).filter((run) => run.state === 'DONE' && run.arrived_serial === null);
      const match = matchSettlements({
        expected: days.map((run) => ({ onDate: run.on_date, amountFen: run.settlement_fen })),
        lines: await this.unmatched(tx, payee.mchId, lines),
        from,
        until,
      });
      const owned = match.differences.map((difference) => ({ ...difference, estateId }));
      const differences = await this.runs.addDifferences(tx, payee.mchId, owned);
      await this.arrived(tx, { mchId: payee.mchId, book }, days, match);
      await this.audit.record(tx, caller, {
        action: 'BANK_STATEMENT.IMPORTED',
        estateId,
        subjectType: 'PAYEE',
        subjectId: payee.id,
        after: { from, until, lines: lines.length, newLines, differences },
      });
      return { newLines, differences };
    });
    return { ...answer, ...result, ...countsOf(lines), from, until };
  }

  /** The statement of the account that the public income is kept in 共管账户, whether or not a merchant settles to it. */
  async importAccount(caller: Caller, estateId: string, file: Buffer): Promise<BankImport> {
    if ((await this.accounts.ownMerchant(this.database, estateId)) !== null)
      return this.import(caller, estateId, 'PUBLIC_INCOME', file);
    const { answer, lines, from, until } = await readStatement(file);
    if (lines.length === 0) return answer;
    const account = estateAccount(estateId);
    const newLines = await this.database.transaction(async (tx) => {
      const fresh = await this.keep(tx, caller, account, lines);
      await this.audit.record(tx, caller, {
        action: 'BANK_STATEMENT.IMPORTED',
        estateId,
        subjectType: 'ACCOUNT',
        subjectId: account,
        after: { from, until, lines: lines.length, newLines: fresh },
      });
      return fresh;
    });
    return { ...answer, ...countsOf(lines), newLines, from, until };
  }

  /** Each line once, by the bank's own number. */
  private async keep(
    tx: Transaction,
    caller: Caller,
    mchId: string,
    lines: readonly BankLine[],
  ): Promise<number> {
    const known = await knownAmong(tx, lines, (places) => ({
      sql: `SELECT serial AS known FROM bank_lines WHERE mch_id = ? AND serial IN (${places})`,
      before: [mchId],
    }));
    const fresh = new Map<string, BankLine>();
    for (const line of lines)
      if (!known.has(line.serial) && !fresh.has(line.serial)) fresh.set(line.serial, line);
    await tx.insert(
      'bank_lines',
      ...[...fresh.values()].map((line) => ({
        mch_id: mchId,
        serial: line.serial.slice(0, 80),
        on_date: line.onDate,
        amount_fen: line.amountFen,
        counterparty: line.counterparty.slice(0, 120),
        summary: line.summary.slice(0, 200),
        imported_by: caller.personId,
        imported_at: this.clock.now(),
      })),
    );
    return fresh.size;
  }

  /** Without what an earlier file has paired with a day, or has told as a difference. */
  private async unmatched(tx: Transaction, mchId: string, lines: readonly BankLine[]): Promise<BankLine[]> {
    const days = lines.map(({ onDate }) => onDate).sort();
    const [from = '', to = ''] = [days[0], days.at(-1)];
    if (from === '') return [];
    const paired = await knownAmong(tx, lines, (places) => ({
      sql: `SELECT arrived_serial AS known FROM recon_runs
            WHERE mch_id = ? AND on_date BETWEEN ? AND ? AND arrived_serial IN (${places})`,
      before: [mchId, addDays(from, -SETTLED_WITHIN_DAYS), to],
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
    { mchId, book }: Merchant,
    days: readonly RunRow[],
    { arrived, differences }: SettlementMatch,
  ): Promise<void> {
    const wrong = new Set(
      differences.filter((difference) => difference.class === 'AMOUNT').map(({ onDate }) => onDate),
    );
    for (const day of days) {
      const serial = arrived.get(day.on_date);
      if (serial === undefined) continue;
      await tx.run('UPDATE recon_runs SET arrived_serial = ? WHERE mch_id = ? AND on_date = ?', [
        serial,
        mchId,
        day.on_date,
      ]);
      await tx.run(
        "UPDATE recon_differences SET state = 'SETTLED', outcome = ? WHERE mch_id = ? AND entry_key = ? AND state = 'OPEN'",
        [ARRIVED_LATE, mchId, `S:${day.on_date}`],
      );
      if (!wrong.has(day.on_date)) await this.postParts(tx, { mchId, book }, day.on_date);
    }
  }

  /** Each estate of the merchant has its own part; what is nobody's waits in suspense, and somebody has to look into it. */
  private async postParts(tx: Transaction, { mchId, book }: Merchant, date: CalendarDate): Promise<void> {
    const parts = splitPayout(await this.runs.payoutRows(tx, mchId, date));
    const payoutId = `${mchId}:${date}`;
    const occurredAt = this.clock.now();
    await this.ledger.post(
      tx,
      ...parts.map((part) => gatewayPaidOut({ ...part, payoutId, book, occurredAt })),
    );
    const open = parts.find(({ booked }) => !booked);
    if (open === undefined) return;
    const difference = {
      class: 'MISSING_HERE' as const,
      kind: 'SETTLEMENT' as const,
      key: `U:${date}`,
      onDate: date,
      orderNo: '',
      oursFen: null,
      theirsFen: open.netFen,
      detail: `结算里有 ${open.rows} 笔账上没有，先记在待查款`,
    };
    await this.runs.addDifferences(tx, mchId, [{ ...difference, estateId: null }]);
  }
}

interface Merchant {
  readonly mchId: string;
  readonly book: LedgerName;
}

interface ReadStatement {
  /** Of a file with nothing in it, or with lines that cannot be read. */
  readonly answer: BankImport;
  readonly lines: readonly BankLine[];
  readonly from: string;
  readonly until: string;
}

async function readStatement(file: Buffer): Promise<ReadStatement> {
  const rows: SheetRow[] = [];
  for await (const row of readSheet(file)) rows.push(row);
  const report = readBankSheet(rows);
  const faults = report.faults.slice(0, SHOWN_FAULTS);
  const nothing = { from: null, until: null, newLines: 0, settlements: 0, otherLines: 0, differences: 0 };
  const answer = { ...nothing, lines: report.rows, faults, ignored: report.ignored };
  const lines = report.value ?? [];
  const dates = lines.map(({ onDate }) => onDate).sort();
  return { answer, lines, from: dates[0] ?? '', until: dates.at(-1) ?? '' };
}

function countsOf(lines: readonly BankLine[]): Pick<BankImport, 'settlements' | 'otherLines'> {
  const settlements = lines.filter(isSettlement).length;
  return { settlements, otherLines: lines.length - settlements };
}

/** How a settlement that came to the bank is named among the differences. */
const differenceKey = (serial: string) => `B:${serial}`;

/** Asked for so many lines at a time: a year's statement is a few statements, not thousands. */
const AT_ONCE = 500;

/** Which of the lines are there already, by their number or a key made of it. */
async function knownAmong(
  tx: Transaction,
  lines: readonly BankLine[],
  question: (places: string) => { readonly sql: string; readonly before: readonly string[] },
  keyOf: (serial: string) => string = (serial) => serial,
): Promise<ReadonlySet<string>> {
  const known = new Set<string>();
  for (let from = 0; from < lines.length; from += AT_ONCE) {
    const keys = lines.slice(from, from + AT_ONCE).map(({ serial }) => keyOf(serial));
    const { sql, before } = question(keys.map(() => '?').join(', '));
    for (const row of await tx.rows<{ known: string }>(sql, [...before, ...keys])) known.add(row.known);
  }
  return known;
}
