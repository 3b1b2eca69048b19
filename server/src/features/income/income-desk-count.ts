import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { Database } from '../../kernel/database/index.ts';
import { DeskCounts } from '../desk/index.ts';
import { actorOf, EstateBooks, isKeeper, SOMEWHERE_KEEPERS, WITNESSES } from './estate-books.ts';
import { ReadStatementsService } from './read-statements.service.ts';
import { StatementsRepository } from './statements.repository.ts';

/**
 * What waits at 本季收支, for whoever keeps the books here: statements that this person may publish, and quarters that
 * are owed. At 收支见证: what is submitted and the community has not seen yet.
 */
@Injectable()
export class IncomeDeskCount implements OnModuleInit {
  constructor(
    @Inject(DeskCounts) private readonly counts: DeskCounts,
    @Inject(Database) private readonly database: Database,
    @Inject(EstateBooks) private readonly books: EstateBooks,
    @Inject(StatementsRepository) private readonly statements: StatementsRepository,
    @Inject(ReadStatementsService) private readonly reading: ReadStatementsService,
  ) {}

  onModuleInit(): void {
    this.counts.register('witness', async (caller, estateId) => {
      if (!caller.has(estateId, WITNESSES)) return null;
      // Nobody witnesses their own books.
      if (isKeeper(caller, await this.books.of(this.database, estateId))) return { count: 0, overdue: 0 };
      const open = await this.statements.open(this.database, estateId);
      const waiting = open.filter((row) => row.state === 'SUBMITTED' && row.witness === null);
      return { count: waiting.length, overdue: 0 };
    });
    this.counts.register('income', async (caller, estateId) => {
      if (!caller.has(estateId, SOMEWHERE_KEEPERS)) return null;
      const books = await this.books.of(this.database, estateId);
      if (!isKeeper(caller, books)) return null;
      const [open, current] = await Promise.all([
        this.statements.open(this.database, estateId),
        this.statements.currentOfEstate(this.database, estateId),
      ]);
      const owed = this.reading.owed(books, current);
      const submitted = open.filter(({ state }) => state === 'SUBMITTED');
      const waiting = submitted.filter((row) => actorOf(caller, books, row) === 'REVIEWER');
      const begun = new Set(submitted.map(({ quarter }) => quarter));
      return {
        count: waiting.length + owed.filter(({ quarter }) => !begun.has(quarter)).length,
        overdue: owed.filter(({ overdueDays }) => overdueDays > 0).length,
      };
    });
  }
}
