import { Inject, Injectable } from '@nestjs/common';
import type { CalendarDate } from '@linli/shared/kernel';
import type { TradeBillState } from '@linli/shared/reconcile';
import type { Reader } from '../../kernel/database/index.ts';
import { RunsRepository } from './runs.repository.ts';

/** How days of a merchant stand beside WeChat's trade bill, for those who may not see the bill itself. */
@Injectable()
export class TradeBillDays {
  constructor(@Inject(RunsRepository) private readonly runs: RunsRepository) {}

  /** A day that was not compared yet is absent. */
  async states(
    reader: Reader,
    estateId: string,
    mchId: string,
    [from, until]: readonly [CalendarDate, CalendarDate],
  ): Promise<ReadonlyMap<CalendarDate, TradeBillState>> {
    const differences = await this.runs.differences(reader, mchId, estateId, from, until);
    const open = new Set(
      differences.filter(({ state }) => state === 'OPEN').map((difference) => difference.on_date),
    );
    const runs = await this.runs.between(reader, mchId, from, until);
    return new Map(
      runs.map(({ on_date: on, state }) => {
        if (state === 'WAITING') return [on, 'WAITING'];
        return [on, open.has(on) ? 'DIFFERENT' : 'AGREED'];
      }),
    );
  }
}
