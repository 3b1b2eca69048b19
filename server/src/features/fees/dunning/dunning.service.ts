import { Inject, Injectable } from '@nestjs/common';
import {
  DUNNING_LABELS,
  DUNNING_LIMITS,
  dunningFault,
  nextDunning,
  type DunningStepView,
  type DunningView,
  type TakeDunningStepRequest,
} from '@linli/shared/fees';
import { maskName, shanghaiDate } from '@linli/shared/kernel';
import type { Caller } from '../../../kernel/access/index.ts';
import { Clock } from '../../../kernel/clock/clock.ts';
import { Database, type Reader, type Transaction, violates } from '../../../kernel/database/index.ts';
import { refuse } from '../../../kernel/errors/refused.ts';
import { type Action, Idempotency } from '../../../kernel/idempotency/idempotency.ts';
import { PersonsRepository } from '../../identity/index.ts';
import { BillsRepository, type StoredBill } from '../bills.repository.ts';
import { type DunningCase, DunningCases, type StoredStep } from './dunning-cases.ts';
import { RecordSteps } from './record-steps.ts';

/**
 * 催缴 by the lawful steps, one after another, each with its day and its person: between the company and one household.
 * There is no list of debtors, and nothing here can cut anything off.
 */
@Injectable()
export class DunningService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Idempotency) private readonly idempotency: Idempotency,
    @Inject(PersonsRepository) private readonly persons: PersonsRepository,
    @Inject(BillsRepository) private readonly bills: BillsRepository,
    @Inject(DunningCases) private readonly cases: DunningCases,
    @Inject(RecordSteps) private readonly steps: RecordSteps,
  ) {}

  async view(estateId: string, billId: string): Promise<DunningView> {
    const bill = await this.found(this.database, estateId, billId);
    return this.toView(this.database, bill, await this.cases.of(this.database, bill));
  }

  async take(
    caller: Caller,
    estateId: string,
    billId: string,
    request: TakeDunningStepRequest,
    key: string,
  ): Promise<DunningView> {
    const action = { personId: caller.personId, key, useCase: `fees.dunning:${billId}`, body: request };
    return this.once(action, async (tx) => {
      const bill = await this.found(tx, estateId, billId);
      const known = await this.cases.of(tx, bill);
      const today = shanghaiDate(this.clock.now());
      const fault = dunningFault(known.steps, request, { overdueFen: known.owed.overdueFen, today });
      if (fault !== null) throw refuse(fault);
      await this.steps.record(tx, caller, known, request);
      return this.toView(tx, bill, await this.cases.of(tx, bill));
    });
  }

  /** Steps that two people take at once are taken by one; two papers at once get two numbers. */
  async once<T>(action: Action, work: (tx: Transaction) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt += 1)
      try {
        return await this.idempotency.once(action, work);
      } catch (error) {
        if (violates(error, 'uq_dunning_cases_open') || violates(error, 'uq_dunning_steps_step'))
          throw refuse('FEES.DUNNING_TAKEN');
        if (attempt === NUMBERED_AT_ONCE || !violates(error, 'uq_dunning_notices_number')) throw error;
      }
  }

  private async toView(reader: Reader, bill: StoredBill, { steps, owed }: DunningCase): Promise<DunningView> {
    const names = await this.persons.names(
      reader,
      steps.map((step) => step.recordedBy),
    );
    const next = owed.overdueFen > 0 ? nextDunning(steps) : null;
    return {
      unitName: bill.unitName,
      overdueFen: owed.overdueFen,
      lateFeeFen: owed.lateFeeFen,
      oldestDueOn: owed.oldestDueOn,
      steps: steps.map((step) => toStepView(step, maskName(names.get(step.recordedBy) ?? ''))),
      next:
        next === null
          ? null
          : { ...next, label: DUNNING_LABELS[next.step], daysMin: DUNNING_LIMITS.daysMin[next.step] },
    };
  }

  private async found(reader: Reader, estateId: string, billId: string): Promise<StoredBill> {
    const bill = await this.bills.ofEstate(reader, estateId, billId);
    // The developer's bills are settled between two companies.
    if (bill === null || bill.payer !== 'OWNER') throw refuse('NOT_FOUND');
    return bill;
  }
}

/** Clerks of one estate who write papers in the same moment. */
const NUMBERED_AT_ONCE = 5;

function toStepView(step: StoredStep, recordedBy: string): DunningStepView {
  return { ...step, label: DUNNING_LABELS[step.step], recordedBy };
}
