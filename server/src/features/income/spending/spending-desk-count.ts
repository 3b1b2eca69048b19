import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { openSteps } from '@linli/shared/spending';
import { Database } from '../../../kernel/database/index.ts';
import { DeskCounts } from '../../desk/index.ts';
import { EstateBooks } from '../estate-books.ts';
import { applicantBody, FILERS, positionOf, SPENDING_DESK } from './spending-actors.ts';
import { SpendingRepository } from './spending.repository.ts';

/** What waits at 支出审批: the requests whose next step this person may take. */
@Injectable()
export class SpendingDeskCount implements OnModuleInit {
  constructor(
    @Inject(DeskCounts) private readonly counts: DeskCounts,
    @Inject(Database) private readonly database: Database,
    @Inject(EstateBooks) private readonly books: EstateBooks,
    @Inject(SpendingRepository) private readonly requests: SpendingRepository,
  ) {}

  onModuleInit(): void {
    this.counts.register('spending', async (caller, estateId) => {
      const isFiler = caller.has(estateId, FILERS);
      if (!isFiler && !caller.has(estateId, SPENDING_DESK)) return null;
      const books = await this.books.of(this.database, estateId);
      if (!isFiler && applicantBody(caller, books) === null) return null;
      const open = await this.requests.open(this.database, estateId);
      const waiting = open.filter((row) =>
        openSteps(positionOf(caller, books, row)).some((step) => step !== 'WITHDRAW'),
      );
      return { count: waiting.length, overdue: 0 };
    });
  }
}
