import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { Database } from '../../kernel/database/index.ts';
import { DeskCounts } from '../desk/index.ts';
import { dutiesOf } from './duty.ts';
import { RadarService, isWanting } from './radar.service.ts';

/** What waits at 雷达: items that the caller's side owes. */
@Injectable()
export class RadarDeskCount implements OnModuleInit {
  constructor(
    @Inject(DeskCounts) private readonly counts: DeskCounts,
    @Inject(Database) private readonly database: Database,
    @Inject(RadarService) private readonly radar: RadarService,
  ) {}

  onModuleInit(): void {
    this.counts.register('radar', async (caller, estateId) => {
      const duties = dutiesOf(caller, estateId);
      if (duties.length === 0) return null;
      const { statuses } = await this.radar.standing(this.database, estateId);
      const own = statuses.filter((status) => isWanting(status) && duties.includes(status.item.dutyHolder));
      return { count: own.length, overdue: own.filter(({ state }) => state === 'OVERDUE').length };
    });
  }
}
