import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { STREET } from '../../kernel/access/index.ts';
import { Database } from '../../kernel/database/index.ts';
import { DeskCounts } from '../desk/index.ts';
import { waitingFor } from './judge-relief.service.ts';
import { ReliefRepository } from './relief.repository.ts';

/** How many applications wait, beside 减免缓缴 in the workbench. */
@Injectable()
export class ReliefDesk implements OnModuleInit {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(DeskCounts) private readonly counts: DeskCounts,
    @Inject(ReliefRepository) private readonly relief: ReliefRepository,
  ) {}

  onModuleInit(): void {
    this.counts.register('relief', async (caller, estateId) => {
      if (!caller.has(estateId, STREET)) return null;
      const count = await this.relief.count(this.database, estateId, waitingFor(caller, estateId));
      return { count, overdue: 0 };
    });
  }
}
