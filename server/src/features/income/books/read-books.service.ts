import { Inject, Injectable } from '@nestjs/common';
import {
  type BookLineView,
  categoryLabelOf,
  type KeptLineView,
  type LineTrace,
  pairLines,
  type QuarterBooks,
  type StatementLine,
  sumStatement,
} from '@linli/shared/income';
import type { Quarter } from '@linli/shared/kernel';
import type { Caller } from '../../../kernel/access/index.ts';
import { Database, type Reader } from '../../../kernel/database/index.ts';
import { refuse } from '../../../kernel/errors/refused.ts';
import { PersonsRepository } from '../../identity/index.ts';
import { ReadLedgerService } from '../../ledger/index.ts';
import { EstateBooks, requireKeeper } from '../estate-books.ts';
import { requirePublished } from '../read-statements.service.ts';
import { storedContent, voucherIdsOf } from '../statement-views.ts';
import { StatementsRepository, type SummaryRow } from '../statements.repository.ts';
import { BankLinesOfBooks } from './bank-lines-of-books.ts';
import { CollectedMoney } from './collected-money.ts';
import {
  BookLinesRepository,
  type BookLineRow,
  type BookedSums,
  toBookLine,
} from './book-lines.repository.ts';
import { KeepVouchersService } from './keep-vouchers.service.ts';

/** The books as their keepers read them, and the way from a published line down to them. */
@Injectable()
export class ReadBooksService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(BookLinesRepository) private readonly lines: BookLinesRepository,
    @Inject(StatementsRepository) private readonly statements: StatementsRepository,
    @Inject(EstateBooks) private readonly books: EstateBooks,
    @Inject(KeepVouchersService) private readonly vouchers: KeepVouchersService,
    @Inject(ReadLedgerService) private readonly ledger: ReadLedgerService,
    @Inject(BankLinesOfBooks) private readonly bank: BankLinesOfBooks,
    @Inject(CollectedMoney) private readonly collected: CollectedMoney,
    @Inject(PersonsRepository) private readonly persons: PersonsRepository,
  ) {}

  async quarter(caller: Caller, estateId: string, quarter: Quarter): Promise<QuarterBooks> {
    requireKeeper(caller, await this.books.of(this.database, estateId));
    const [rows, collected, current, open] = await Promise.all([
      this.lines.ofQuarter(this.database, estateId, quarter),
      this.collected.linesOf(this.database, estateId, quarter),
      this.statements.current(this.database, estateId, quarter),
      this.statements.open(this.database, estateId),
    ]);
    const standing = rows.map(toBookLine).filter(({ takenBackAt }) => takenBackAt === null);
    const counted = [...standing.map(({ line }) => line), ...collected];
    const booked = sumStatement({ openingFen: 0, lines: counted });
    return {
      quarter,
      lines: byDay(await this.withVouchers(await this.toViews(this.database, rows))),
      collected: collected.map((line) => ({ line, categoryLabel: categoryLabelOf(line) })),
      incomeNetFen: booked.incomeNetFen,
      spendFen: booked.spendFen,
      published: current === null ? null : { id: current.id, isBehind: isBehind(current, booked) },
      draftId: open.find((row) => row.quarter === quarter)?.id ?? null,
    };
  }

  /** From a line that owners read to its entries, its papers and the bank 穿透查看. */
  async trace(caller: Caller, estateId: string, statementId: string, index: number): Promise<LineTrace> {
    const row = requirePublished(await this.statements.byId(this.database, estateId, statementId));
    const { lines } = storedContent(row);
    const line = lines[index];
    if (line === undefined || !Number.isSafeInteger(index)) throw refuse('NOT_FOUND');
    if (line.collected !== undefined) {
      const traced = await this.collected.trace(this.database, estateId, row.quarter, line.collected);
      return { index, booked: null, vouchers: [], bankLine: null, ...traced };
    }
    const booked = await this.bookedLine(estateId, row.quarter, lines, index);
    return {
      index,
      collected: null,
      booked: booked === null ? null : ((await this.toViews(this.database, [booked]))[0] ?? null),
      entries:
        booked === null
          ? []
          : (await this.ledger.trace(caller, estateId, { kind: 'STATEMENT_LINE', id: booked.id })).items,
      vouchers: await this.vouchers.views(this.database, line.voucherIds),
      bankLine: booked === null ? null : await this.bank.of(this.database, estateId, booked),
    };
  }

  private async bookedLine(
    estateId: string,
    quarter: Quarter,
    lines: readonly StatementLine[],
    index: number,
  ): Promise<BookLineRow | null> {
    const rows = await this.lines.ofQuarter(this.database, estateId, quarter);
    const paired = pairLines(lines, rows.map(toBookLine))[index];
    return rows.find(({ id }) => id === paired?.id) ?? null;
  }

  private async withVouchers(lines: readonly BookLineView[]): Promise<KeptLineView[]> {
    const vouchers = await this.vouchers.views(this.database, voucherIdsOf(lines.map(({ line }) => line)));
    return lines.map((one) => ({
      ...one,
      vouchers: vouchers.filter(({ originalId }) => one.line.voucherIds.includes(originalId)),
    }));
  }

  private async toViews(reader: Reader, rows: readonly BookLineRow[]): Promise<BookLineView[]> {
    const people = rows.flatMap((row) => [row.booked_by, row.taken_back_by ?? row.booked_by]);
    const names = await this.persons.names(reader, [...new Set(people)]);
    return rows.map((row) => {
      const { line } = toBookLine(row);
      return {
        id: row.id,
        source: row.source,
        line,
        categoryLabel: categoryLabelOf(line),
        bookedBy: names.get(row.booked_by) ?? '',
        bookedAt: row.booked_at,
        takenBack:
          row.taken_back_by === null || row.taken_back_at === null
            ? null
            : {
                by: names.get(row.taken_back_by) ?? '',
                at: row.taken_back_at,
                reason: row.taken_back_reason ?? '',
              },
      };
    });
  }
}

function byDay(lines: readonly KeptLineView[]): KeptLineView[] {
  return lines.toSorted((a, b) => (a.line.date < b.line.date ? -1 : Number(a.line.date > b.line.date)));
}

/** What counts of a quarter: its lines, and what came by WeChat. */
export function addSums(...sums: readonly (BookedSums | undefined)[]): BookedSums {
  return sums.reduce<BookedSums>(
    (sum, more) => ({
      incomeNetFen: sum.incomeNetFen + (more?.incomeNetFen ?? 0),
      spendFen: sum.spendFen + (more?.spendFen ?? 0),
    }),
    { incomeNetFen: 0, spendFen: 0 },
  );
}

/** The books say something else than what is published: a correction is due. */
export function isBehind(
  published: Pick<SummaryRow, 'income_net_fen' | 'spend_fen'>,
  { incomeNetFen, spendFen }: BookedSums,
): boolean {
  return incomeNetFen !== published.income_net_fen || spendFen !== published.spend_fen;
}
