import { Inject, Injectable } from '@nestjs/common';
import {
  diffStatements,
  type IncomeOverview,
  type OwedQuarter,
  openingMismatches,
  owedQuarters,
  type StatementDiffView,
  type StatementList,
  type StatementView,
  thresholdText,
} from '@linli/shared/income';
import { isQuarter, type Quarter } from '@linli/shared/kernel';
import { Database, type Reader } from '../../kernel/database/index.ts';
import { refuse } from '../../kernel/errors/refused.ts';
import { toPage } from '../../kernel/http/paging.ts';
import { PersonsRepository } from '../identity/index.ts';
import { KeepVouchersService } from './books/keep-vouchers.service.ts';
import { type Books, EstateBooks } from './estate-books.ts';
import {
  storedContent,
  storedDecisions,
  toStatement,
  toSummary,
  toView,
  voucherIdsOf,
} from './statement-views.ts';
import { StatementsRepository, type StatementRow, type SummaryRow } from './statements.repository.ts';

/** What owners read 公共收益. */
@Injectable()
export class ReadStatementsService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(StatementsRepository) private readonly statements: StatementsRepository,
    @Inject(EstateBooks) private readonly books: EstateBooks,
    @Inject(KeepVouchersService) private readonly vouchers: KeepVouchersService,
    @Inject(PersonsRepository) private readonly persons: PersonsRepository,
  ) {}

  async overview(estateId: string): Promise<IncomeOverview> {
    const [books, current] = await Promise.all([
      this.books.of(this.database, estateId),
      this.statements.currentOfEstate(this.database, estateId),
    ]);
    const [latest] = current;
    return {
      latest: latest === undefined ? null : toSummary(latest),
      quarters: current
        .map((row) => ({
          quarter: row.quarter,
          openingFen: row.opening_fen,
          incomeNetFen: row.income_net_fen,
          spendFen: row.spend_fen,
          closingFen: row.closing_fen,
        }))
        .toReversed(),
      owed: this.owed(books, current),
      mismatched: mismatchedOf(current),
      accountHolder: latest?.account_holder ?? null,
      thresholdText: thresholdText(books.spendThresholdFen),
    };
  }

  /** The first quarter published in the app is where its books begin; before that, the quarter of joining. */
  owed({ joinedIn, rules, publishedBy }: Books, current: readonly SummaryRow[]): OwedQuarter[] {
    const published = current.map(({ quarter }) => quarter);
    return owedQuarters(published, published.at(-1) ?? joinedIn, this.books.today(), rules, publishedBy);
  }

  async list(estateId: string, after: string | undefined, limit: number): Promise<StatementList> {
    const rows = await this.statements.publishedPage(this.database, estateId, cursorOf(after), limit);
    return toPage(rows, limit, ({ quarter, version }) => `${quarter}.${version}`, toSummary);
  }

  /** A published version, the one in force or an earlier one. Whatever is not published is not there. */
  async view(estateId: string, statementId: string): Promise<StatementView> {
    const [row, versions] = await Promise.all([
      this.statements.byId(this.database, estateId, statementId),
      this.statements.versions(this.database, estateId, statementId),
    ]);
    return this.toView(requirePublished(row), versions);
  }

  async ofQuarter(estateId: string, quarter: Quarter): Promise<StatementView> {
    if (!isQuarter(quarter)) throw refuse('NOT_FOUND');
    const row = requirePublished(await this.statements.current(this.database, estateId, quarter));
    return this.toView(row, await this.statements.versions(this.database, estateId, row.id));
  }

  /** A correction beside the version that it replaced. */
  async diff(estateId: string, statementId: string): Promise<StatementDiffView> {
    const after = requirePublished(await this.statements.byId(this.database, estateId, statementId));
    if (after.amends === null) throw refuse('NOT_FOUND');
    const before = requirePublished(await this.statements.byId(this.database, estateId, after.amends));
    return {
      before: toSummary(before),
      after: toSummary(after),
      reason: after.reason,
      diff: diffStatements(toStatement(before), toStatement(after)),
    };
  }

  /** The latest publication, for those who watch what is posted. */
  async latestPosted(
    reader: Reader,
    estateId: string,
  ): Promise<{ readonly statementId: string; readonly quarter: Quarter; readonly postedAt: number } | null> {
    const [latest] = await this.statements.currentOfEstate(reader, estateId);
    return latest === undefined || latest.published_at === null
      ? null
      : { statementId: latest.id, quarter: latest.quarter, postedAt: latest.published_at };
  }

  private async toView(row: StatementRow, versions: readonly SummaryRow[]): Promise<StatementView> {
    const people = [row.submitted_by ?? row.prepared_by, row.reviewed_by].filter((id) => id !== null);
    const [vouchers, names] = await Promise.all([
      this.vouchers.shown(this.database, voucherIdsOf(storedContent(row).lines)),
      this.persons.names(this.database, people),
    ]);
    return toView(row, { versions, decisions: storedDecisions(row), vouchers, names });
  }
}

/** Quarters whose opening waits for a correction of their own. */
export function mismatchedOf(current: readonly SummaryRow[]): Quarter[] {
  const latest = current.map((row) => ({
    quarter: row.quarter,
    openingFen: row.opening_fen,
    closingFen: row.closing_fen,
  }));
  return openingMismatches(latest).map(({ quarter }) => quarter);
}

export function requirePublished(row: StatementRow | null): StatementRow {
  if (row === null || (row.state !== 'PUBLISHED' && row.state !== 'SUPERSEDED')) throw refuse('NOT_FOUND');
  return row;
}

function cursorOf(after: string | undefined): readonly [string, number] | null {
  const [, quarter = '', version = ''] = /^(\d{4}Q[1-4])\.(\d{1,6})$/.exec(after ?? '') ?? [];
  return quarter === '' ? null : [quarter, Number(version)];
}
