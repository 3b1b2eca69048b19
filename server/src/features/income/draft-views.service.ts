import { Inject, Injectable } from '@nestjs/common';
import {
  type IncomeDesk,
  STATEMENT_MACHINE,
  type StatementDraftView,
  statementWarnings,
} from '@linli/shared/income';
import type { Caller } from '../../kernel/access/index.ts';
import { Database } from '../../kernel/database/index.ts';
import { refuse } from '../../kernel/errors/refused.ts';
import { FilesService } from '../../kernel/files/files.service.ts';
import { PersonsRepository } from '../identity/index.ts';
import { BookLinesRepository } from './books/book-lines.repository.ts';
import { CollectedMoney } from './books/collected-money.ts';
import { addSums, isBehind } from './books/read-books.service.ts';
import { CheckStatementService } from './check-statement.service.ts';
import { actorOf, EstateBooks, isKeeper, requireReader } from './estate-books.ts';
import { mismatchedOf, ReadStatementsService } from './read-statements.service.ts';
import { storedContent, toStatement, toSummary, toView, voucherIdsOf } from './statement-views.ts';
import { StatementsRepository } from './statements.repository.ts';

/** The treasurer's side 本季收支: what is being worked on, with what still stands against it. */
@Injectable()
export class DraftViewsService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(StatementsRepository) private readonly statements: StatementsRepository,
    @Inject(BookLinesRepository) private readonly bookLines: BookLinesRepository,
    @Inject(CollectedMoney) private readonly collected: CollectedMoney,
    @Inject(EstateBooks) private readonly books: EstateBooks,
    @Inject(CheckStatementService) private readonly checks: CheckStatementService,
    @Inject(ReadStatementsService) private readonly reading: ReadStatementsService,
    @Inject(FilesService) private readonly files: FilesService,
    @Inject(PersonsRepository) private readonly persons: PersonsRepository,
  ) {}

  async desk(caller: Caller, estateId: string): Promise<IncomeDesk> {
    const books = await this.books.of(this.database, estateId);
    requireReader(caller, books, 'SUBMITTED');
    const [all, current, booked, collected] = await Promise.all([
      this.statements.open(this.database, estateId),
      this.statements.currentOfEstate(this.database, estateId),
      this.bookLines.sums(this.database, estateId),
      this.collected.sums(this.database, estateId),
    ]);
    const keeps = isKeeper(caller, books);
    const open = keeps ? all : all.filter(({ state }) => state === 'SUBMITTED');
    const names = await this.persons.names(
      this.database,
      open.map((row) => row.prepared_by),
    );
    return {
      items: open.map((row) => ({
        ...toSummary(row),
        preparedBy: names.get(row.prepared_by) ?? '',
        updatedAt: row.updated_at,
        awaitsMe:
          actorOf(caller, books, row) === 'REVIEWER' ||
          (!keeps && row.state === 'SUBMITTED' && row.witness === null),
        witness: row.witness,
      })),
      owed: this.reading.owed(books, current),
      mismatched: mismatchedOf(current),
      behind: current
        .filter(
          (row) =>
            isBehind(row, addSums(booked.get(row.quarter), collected.get(row.quarter))) &&
            !all.some(({ quarter }) => quarter === row.quarter),
        )
        .map(({ quarter }) => quarter),
      published: current.map(toSummary),
    };
  }

  async draft(caller: Caller, estateId: string, statementId: string): Promise<StatementDraftView> {
    const books = await this.books.of(this.database, estateId);
    const row = await this.statements.byId(this.database, estateId, statementId);
    requireReader(caller, books, row === null ? null : toStatement(row).state);
    if (row === null || row.state === 'DISCARDED') throw refuse('NOT_FOUND');
    const actor = actorOf(caller, books, row);
    const { lines } = storedContent(row);
    const people = [row.prepared_by, row.submitted_by, row.reviewed_by].filter((id) => id !== null);
    const [{ faults, decisions }, versions, vouchers, names] = await Promise.all([
      this.checks.check(this.database, books, toStatement(row)),
      this.statements.versions(this.database, estateId, statementId),
      this.files.refs(this.database, voucherIdsOf(lines)),
      this.persons.names(this.database, people),
    ]);
    return {
      ...toView(row, {
        versions,
        decisions,
        vouchers: new Map(vouchers.map((file) => [file.id, file])),
        names,
      }),
      revision: row.revision,
      faults,
      warnings: statementWarnings(toStatement(row), books),
      submittedBy: row.submitted_by === null ? null : (names.get(row.submitted_by) ?? ''),
      returnedReason: row.returned_reason,
      publishedBy: books.publishedBy,
      steps: STATEMENT_MACHINE.stepsFrom(toStatement(row).state, actor).map(({ event }) => event),
    };
  }
}
