import { Inject, Injectable } from '@nestjs/common';
import type { Ledger as LedgerName } from '@linli/shared/fees';
import {
  isSettlement,
  namedLines,
  readBankSheet,
  secondName,
  type BankImport,
  type BankLine,
  type KeptLine,
} from '@linli/shared/reconcile';
import type { SheetRow } from '@linli/shared/sheet';
import type { Caller } from '../../kernel/access/index.ts';
import { Audit } from '../../kernel/audit/audit.ts';
import { Clock } from '../../kernel/clock/clock.ts';
import { Database, type Transaction } from '../../kernel/database/index.ts';
import { refuse } from '../../kernel/errors/refused.ts';
import { readSheet } from '../../kernel/spreadsheet/index.ts';
import { PayeesService } from '../payments/index.ts';
import { AccountLinesRepository, estateAccount } from './account-lines.repository.ts';
import { rowsAmong } from './known-lines.ts';
import { MatchBankLines } from './match-bank-lines.service.ts';

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
    @Inject(MatchBankLines) private readonly matching: MatchBankLines,
  ) {}

  async import(caller: Caller, estateId: string, book: LedgerName, file: Buffer): Promise<BankImport> {
    const payee = await this.payees.of(this.database, estateId, book);
    if (payee === null) throw refuse('BANK.NO_MERCHANT');
    const { answer, lines, from, until } = await readStatement(file);
    if (lines.length === 0) return answer;
    const merchant = await this.payees.merchant(this.database, payee.mchId);
    if (merchant === null) throw refuse('BANK.NO_MERCHANT');
    const result = await this.database.transaction(async (tx) => {
      const { kept, newLines } = await this.keep(tx, caller, payee.mchId, lines);
      const differences = await this.matching.match(tx, merchant, kept, { from, until });
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
      const { newLines: fresh } = await this.keep(tx, caller, account, lines);
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

  /** Each line once, by the bank's own number; answers all of them as they are kept, and how many are new. */
  private async keep(
    tx: Transaction,
    caller: Caller,
    mchId: string,
    lines: readonly BankLine[],
  ): Promise<{ readonly kept: readonly BankLine[]; readonly newLines: number }> {
    const question = (places: string) => ({
      sql: `SELECT serial, on_date, amount_fen FROM bank_lines WHERE mch_id = ? AND serial IN (${places})`,
      before: [mchId],
    });
    const known: KeptLine[] = [];
    for (const keyOf of [({ serial }: KeptLine) => serial, secondName])
      for (const row of await rowsAmong<LineRow>(tx, lines, question, keyOf))
        known.push({ serial: row.serial, onDate: row.on_date, amountFen: row.amount_fen });
    const kept = namedLines(lines, known);
    const there = new Set(known.map(({ serial }) => serial));
    const fresh = new Map<string, BankLine>();
    for (const line of kept)
      if (!there.has(line.serial) && !fresh.has(line.serial)) fresh.set(line.serial, line);
    await tx.insert(
      'bank_lines',
      ...[...fresh.values()].map((line) => ({
        mch_id: mchId,
        serial: line.serial,
        on_date: line.onDate,
        amount_fen: line.amountFen,
        counterparty: line.counterparty.slice(0, 120),
        summary: line.summary.slice(0, 200),
        imported_by: caller.personId,
        imported_at: this.clock.now(),
      })),
    );
    return { kept, newLines: fresh.size };
  }
}

interface LineRow {
  serial: string;
  on_date: string;
  amount_fen: number;
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
