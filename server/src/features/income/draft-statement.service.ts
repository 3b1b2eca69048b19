import { Inject, Injectable } from '@nestjs/common';
import {
  type AmendStatementRequest,
  INCOME_LIMITS,
  type SaveStatementRequest,
  STATEMENT_MACHINE,
  type StatementLine,
  sumStatement,
  type TakenFromBooks,
  takeFromBooks,
} from '@linli/shared/income';
import type { Quarter } from '@linli/shared/kernel';
import type { Caller } from '../../kernel/access/index.ts';
import { Audit } from '../../kernel/audit/audit.ts';
import { Clock } from '../../kernel/clock/clock.ts';
import {
  Database,
  type Reader,
  type SqlRecord,
  type Transaction,
  violates,
} from '../../kernel/database/index.ts';
import { refuse } from '../../kernel/errors/refused.ts';
import { Idempotency } from '../../kernel/idempotency/idempotency.ts';
import { Ids } from '../../kernel/ids/ids.ts';
import { CollectedMoney } from './books/collected-money.ts';
import { FundBooks } from './books/fund-books.service.ts';
import { KeepVouchersService } from './books/keep-vouchers.service.ts';
import { actorOf, EstateBooks, requireKeeper } from './estate-books.ts';
import { storedContent, toStatement } from './statement-views.ts';
import { StatementsRepository, type StatementRow } from './statements.repository.ts';

/** Writing a quarter's statement before anybody has seen it: begin, save, discard, and begin a correction. */
@Injectable()
export class DraftStatementService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(StatementsRepository) private readonly statements: StatementsRepository,
    @Inject(EstateBooks) private readonly books: EstateBooks,
    @Inject(KeepVouchersService) private readonly vouchers: KeepVouchersService,
    @Inject(FundBooks) private readonly fund: FundBooks,
    @Inject(CollectedMoney) private readonly collected: CollectedMoney,
    @Inject(Idempotency) private readonly idempotency: Idempotency,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
  ) {}

  /** The first version of a quarter. One version of a quarter is worked on at a time. */
  async begin(caller: Caller, estateId: string, request: SaveStatementRequest, key: string): Promise<string> {
    requireKeeper(caller, await this.books.of(this.database, estateId));
    const action = { personId: caller.personId, key, useCase: `income.begin:${estateId}`, body: request };
    return this.openWork(action, (tx) => this.firstVersion(tx, caller, estateId, request));
  }

  /** 从账簿生成季报: a draft that says what the books have of the quarter, from where the last one ended. */
  async beginFromBooks(caller: Caller, estateId: string, quarter: Quarter, key: string): Promise<string> {
    requireKeeper(caller, await this.books.of(this.database, estateId));
    const body = { quarter };
    const action = { personId: caller.personId, key, useCase: `income.begin-from-books:${estateId}`, body };
    return this.openWork(action, async (tx) => {
      const { lines } = await this.withBooks(tx, estateId, quarter, []);
      if (lines.length === 0) throw refuse('INCOME.BOOKS_EMPTY');
      const before = (await this.statements.currentOfEstate(tx, estateId)).find(
        (row) => row.quarter < quarter,
      );
      const openingFen = before?.closing_fen ?? 0;
      return this.firstVersion(tx, caller, estateId, {
        quarter,
        openingFen,
        lines,
        closingFen: sumStatement({ openingFen, lines }).closingFen,
        bankBalanceFen: null,
        reconciling: [],
        accountHolder: before?.account_holder ?? '',
      });
    });
  }

  /** 从账簿取数: puts into a draft what the books have and it lacks; its closing balance follows. */
  async takeFromBooks(
    caller: Caller,
    estateId: string,
    statementId: string,
    revision: number,
  ): Promise<void> {
    requireKeeper(caller, await this.books.of(this.database, estateId));
    const row = await this.statements.byId(this.database, estateId, statementId);
    if (row === null) throw refuse('NOT_FOUND');
    const content = toStatement(row);
    const { lines, taken } = await this.withBooks(this.database, estateId, content.quarter, content.lines);
    if (taken === 0) throw refuse('INCOME.NOTHING_TO_TAKE');
    const { closingFen } = sumStatement({ openingFen: content.openingFen, lines });
    await this.save(caller, estateId, statementId, { ...content, lines, closingFen, revision });
  }

  private async withBooks(
    reader: Reader,
    estateId: string,
    quarter: Quarter,
    lines: readonly StatementLine[],
  ): Promise<TakenFromBooks> {
    const booked = await this.fund.ofQuarter(reader, estateId, quarter);
    return takeFromBooks(lines, booked, await this.collected.linesOf(reader, estateId, quarter));
  }

  private async firstVersion(
    tx: Transaction,
    caller: Caller,
    estateId: string,
    content: Omit<SaveStatementRequest, 'revision'>,
  ): Promise<string> {
    if ((await this.statements.current(tx, estateId, content.quarter)) !== null)
      throw refuse('INCOME.QUARTER_PUBLISHED');
    await this.vouchers.attach(tx, caller, estateId, content.lines);
    return this.insert(tx, caller, estateId, {
      ...contentColumns(content),
      quarter: content.quarter,
      version: 1,
      amends: null,
      reason: '',
    });
  }

  /** A correction 更正: a draft of the next version, filled with what is published. */
  async amend(
    caller: Caller,
    estateId: string,
    statementId: string,
    request: AmendStatementRequest,
    key: string,
  ): Promise<string> {
    requireKeeper(caller, await this.books.of(this.database, estateId));
    const reason = request.reason.trim();
    if (reason.length < INCOME_LIMITS.reasonMin) throw refuse('INCOME.AMEND_REASON');
    const action = {
      personId: caller.personId,
      key,
      useCase: `income.amend:${estateId}:${statementId}`,
      body: request,
    };
    return this.openWork(action, async (tx) => {
      const row = await this.statements.byId(tx, estateId, statementId);
      if (row === null) throw refuse('NOT_FOUND');
      if (row.state === 'SUPERSEDED') throw refuse('INCOME.AMEND_NOT_LATEST');
      if (row.state !== 'PUBLISHED') throw refuse('STATE.NOT_ALLOWED');
      return this.insert(tx, caller, estateId, {
        ...contentColumns(toStatement(row)),
        quarter: row.quarter,
        version: row.version + 1,
        amends: row.id,
        reason,
      });
    });
  }

  /** Overwrites the draft that was seen; one that somebody has saved since is refused. */
  async save(
    caller: Caller,
    estateId: string,
    statementId: string,
    request: SaveStatementRequest,
  ): Promise<void> {
    requireKeeper(caller, await this.books.of(this.database, estateId));
    await this.database.transaction(async (tx) => {
      const row = await this.workOn(tx, caller, estateId, statementId, 'EDIT');
      if (row.quarter !== request.quarter) throw refuse('INCOME.IMMUTABLE');
      await this.vouchers.attach(tx, caller, estateId, request.lines);
      const columns = {
        ...contentColumns(request),
        prepared_by: caller.personId,
        updated_at: this.clock.now(),
      };
      const saved = await tx.run(
        `UPDATE income_statements SET ${Object.keys(columns)
          .map((column) => `${column} = ?`)
          .join(', ')}, state = 'DRAFT', revision = revision + 1
         WHERE estate_id = ? AND id = ? AND revision = ? AND state IN ('DRAFT', 'RETURNED')`,
        [...Object.values(columns), estateId, statementId, request.revision],
      );
      if (saved === 0) throw refuse('INCOME.CHANGED_SINCE');
      await this.audit.record(tx, caller, {
        action: 'STATEMENT.SAVED',
        estateId,
        subjectType: 'income_statement',
        subjectId: statementId,
        before: { revision: request.revision, closingFen: row.closing_fen },
        after: {
          revision: request.revision + 1,
          closingFen: request.closingFen,
          lines: request.lines.length,
        },
      });
    });
  }

  async discard(caller: Caller, estateId: string, statementId: string): Promise<void> {
    requireKeeper(caller, await this.books.of(this.database, estateId));
    await this.database.transaction(async (tx) => {
      const row = await this.workOn(tx, caller, estateId, statementId, 'DISCARD');
      const done = await tx.run(
        `UPDATE income_statements SET state = 'DISCARDED', open_key = NULL, updated_at = ?
         WHERE estate_id = ? AND id = ? AND state IN ('DRAFT', 'RETURNED')`,
        [this.clock.now(), estateId, statementId],
      );
      if (done === 0) throw refuse('INCOME.CHANGED_SINCE');
      await this.restoreBooks(tx, caller, estateId, row);
      await this.audit.record(tx, caller, {
        action: 'STATEMENT.DISCARDED',
        estateId,
        subjectType: 'income_statement',
        subjectId: statementId,
        before: { state: row.state },
        after: { state: 'DISCARDED' },
      });
    });
  }

  /** What a submitted draft has booked goes again; the books say what is published, or nothing. */
  private async restoreBooks(
    tx: Transaction,
    caller: Caller,
    estateId: string,
    { id, quarter }: StatementRow,
  ): Promise<void> {
    const current = await this.statements.current(tx, estateId, quarter);
    const lines = current === null ? [] : storedContent(current).lines;
    await this.fund.settle(
      tx,
      { estateId, personId: caller.personId },
      { id: current?.id ?? id, quarter, lines, again: true },
    );
  }

  private async workOn(
    tx: Transaction,
    caller: Caller,
    estateId: string,
    statementId: string,
    event: 'EDIT' | 'DISCARD',
  ): Promise<StatementRow> {
    const row = await this.statements.byId(tx, estateId, statementId);
    if (row === null || row.state === 'DISCARDED') throw refuse('NOT_FOUND');
    if (row.state === 'PUBLISHED' || row.state === 'SUPERSEDED') throw refuse('INCOME.IMMUTABLE');
    const books = await this.books.of(tx, estateId);
    const step = STATEMENT_MACHINE.next(toStatement(row).state, event, actorOf(caller, books, row));
    if (!step.ok) throw refuse(step.error.code);
    return row;
  }

  private async openWork(
    action: { personId: string; key: string; useCase: string; body: unknown },
    work: (tx: Transaction) => Promise<string>,
  ): Promise<string> {
    try {
      return await this.idempotency.once(action, work);
    } catch (error) {
      throw violates(error, 'uq_income_statements_open') ? refuse('INCOME.QUARTER_EXISTS') : error;
    }
  }

  private async insert(
    tx: Transaction,
    caller: Caller,
    estateId: string,
    columns: SqlRecord & {
      readonly quarter: string;
      readonly version: number;
      readonly amends: string | null;
    },
  ): Promise<string> {
    const id = this.ids.next();
    const now = this.clock.now();
    await tx.insert('income_statements', {
      ...columns,
      id,
      estate_id: estateId,
      state: 'DRAFT',
      revision: 1,
      open_key: columns.quarter,
      prepared_by: caller.personId,
      created_at: now,
      updated_at: now,
    });
    await this.audit.record(tx, caller, {
      action: columns.amends === null ? 'STATEMENT.BEGUN' : 'STATEMENT.AMENDMENT_BEGUN',
      estateId,
      subjectType: 'income_statement',
      subjectId: id,
      after: { quarter: columns.quarter, version: columns.version, amends: columns.amends },
    });
    return id;
  }
}

/** The figures beside the content are for lists and charts; they are computed here and nowhere typed. */
function contentColumns(
  content: Pick<
    SaveStatementRequest,
    'openingFen' | 'closingFen' | 'bankBalanceFen' | 'accountHolder' | 'lines' | 'reconciling'
  >,
): SqlRecord {
  const { incomeNetFen, spendFen } = sumStatement(content);
  const { lines, reconciling } = content;
  return {
    opening_fen: content.openingFen,
    income_net_fen: incomeNetFen,
    spend_fen: spendFen,
    closing_fen: content.closingFen,
    bank_balance_fen: content.bankBalanceFen,
    account_holder: content.accountHolder,
    // Whoever witnessed saw other books.
    witness: null,
    content_json: JSON.stringify({ lines, reconciling }),
  };
}
