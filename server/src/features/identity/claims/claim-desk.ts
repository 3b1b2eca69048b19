import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { Database } from '../../../kernel/database/index.ts';
import { DeskCounts } from '../../desk/index.ts';
import { CLAIM_DECIDERS } from './claim-deciders.ts';
import { ClaimsRepository } from './claims.repository.ts';

/** How many claims wait, beside 房屋认领 in the workbench. */
@Injectable()
export class ClaimDesk implements OnModuleInit {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(DeskCounts) private readonly counts: DeskCounts,
    @Inject(ClaimsRepository) private readonly claims: ClaimsRepository,
  ) {}

  onModuleInit(): void {
    this.counts.register('claims', async (caller, estateId) => {
      if (!caller.has(estateId, CLAIM_DECIDERS)) return null;
      return { count: await this.claims.countPending(this.database, [estateId]), overdue: 0 };
    });
  }
}
