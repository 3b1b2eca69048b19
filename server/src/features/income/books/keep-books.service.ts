import { Inject, Injectable } from '@nestjs/common';
import {
  type BookLineRequest,
  formatLine,
  INCOME_LIMITS,
  type StatementLine,
  type TakeBackLineRequest,
} from '@linli/shared/income';
import { formatQuarter, type Quarter, quarterOf } from '@linli/shared/kernel';
import type { Caller } from '../../../kernel/access/index.ts';
import { Audit } from '../../../kernel/audit/audit.ts';
import { Database, type Transaction } from '../../../kernel/database/index.ts';
import { refuse } from '../../../kernel/errors/refused.ts';
import { Idempotency } from '../../../kernel/idempotency/idempotency.ts';
import { InboxService } from '../../notifications/index.ts';
import { CheckStatementService } from '../check-statement.service.ts';
import { type Books, EstateBooks, keepersOf, requireKeeper } from '../estate-books.ts';
import { StatementsRepository } from '../statements.repository.ts';
import { SpendingBasisService } from '../spending/spending-basis.service.ts';
import { KeepVouchersService } from './keep-vouchers.service.ts';
import { BookLinesRepository, toBookLine } from './book-lines.repository.ts';
import { FundBooks } from './fund-books.service.ts';

const BOOKS_PAGE = '/packages/workbench-income/pages/books/index';

/** Booking as it happens 日常记账: one line at a time, by whoever keeps the estate's books. */
@Injectable()
export class KeepBooksService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(FundBooks) private readonly fund: FundBooks,
    @Inject(BookLinesRepository) private readonly lines: BookLinesRepository,
    @Inject(EstateBooks) private readonly books: EstateBooks,
    @Inject(CheckStatementService) private readonly checks: CheckStatementService,
    @Inject(SpendingBasisService) private readonly basis: SpendingBasisService,
    @Inject(KeepVouchersService) private readonly vouchers: KeepVouchersService,
    @Inject(StatementsRepository) private readonly statements: StatementsRepository,
    @Inject(InboxService) private readonly inbox: InboxService,
    @Inject(Idempotency) private readonly idempotency: Idempotency,
    @Inject(Audit) private readonly audit: Audit,
  ) {}

  /** What no statement could say is not booked either: a spend at the threshold needs its decision already here. */
  async book(
    caller: Caller,
    estateId: string,
    { line }: BookLineRequest,
    key: string,
  ): Promise<{ readonly quarter: Quarter; readonly id: string }> {
    const books = await this.books.of(this.database, estateId);
    requireKeeper(caller, books);
    const quarter = quarterOf(line.date);
    if (line.date > this.books.today()) throw refuse('INCOME.LINE_IN_FUTURE');
    const { personId } = caller;
    const action = { personId, key, useCase: `income.book:${estateId}`, body: line };
    const id = await this.idempotency.once(action, async (tx) => {
      await this.requirePublishable(tx, estateId, quarter);
      const fields = await this.checks.ofLine(tx, books, line);
      if (fields.length > 0)
        throw refuse('INCOME.LINE_INVALID', { params: { count: fields.length }, fields });
      await this.requireWhole(tx, books, line);
      await this.vouchers.attach(tx, caller, estateId, [line]);
      const lineId = await this.fund.bookOne(tx, { estateId, personId }, 'JOURNAL', line);
      await this.record(tx, caller, estateId, lineId, 'BOOKED', line);
      await this.tellIfPublished(tx, books, line, personId);
      return lineId;
    });
    return { quarter, id };
  }

  /** Statements begin with the first that was published: what is booked before it by itself, no owner would ever read. */
  private async requirePublishable(tx: Transaction, estateId: string, quarter: Quarter): Promise<void> {
    const first = await this.statements.firstQuarter(tx, estateId);
    if (first !== null && quarter < first)
      throw refuse('INCOME.BEFORE_FIRST_QUARTER', { params: { first: formatQuarter(first) } });
  }

  /** Small without a decision, and no part of a large one: by the same sum as what is paid out of the joint account. */
  private async requireWhole(tx: Transaction, books: Books, line: StatementLine): Promise<void> {
    if (line.dir !== 'SPEND' || line.decisionNo !== null) return;
    const { category, counterparty: payee, amountFen, date: on } = line;
    await this.basis.requireWhole(tx, books, { category, payee, amountFen, on }, null);
  }

  /** A payment out of the joint account, under its own id; its receipt stands for this payment alone. */
  async bookSpending(
    tx: Transaction,
    caller: Caller,
    books: Books,
    { id, line }: { readonly id: string; readonly line: StatementLine },
  ): Promise<void> {
    const { estateId } = books;
    await this.vouchers.attachNew(tx, caller, estateId, line.voucherIds);
    await this.fund.bookOne(tx, { estateId, personId: caller.personId }, 'SPENDING', line, id);
    await this.tellIfPublished(tx, books, line, caller.personId);
  }

  async takeBack(
    caller: Caller,
    estateId: string,
    lineId: string,
    request: TakeBackLineRequest,
  ): Promise<Quarter> {
    const reason = request.reason.trim();
    return this.database.transaction(async (tx) => {
      const books = await this.books.of(tx, estateId);
      requireKeeper(caller, books);
      const row = await this.lines.byId(tx, estateId, lineId);
      if (row === null) throw refuse('NOT_FOUND');
      if (reason.length < INCOME_LIMITS.reasonMin) throw refuse('INCOME.TAKE_BACK_REASON');
      if (row.taken_back_at !== null) throw refuse('INCOME.LINE_TAKEN_BACK');
      if (row.source === 'SPENDING') throw refuse('INCOME.LINE_OF_SPENDING');
      if (row.source === 'STATEMENT') throw refuse('INCOME.LINE_OF_STATEMENT');
      const booked = toBookLine(row);
      await this.fund.takeBack(tx, { estateId, personId: caller.personId }, [booked], reason);
      await this.record(tx, caller, estateId, lineId, 'TAKEN_BACK', booked.line);
      await this.tellIfPublished(tx, books, booked.line, caller.personId);
      return row.quarter;
    });
  }

  /** What is published never changes by itself: the keepers hear that a correction is due. */
  private async tellIfPublished(
    tx: Transaction,
    books: Books,
    line: StatementLine,
    by: string,
  ): Promise<void> {
    const { estateId } = books;
    const quarter = quarterOf(line.date);
    if ((await this.statements.current(tx, estateId, quarter)) === null) return;
    const keepers = await this.inbox.staffOf(tx, estateId, keepersOf(books));
    await this.inbox.post(tx, {
      to: keepers.filter((personId) => personId !== by),
      estateId,
      kind: 'INCOME',
      title: `${formatQuarter(quarter)}公共收益要更正`,
      body: `公示以后账簿又变了：${formatLine(line)}。请发布更正。`.slice(0, 300),
      link: `${BOOKS_PAGE}?quarter=${quarter}`,
    });
  }

  private record(
    tx: Transaction,
    caller: Caller,
    estateId: string,
    lineId: string,
    what: 'BOOKED' | 'TAKEN_BACK',
    line: StatementLine,
  ): Promise<void> {
    return this.audit.record(tx, caller, {
      action: `INCOME_LINE.${what}`,
      estateId,
      subjectType: 'income_book_line',
      subjectId: lineId,
      after: { dir: line.dir, category: line.category, date: line.date },
    });
  }
}
