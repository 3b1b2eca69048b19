import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { COMMITTEE } from '../../kernel/access/index.ts';
import { Database } from '../../kernel/database/index.ts';
import { DeskCounts } from '../desk/index.ts';
import { EstateBooks, WITNESSES } from './estate-books.ts';
import { ReadStatementsService } from './read-statements.service.ts';
import { StatementsRepository } from './statements.repository.ts';

/**
 * What waits at 本季收支: statements that this member may publish, and quarters that are owed. At 收支见证: what is
 * submitted and the community has not seen yet.
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
      const open = await this.statements.open(this.database, estateId);
      const waiting = open.filter((row) => row.state === 'SUBMITTED' && row.witness === null);
      return { count: waiting.length, overdue: 0 };
    });
    this.counts.register('income', async (caller, estateId) => {
      if (!caller.has(estateId, COMMITTEE)) return null;
      const [books, open, current] = await Promise.all([
        this.books.of(this.database, estateId),
        this.statements.open(this.database, estateId),
        this.statements.currentOfEstate(this.database, estateId),
      ]);
      const owed = this.reading.owed(books, current);
      const waiting = open.filter((row) => row.state === 'SUBMITTED' && row.submitted_by !== caller.personId);
      const begun = new Set(waiting.map(({ quarter }) => quarter));
      return {
        count: waiting.length + owed.filter(({ quarter }) => !begun.has(quarter)).length,
        overdue: owed.filter(({ overdueDays }) => overdueDays > 0).length,
      };
    });
  }
}
