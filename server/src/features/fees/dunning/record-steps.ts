import { Inject, Injectable } from '@nestjs/common';
import {
  type Arrears,
  type BillLine,
  DUNNING_LABELS,
  type NoticedBill,
  type TakeDunningStepRequest,
} from '@linli/shared/fees';
import { formatFullDate } from '@linli/shared/kernel';
import type { Caller } from '../../../kernel/access/index.ts';
import { Audit } from '../../../kernel/audit/audit.ts';
import { Clock } from '../../../kernel/clock/clock.ts';
import type { Transaction } from '../../../kernel/database/index.ts';
import { Ids } from '../../../kernel/ids/ids.ts';
import { InboxService } from '../../notifications/index.ts';
import { BillableUnitsRepository } from '../billable-units.repository.ts';
import { BillsRepository, type StoredBill } from '../bills.repository.ts';
import { PublisherLabel } from '../publisher-label.ts';
import { type DunningCase, openKey, overdueBills } from './dunning-cases.ts';
import { NoticesRepository, type NumberedNotice } from './notices.repository.ts';

/** Writes a step down that the rules allow, in the caller's transaction: with its paper, and told to the household. */
@Injectable()
export class RecordSteps {
  constructor(
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(InboxService) private readonly inbox: InboxService,
    @Inject(BillableUnitsRepository) private readonly units: BillableUnitsRepository,
    @Inject(BillsRepository) private readonly bills: BillsRepository,
    @Inject(PublisherLabel) private readonly publishers: PublisherLabel,
    @Inject(NoticesRepository) private readonly notices: NoticesRepository,
  ) {}

  /** Answers the number of the paper; null where the step has none. */
  async record(
    tx: Transaction,
    caller: Caller,
    known: DunningCase,
    request: TakeDunningStepRequest,
  ): Promise<NumberedNotice | null> {
    const billIds = overdueBills(known.owed);
    const caseId = known.id ?? (await this.begin(tx, known));
    const stepId = this.ids.next();
    await tx.insert('dunning_steps', {
      id: stepId,
      case_id: caseId,
      step: request.step,
      taken_on: request.takenOn,
      respond_by: request.respondBy,
      amount_fen: known.owed.overdueFen,
      late_fee_fen: known.owed.lateFeeFen,
      bill_ids: JSON.stringify(billIds),
      handled_by: request.handledBy,
      note: request.note,
      recorded_by: caller.personId,
      recorded_at: this.clock.now(),
    });
    const notice = request.step === 'NOTICE' ? await this.write(tx, caller, known, stepId) : null;
    await this.audit.record(tx, caller, {
      action: `DUNNING.${request.step}`,
      estateId: known.estateId,
      subjectType: 'DUNNING_CASE',
      subjectId: caseId,
      after: { takenOn: request.takenOn, respondBy: request.respondBy, bills: billIds.length },
    });
    await this.tell(tx, known, request);
    return notice;
  }

  private async begin(tx: Transaction, known: DunningCase): Promise<string> {
    const now = this.clock.now();
    if (known.overId !== null)
      await tx.run('UPDATE dunning_cases SET open_key = NULL, closed_at = ? WHERE id = ?', [
        now,
        known.overId,
      ]);
    const id = this.ids.next();
    await tx.insert('dunning_cases', {
      id,
      estate_id: known.estateId,
      unit_id: known.unitId,
      ledger: known.ledger,
      opened_at: now,
      closed_at: null,
      open_key: openKey(known),
    });
    return id;
  }

  private async write(
    tx: Transaction,
    caller: Caller,
    { estateId, unitId, ledger, owed }: DunningCase,
    stepId: string,
  ): Promise<NumberedNotice> {
    const ids = overdueBills(owed);
    const bills = await this.bills.byIds(tx, ids);
    const lines = await this.bills.linesOf(tx, ids);
    return this.notices.add(tx, {
      stepId,
      estateId,
      unitId,
      unitName: bills[0]?.unitName ?? '',
      ledger,
      issuerName: await this.publishers.companyOf(tx, caller.personId, estateId),
      bills: bills.map((bill) => toNoticed(bill, lines.get(bill.id) ?? [], owed)),
    });
  }

  /** The household is told of every step: what is not told is not dunning. */
  private async tell(
    tx: Transaction,
    { estateId, unitId }: DunningCase,
    { step, respondBy }: TakeDunningStepRequest,
  ): Promise<void> {
    await this.inbox.post(tx, {
      to: await this.units.householdOf(tx, unitId, this.clock.now()),
      estateId,
      kind: 'BILL',
      title: step === 'REMINDER' ? '有账单到期还没有缴' : `账单${DUNNING_LABELS[step]}`,
      body: `请在 ${formatFullDate(respondBy)}前缴费，有困难可以申请减免或缓缴，有异议可以找物业或社区。`,
      link: '/packages/payments/pages/bills/index',
    });
  }
}

/** An overdue bill as it stands today: what is charged and on what basis, what is open, and the late fee so far. */
function toNoticed(bill: StoredBill, lines: readonly BillLine[], owed: Arrears): NoticedBill {
  return {
    month: bill.month,
    dueOn: bill.dueOn,
    openFen: bill.totalFen - bill.paidFen,
    lateFeeFen: owed.bills.find(({ billId }) => billId === bill.id)?.lateFeeFen ?? 0,
    items: [...new Set(lines.map(({ itemName }) => itemName))],
    bases: [...new Set(lines.map(({ basis }) => basis))],
  };
}
