import { Inject, Injectable } from '@nestjs/common';
import {
  DUNNING_LABELS,
  DUNNING_LIMITS,
  DUNNING_STEPS,
  type DunningSums,
  lastDayToAnswer,
  LEDGER_LABELS,
  type MyDunning,
  type MyDunningCase,
  nextDunning,
} from '@linli/shared/fees';
import type { Caller } from '../../../kernel/access/index.ts';
import { Database } from '../../../kernel/database/index.ts';
import { refuse } from '../../../kernel/errors/refused.ts';
import { BillableUnitsRepository } from '../billable-units.repository.ts';
import { PAYING_RESIDENTS } from '../my-bills.service.ts';
import { type DunningCase, DunningCases } from './dunning-cases.ts';

/** What is known of 催缴 beyond the company's desk: a household knows its own, the committee how much there is of it. */
@Injectable()
export class DunningRecordsService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(BillableUnitsRepository) private readonly units: BillableUnitsRepository,
    @Inject(DunningCases) private readonly cases: DunningCases,
  ) {}

  async mine(caller: Caller, estateId: string): Promise<MyDunning> {
    const unitIds = caller.unitsIn(estateId, PAYING_RESIDENTS);
    if (unitIds.length === 0) throw refuse('ACCESS.DENIED');
    const cases = await this.cases.ofHomes(this.database, estateId, unitIds);
    const items: MyDunningCase[] = [];
    for (const known of cases) {
      const home = await this.units.unit(this.database, estateId, known.unitId);
      items.push(toMine(known, home?.unitName ?? ''));
    }
    return { items };
  }

  /** How many homes stand at which step: no home, no name, and no sum that would be somebody's. */
  async sums(estateId: string): Promise<DunningSums> {
    const cases = await this.cases.ofEstate(this.database, estateId);
    const standing = cases.map(({ steps }) => steps.at(-1)?.step);
    const amountFen = cases.reduce((sum, { owed }) => sum + owed.overdueFen, 0);
    return {
      steps: DUNNING_STEPS.map((step) => ({
        step,
        label: DUNNING_LABELS[step],
        homes: standing.filter((at) => at === step).length,
      })),
      homes: cases.length,
      amountFen: cases.length < DUNNING_LIMITS.fewHomes ? null : amountFen,
    };
  }
}

function toMine({ ledger, steps }: DunningCase, unitName: string): MyDunningCase {
  const next = nextDunning(steps);
  return {
    unitName,
    ledgerLabel: LEDGER_LABELS[ledger],
    steps: steps.map((step) => ({
      step: step.step,
      label: DUNNING_LABELS[step.step],
      takenOn: step.takenOn,
      respondBy: lastDayToAnswer(step),
      amountFen: step.amountFen + step.lateFeeFen,
      handledBy: step.handledBy,
      notice: step.notice,
    })),
    next: next === null ? null : { label: DUNNING_LABELS[next.step], notBefore: next.notBefore },
  };
}
