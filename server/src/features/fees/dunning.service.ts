import { Inject, Injectable } from '@nestjs/common';
import {
  DUNNING_LABELS,
  DUNNING_LIMITS,
  arrears,
  dunningFault,
  nextDunning,
  type Arrears,
  type DunningStep,
  type DunningStepView,
  type DunningView,
  type TakeDunningStepRequest,
} from '@linli/shared/fees';
import { type CalendarDate, maskName, shanghaiDate } from '@linli/shared/kernel';
import type { Caller } from '../../kernel/access/index.ts';
import { Audit } from '../../kernel/audit/audit.ts';
import { Clock } from '../../kernel/clock/clock.ts';
import { Database, type Reader, type Transaction, violates } from '../../kernel/database/index.ts';
import { refuse } from '../../kernel/errors/refused.ts';
import { Idempotency } from '../../kernel/idempotency/idempotency.ts';
import { Ids } from '../../kernel/ids/ids.ts';
import { PersonsRepository } from '../identity/index.ts';
import { InboxService } from '../notifications/index.ts';
import { BillableUnitsRepository } from './billable-units.repository.ts';
import { BillsRepository, type StoredBill } from './bills.repository.ts';

interface StepRow {
  step: DunningStep;
  taken_on: CalendarDate;
  respond_by: CalendarDate;
  amount_fen: number;
  late_fee_fen: number;
  bill_ids: string;
  handled_by: string;
  note: string;
  recorded_by: string;
  recorded_at: number;
}

interface Case {
  /** Null before the first step. */
  readonly id: string | null;
  /** One that is over, as everything of it is settled, and not closed yet. */
  readonly overId: string | null;
  readonly steps: readonly StepRow[];
  readonly owed: Arrears;
}

/**
 * 催缴 by the lawful steps, one after another, each with its day and its person: between the company and one household.
 * There is no list of debtors, and nothing here can cut anything off.
 */
@Injectable()
export class DunningService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(Idempotency) private readonly idempotency: Idempotency,
    @Inject(InboxService) private readonly inbox: InboxService,
    @Inject(PersonsRepository) private readonly persons: PersonsRepository,
    @Inject(BillableUnitsRepository) private readonly units: BillableUnitsRepository,
    @Inject(BillsRepository) private readonly bills: BillsRepository,
  ) {}

  async view(estateId: string, billId: string): Promise<DunningView> {
    const bill = await this.found(this.database, estateId, billId);
    return this.toView(this.database, bill, await this.caseOf(this.database, bill));
  }

  async take(
    caller: Caller,
    estateId: string,
    billId: string,
    request: TakeDunningStepRequest,
    key: string,
  ): Promise<DunningView> {
    const action = { personId: caller.personId, key, useCase: `fees.dunning:${billId}`, body: request };
    try {
      return await this.idempotency.once(action, (tx) => this.takeIn(tx, caller, estateId, billId, request));
    } catch (error) {
      if (violates(error, 'uq_dunning_cases_open') || violates(error, 'uq_dunning_steps_step'))
        throw refuse('FEES.DUNNING_TAKEN');
      throw error;
    }
  }

  private async takeIn(
    tx: Transaction,
    caller: Caller,
    estateId: string,
    billId: string,
    request: TakeDunningStepRequest,
  ): Promise<DunningView> {
    const bill = await this.found(tx, estateId, billId);
    const known = await this.caseOf(tx, bill);
    const today = shanghaiDate(this.clock.now());
    const taken = known.steps.map(toTaken);
    const fault = dunningFault(taken, request, { overdueFen: known.owed.overdueFen, today });
    if (fault !== null) throw refuse(fault);
    const caseId = known.id ?? (await this.begin(tx, bill, known.overId));
    await tx.insert('dunning_steps', {
      id: this.ids.next(),
      case_id: caseId,
      step: request.step,
      taken_on: request.takenOn,
      respond_by: request.respondBy,
      amount_fen: known.owed.overdueFen,
      late_fee_fen: known.owed.lateFeeFen,
      bill_ids: JSON.stringify(overdueOf(known.owed)),
      handled_by: request.handledBy,
      note: request.note,
      recorded_by: caller.personId,
      recorded_at: this.clock.now(),
    });
    await this.audit.record(tx, caller, {
      action: `DUNNING.${request.step}`,
      estateId,
      subjectType: 'DUNNING_CASE',
      subjectId: caseId,
      after: { takenOn: request.takenOn, respondBy: request.respondBy, bills: overdueOf(known.owed).length },
    });
    await this.tell(tx, bill, request);
    return this.toView(tx, bill, await this.caseOf(tx, bill));
  }

  /** The case that is open; one whose bills are all settled is over, and what is overdue since begins anew. */
  private async caseOf(reader: Reader, bill: StoredBill): Promise<Case> {
    const owed = await this.owedOf(reader, bill);
    const open = await reader.row<{ id: string }>('SELECT id FROM dunning_cases WHERE open_key = ?', [
      keyOf(bill),
    ]);
    if (open === null) return { id: null, overId: null, steps: [], owed };
    const steps = await reader.rows<StepRow>(
      'SELECT * FROM dunning_steps WHERE case_id = ? ORDER BY taken_on, recorded_at',
      [open.id],
    );
    const first = JSON.parse(steps[0]?.bill_ids ?? '[]') as string[];
    const stillOwed = new Set(owed.bills.map(({ billId }) => billId));
    return first.some((id) => stillOwed.has(id))
      ? { id: open.id, overId: null, steps, owed }
      : { id: null, overId: open.id, steps: [], owed };
  }

  private async begin(tx: Transaction, bill: StoredBill, overId: string | null): Promise<string> {
    const now = this.clock.now();
    if (overId !== null)
      await tx.run('UPDATE dunning_cases SET open_key = NULL, closed_at = ? WHERE id = ?', [now, overId]);
    const id = this.ids.next();
    await tx.insert('dunning_cases', {
      id,
      estate_id: bill.estateId,
      unit_id: bill.unitId,
      ledger: bill.ledger,
      opened_at: now,
      closed_at: null,
      open_key: keyOf(bill),
    });
    return id;
  }

  private async owedOf(reader: Reader, { estateId, unitId, ledger }: StoredBill): Promise<Arrears> {
    const open = await this.bills.openOfLedger(reader, unitId, ledger);
    const terms = await this.units.terms(reader, estateId);
    const facts = open.map(({ id, dueOn, openFen, deferrals }) => ({
      billId: id,
      dueOn,
      openFen,
      deferrals,
    }));
    return arrears(facts, terms, shanghaiDate(this.clock.now()));
  }

  private async toView(reader: Reader, bill: StoredBill, { steps, owed }: Case): Promise<DunningView> {
    const names = await this.persons.names(
      reader,
      steps.map((step) => step.recorded_by),
    );
    const next = owed.overdueFen > 0 ? nextDunning(steps.map(toTaken)) : null;
    return {
      unitName: bill.unitName,
      overdueFen: owed.overdueFen,
      lateFeeFen: owed.lateFeeFen,
      oldestDueOn: owed.oldestDueOn,
      steps: steps.map((row) => toStepView(row, maskName(names.get(row.recorded_by) ?? ''))),
      next:
        next === null
          ? null
          : { ...next, label: DUNNING_LABELS[next.step], daysMin: DUNNING_LIMITS.daysMin[next.step] },
    };
  }

  /** The household is told of every step: what is not told is not dunning. */
  private async tell(
    tx: Transaction,
    bill: StoredBill,
    { step, respondBy }: TakeDunningStepRequest,
  ): Promise<void> {
    await this.inbox.post(tx, {
      to: await this.units.householdOf(tx, bill.unitId, this.clock.now()),
      estateId: bill.estateId,
      kind: 'BILL',
      title: step === 'REMINDER' ? '有账单到期还没有缴' : `账单${DUNNING_LABELS[step]}`,
      body: `请在 ${respondBy} 前缴费，有困难可以申请减免或缓缴，有异议可以找物业或社区。`,
      link: '/packages/payments/pages/bills/index',
    });
  }

  private async found(reader: Reader, estateId: string, billId: string): Promise<StoredBill> {
    const bill = await this.bills.ofEstate(reader, estateId, billId);
    // The developer's bills are settled between two companies.
    if (bill === null || bill.payer !== 'OWNER') throw refuse('NOT_FOUND');
    return bill;
  }
}

function keyOf({ unitId, ledger }: StoredBill): string {
  return `${unitId}:${ledger}`;
}

function overdueOf({ bills }: Arrears): string[] {
  return bills.filter(({ standing }) => standing === 'OVERDUE').map(({ billId }) => billId);
}

function toTaken(row: StepRow) {
  return { step: row.step, takenOn: row.taken_on, respondBy: row.respond_by };
}

function toStepView(row: StepRow, recordedBy: string): DunningStepView {
  return {
    ...toTaken(row),
    label: DUNNING_LABELS[row.step],
    amountFen: row.amount_fen,
    lateFeeFen: row.late_fee_fen,
    handledBy: row.handled_by,
    note: row.note,
    recordedBy,
    recordedAt: row.recorded_at,
  };
}
