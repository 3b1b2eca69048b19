import { Inject, Injectable } from '@nestjs/common';
import {
  type AnswerFindingRequest,
  AUDIT_LIMITS,
  type AuditParty,
  type FindingEvent,
  type FindingRefusal,
  type FindingState,
  findingStep,
  firstReminderOn,
  nextStepDueOn,
  type SendBackAnswerRequest,
  supervisorOf,
} from '@linli/shared/income-audit';
import type { Caller } from '../../../kernel/access/index.ts';
import { Audit } from '../../../kernel/audit/audit.ts';
import { Clock } from '../../../kernel/clock/clock.ts';
import { Database, type SqlRecord, type Transaction } from '../../../kernel/database/index.ts';
import type { ErrorCode } from '../../../kernel/errors/catalogue.ts';
import { refuse } from '../../../kernel/errors/refused.ts';
import { FilesService } from '../../../kernel/files/index.ts';
import { Idempotency } from '../../../kernel/idempotency/idempotency.ts';
import { Ids } from '../../../kernel/ids/ids.ts';
import { InboxService } from '../../notifications/index.ts';
import { EstateBooks } from '../estate-books.ts';
import { AUDIT_DESK_PAGE, PARTY_ROLES, positionOf } from './audit-actors.ts';
import { AuditsRepository, type FindingRow } from './audits.repository.ts';

const REFUSALS = {
  STATE: 'AUDIT.STATE',
  NOT_YOURS: 'AUDIT.NOT_YOURS',
  OTHER_PERSON: 'AUDIT.ANSWERED_YOURSELF',
  REASON: 'AUDIT.REASON',
} as const satisfies Readonly<Record<FindingRefusal, ErrorCode>>;

interface Step {
  readonly caller: Caller;
  readonly row: FindingRow;
  readonly event: FindingEvent;
  readonly to: FindingState;
  readonly as: AuditParty;
}

/** What is said about a finding: answered by who owes it, accepted or sent back by who watches over them. */
@Injectable()
export class FindingStepsService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(AuditsRepository) private readonly audits: AuditsRepository,
    @Inject(EstateBooks) private readonly books: EstateBooks,
    @Inject(FilesService) private readonly files: FilesService,
    @Inject(InboxService) private readonly inbox: InboxService,
    @Inject(Idempotency) private readonly idempotency: Idempotency,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
  ) {}

  async answer(
    caller: Caller,
    estateId: string,
    id: string,
    request: AnswerFindingRequest,
    key: string,
  ): Promise<void> {
    const useCase = `audit.answer:${estateId}:${id}`;
    await this.idempotency.once({ personId: caller.personId, key, useCase, body: request }, async (tx) => {
      const step = await this.step(tx, caller, estateId, id, 'ANSWER');
      await this.files.attach(tx, caller, estateId, 'VOUCHER', request.fileIds);
      await this.move(tx, step, request, { answered_by: caller.personId, answered_as: step.as });
      const supervisors = PARTY_ROLES[supervisorOf(step.as)];
      await this.tell(
        tx,
        step,
        await this.inbox.staffOf(tx, estateId, supervisors),
        '审计发现已答复，请核实',
      );
      return { id };
    });
  }

  /** Of the answer that was read; one that came since is another. */
  async accept(caller: Caller, estateId: string, id: string, seq: number): Promise<void> {
    await this.database.transaction(async (tx) => {
      const step = await this.step(tx, caller, estateId, id, 'ACCEPT', [], seq);
      await this.move(tx, step, { text: '', fileIds: [] }, { accepted_by: caller.personId });
      await this.tell(tx, step, await this.answerers(tx, step.row), '审计发现的整改已核实通过');
    });
  }

  async sendBack(
    caller: Caller,
    estateId: string,
    id: string,
    { seq, reason }: SendBackAnswerRequest,
  ): Promise<void> {
    const met = reason.trim().length < AUDIT_LIMITS.reasonLength.min ? [] : (['REASON'] as const);
    await this.database.transaction(async (tx) => {
      const step = await this.step(tx, caller, estateId, id, 'SEND_BACK', met, seq);
      await this.move(tx, step, { text: reason.trim(), fileIds: [] }, {});
      await this.tell(tx, step, await this.answerers(tx, step.row), '审计发现的答复被退回，请重新答复');
    });
  }

  private async step(
    tx: Transaction,
    caller: Caller,
    estateId: string,
    id: string,
    event: FindingEvent,
    met: readonly 'REASON'[] = [],
    seq?: number,
  ): Promise<Step> {
    const row = await this.audits.finding(tx, estateId, id);
    if (row === null) throw refuse('NOT_FOUND');
    const books = await this.books.of(tx, estateId);
    const next = findingStep(positionOf(caller, books, row), event, met);
    if ('refused' in next) throw refuse(REFUSALS[next.refused]);
    if (seq !== undefined && seq !== row.seq) throw refuse('AUDIT.STATE');
    return { caller, row, event, ...next };
  }

  private async move(
    tx: Transaction,
    { caller, row, event, to, as }: Step,
    said: AnswerFindingRequest,
    facts: SqlRecord,
  ): Promise<void> {
    const today = this.books.today();
    // No step leads back to OPEN.
    const dueOn = to === 'OPEN' ? row.step_due_on : nextStepDueOn(to, today, await this.rules(tx, row));
    const moved = await this.audits.step(tx, row, {
      ...facts,
      state: to,
      step_due_on: dueOn,
      remind_on: dueOn === null ? null : firstReminderOn(dueOn, today),
    });
    if (!moved) throw refuse('AUDIT.STATE');
    await tx.insert('audit_finding_events', {
      id: this.ids.next(),
      finding_id: row.id,
      seq: row.seq + 1,
      event,
      event_text: said.text,
      file_ids: JSON.stringify(said.fileIds),
      person_id: caller.personId,
      party: as,
      at: this.clock.now(),
    });
    await this.audit.record(tx, caller, {
      action: `AUDIT_FINDING.${event}`,
      estateId: row.estate_id,
      subjectType: 'audit_finding',
      subjectId: row.id,
      before: { state: row.state },
      after: { state: to, as },
    });
  }

  private async rules(tx: Transaction, row: FindingRow) {
    return (await this.books.of(tx, row.estate_id)).rules;
  }

  private async answerers(tx: Transaction, row: FindingRow): Promise<string[]> {
    const party = row.answered_as;
    return party === null ? [] : this.inbox.staffOf(tx, row.estate_id, PARTY_ROLES[party]);
  }

  private tell(
    tx: Transaction,
    { caller, row }: Step,
    people: readonly string[],
    title: string,
  ): Promise<void> {
    return this.inbox.post(tx, {
      to: people.filter((personId) => personId !== caller.personId),
      estateId: row.estate_id,
      kind: 'INCOME',
      title,
      body: `${row.audit_year} 年度审计第 ${row.finding_no} 条。`,
      link: AUDIT_DESK_PAGE,
    });
  }
}
