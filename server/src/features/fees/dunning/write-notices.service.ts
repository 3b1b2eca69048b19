import { Inject, Injectable } from '@nestjs/common';
import {
  DUNNING_LIMITS,
  dunningFault,
  NOTICE_LIMITS,
  type PlannedStep,
  type ReadyForNotice,
  type WriteNoticesRequest,
  type WrittenNotices,
} from '@linli/shared/fees';
import { addDays, shanghaiDate } from '@linli/shared/kernel';
import type { Caller } from '../../../kernel/access/index.ts';
import { Clock } from '../../../kernel/clock/clock.ts';
import { Database, type Reader, type Transaction } from '../../../kernel/database/index.ts';
import { refuse } from '../../../kernel/errors/refused.ts';
import { type DunningCase, DunningCases } from './dunning-cases.ts';
import { DunningService } from './dunning.service.ts';
import type { NumberedNotice } from './notices.repository.ts';
import { RecordSteps } from './record-steps.ts';

/** 催告书 for every home whose reminder has run out without an answer: one paper each, numbered one after another. */
@Injectable()
export class WriteNoticesService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(DunningCases) private readonly cases: DunningCases,
    @Inject(DunningService) private readonly dunning: DunningService,
    @Inject(RecordSteps) private readonly steps: RecordSteps,
  ) {}

  /** How many homes a batch would write to today. */
  async ready(estateId: string): Promise<ReadyForNotice> {
    const respondBy = addDays(this.today(), DUNNING_LIMITS.daysMin.NOTICE);
    const ready = await this.readyFor(
      this.database,
      estateId,
      this.planned({ respondBy, handledBy: '物业' }),
    );
    return { homes: ready.length };
  }

  write(
    caller: Caller,
    estateId: string,
    request: WriteNoticesRequest,
    key: string,
  ): Promise<WrittenNotices> {
    const action = { personId: caller.personId, key, useCase: `fees.notices:${estateId}`, body: request };
    return this.dunning.once(action, (tx) => this.writeIn(tx, caller, estateId, request));
  }

  private async writeIn(
    tx: Transaction,
    caller: Caller,
    estateId: string,
    request: WriteNoticesRequest,
  ): Promise<WrittenNotices> {
    const planned = this.planned(request);
    const ready = await this.readyFor(tx, estateId, planned);
    const numbers: NumberedNotice[] = [];
    for (const home of ready.slice(0, NOTICE_LIMITS.atOnce)) {
      const written = await this.steps.record(tx, caller, home, { ...planned, note: '' });
      if (written !== null) numbers.push(written);
    }
    const [first, last] = [numbers[0], numbers.at(-1)];
    if (first === undefined || last === undefined) throw refuse('FEES.DUNNING_NONE_READY');
    return { written: numbers.length, year: first.year, from: first.number, to: last.number };
  }

  /** Homes for which the planned step is lawful now; a fault of the plan itself is refused. */
  private async readyFor(reader: Reader, estateId: string, planned: PlannedStep): Promise<DunningCase[]> {
    const today = this.today();
    const cases = await this.cases.ofEstate(reader, estateId);
    return cases.filter(({ steps, owed: { overdueFen } }) => {
      const fault = dunningFault(steps, planned, { overdueFen, today });
      if (fault === 'FEES.DUNNING_PERIOD') throw refuse(fault);
      return fault === null;
    });
  }

  private planned({ respondBy, handledBy }: WriteNoticesRequest): PlannedStep {
    return { step: 'NOTICE', takenOn: this.today(), respondBy, handledBy };
  }

  private today(): string {
    return shanghaiDate(this.clock.now());
  }
}
