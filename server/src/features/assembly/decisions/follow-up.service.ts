import { Inject, Injectable } from '@nestjs/common';
import {
  type AnnulDecisionRequest,
  type Annulment,
  ANNULMENT_LABELS,
  type AnnulmentKind,
  DECISION_BODY_LABELS,
  DECISION_EVENT_LABELS,
  type DecisionBody,
  type DecisionEvent,
  type DecisionEventKind,
  FOLLOW_UP_LIMITS,
  type FollowUp,
  leftOf,
  type MatterNumber,
  type PlanDecisionRequest,
  purposesFor,
  type ReportStepRequest,
} from '@linli/shared/assembly';
import { formatFullDate, shanghaiDate } from '@linli/shared/kernel';
import { type Caller, COMMITTEE, type EstateRole } from '../../../kernel/access/index.ts';
import { Audit } from '../../../kernel/audit/audit.ts';
import { Clock } from '../../../kernel/clock/clock.ts';
import { Database, type Reader, type Transaction, violates } from '../../../kernel/database/index.ts';
import { refuse } from '../../../kernel/errors/refused.ts';
import { FilesService } from '../../../kernel/files/index.ts';
import { Idempotency } from '../../../kernel/idempotency/idempotency.ts';
import { PersonsRepository } from '../../identity/index.ts';
import { InboxService } from '../../notifications/index.ts';
import { nextMotionState } from '../convene/steps.ts';
import {
  type EventRow,
  type FollowUpRow,
  FollowUpRepository,
  purposesOf,
  toSpendable,
} from './follow-up.repository.ts';

/** Who reports for each body that may carry a decision out; the committee for all of them. */
const REPORTERS: Readonly<Record<DecisionBody, readonly EstateRole[]>> = {
  COMMITTEE,
  COMPANY: [...COMMITTEE, 'COMPANY_MANAGER'],
  COMMUNITY: [...COMMITTEE, 'COMMUNITY_OFFICER'],
  STREET: [...COMMITTEE, 'STREET_OFFICER'],
};

interface AnnulmentRow {
  kind: string;
  document_no: string;
  document_on: string;
  reason: string;
  file_id: string;
  recorded_at: number;
}

/** Decisions are followed up 决定的落实: planned, carried out in sight of the owners, and annulled where a court says so. */
@Injectable()
export class FollowUpService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(FollowUpRepository) private readonly followUps: FollowUpRepository,
    @Inject(FilesService) private readonly files: FilesService,
    @Inject(PersonsRepository) private readonly persons: PersonsRepository,
    @Inject(InboxService) private readonly inbox: InboxService,
    @Inject(Idempotency) private readonly idempotency: Idempotency,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  async read(caller: Caller, estateId: string, decisionId: string): Promise<FollowUp> {
    const row = await this.find(this.database, estateId, decisionId);
    return this.view(caller, row);
  }

  /** Who sees to it and by when; moving the day needs a reason, and the first one stays in sight. */
  async plan(
    caller: Caller,
    estateId: string,
    decisionId: string,
    request: PlanDecisionRequest,
  ): Promise<FollowUp> {
    await this.database.transaction(async (tx) => {
      const row = await this.openRow(tx, estateId, decisionId);
      this.checkPlan(row, request);
      const { body, bodyName, dueOn, expiresOn, purposes, budgetYear, reason } = request;
      const changed = await tx.run(
        `UPDATE decision_follow_ups SET body = ?, body_name = ?, due_on = ?, first_due_on = COALESCE(first_due_on, ?),
           expires_on = ?, budget_year = CASE WHEN purposes_json IS NULL THEN ? ELSE budget_year END, purposes_json = COALESCE(purposes_json, ?)
         WHERE decision_id = ? AND finish IS NULL`,
        [
          body,
          bodyName,
          dueOn,
          dueOn,
          expiresOn,
          purposes.length === 0 ? null : budgetYear,
          purposes.length === 0 ? null : JSON.stringify(purposes),
          decisionId,
        ],
      );
      if (changed === 0) throw refuse('DECISION.FINISHED');
      const words = `由${DECISION_BODY_LABELS[body]}（${bodyName}）落实，${formatFullDate(dueOn)}前完成`;
      await this.followUps.record(tx, {
        decisionId,
        estateId,
        kind: 'PLANNED',
        text: (reason.trim() === '' ? words : `${words}：${reason.trim()}`).slice(0, 500),
        due: { from: row.due_on, to: dueOn },
        personId: caller.personId,
      });
      await this.record(tx, caller, row, 'DECISION.PLANNED', { body, dueOn, from: row.due_on });
    });
    return this.read(caller, estateId, decisionId);
  }

  /** A step of carrying it out, with files. DONE and STOPPED are the last. */
  async report(
    caller: Caller,
    estateId: string,
    decisionId: string,
    request: ReportStepRequest,
    key: string,
  ): Promise<FollowUp> {
    const action = {
      personId: caller.personId,
      key,
      useCase: `decision.report:${decisionId}`,
      body: request,
    };
    await this.idempotency.once(action, async (tx) => {
      const row = await this.openRow(tx, estateId, decisionId);
      if (!caller.has(estateId, REPORTERS[row.body as DecisionBody])) throw refuse('ACCESS.DENIED');
      const { kind, text, fileIds } = request;
      await this.files.attach(tx, caller, estateId, 'MATERIAL', fileIds);
      if (kind === 'DONE' || kind === 'STOPPED') {
        const finished = await tx.run(
          'UPDATE decision_follow_ups SET finish = ?, finished_at = ? WHERE decision_id = ? AND finish IS NULL',
          [kind, this.clock.now(), decisionId],
        );
        if (finished === 0) throw refuse('DECISION.FINISHED');
        await this.tellOwners(tx, row, `${DECISION_EVENT_LABELS[kind]}：${text}`);
      }
      await this.followUps.record(tx, {
        decisionId,
        estateId,
        kind,
        text,
        fileIds,
        personId: caller.personId,
      });
      await this.record(tx, caller, row, `DECISION.${kind}`, {});
      return decisionId;
    });
    return this.read(caller, estateId, decisionId);
  }

  /** The decision stays readable as it was; from now on nothing can be done under it. */
  async annul(
    caller: Caller,
    estateId: string,
    decisionId: string,
    request: AnnulDecisionRequest,
  ): Promise<FollowUp> {
    const now = this.clock.now();
    try {
      await this.database.transaction(async (tx) => {
        const row = await this.find(tx, estateId, decisionId);
        const changed = await tx.run(
          "UPDATE decisions SET status = 'ANNULLED' WHERE id = ? AND status = 'IN_FORCE'",
          [decisionId],
        );
        if (changed === 0)
          throw refuse(row.status === 'ANNULLED' ? 'DECISION.ANNULLED_ALREADY' : 'DECISION.NOT_IN_FORCE');
        if (row.motion_id !== null) await this.annulMotion(tx, row.motion_id);
        const { kind, documentNo, documentOn, reason, fileId } = request;
        await this.files.attach(tx, caller, estateId, 'DECISION_SCAN', [fileId]);
        await tx.insert('decision_annulments', {
          decision_id: decisionId,
          estate_id: estateId,
          kind,
          document_no: documentNo,
          document_on: documentOn,
          reason,
          file_id: fileId,
          person_id: caller.personId,
          recorded_at: now,
        });
        const words = `${ANNULMENT_LABELS[kind]}（${documentNo}）：${reason}`;
        await this.followUps.record(tx, {
          decisionId,
          estateId,
          kind: 'ANNULLED',
          text: words.slice(0, 500),
          personId: caller.personId,
        });
        await this.record(tx, caller, row, 'DECISION.ANNULLED', { kind, documentNo });
        await this.tellOwners(tx, row, words);
      });
    } catch (error) {
      throw violates(error, 'PRIMARY') ? refuse('DECISION.ANNULLED_ALREADY') : error;
    }
    return this.read(caller, estateId, decisionId);
  }

  private async annulMotion(tx: Transaction, motionId: string): Promise<void> {
    const to = nextMotionState('PASSED', 'ANNUL', 'AUTHORITY', ['REASON', 'DOCUMENT']);
    await tx.run("UPDATE assembly_motions SET state = ? WHERE id = ? AND state = 'PASSED'", [to, motionId]);
  }

  private checkPlan(row: FollowUpRow, request: PlanDecisionRequest): void {
    const { dueOn, expiresOn, purposes, budgetYear, reason } = request;
    const { min } = FOLLOW_UP_LIMITS.textLength;
    const isPutOff = row.due_on !== null && dueOn > row.due_on;
    if (isPutOff && reason.trim().length < min) throw refuse('DECISION.MOVED_WHY', { params: { min } });
    if (row.due_on !== dueOn && dueOn < shanghaiDate(this.clock.now())) throw refuse('DECISION.DUE_PAST');
    if (expiresOn !== null && expiresOn < dueOn) throw refuse('DECISION.EXPIRES_EARLY');
    if (purposes.length === 0) return;
    const named = purposesOf(row);
    const isSame =
      named.length === purposes.length &&
      purposes.every((purpose) => named.includes(purpose)) &&
      budgetYear === row.budget_year;
    if (row.purposes_json !== null && !isSame) throw refuse('DECISION.PURPOSES_FIXED');
    const allowed = purposesFor(row.matter as MatterNumber);
    if (!purposes.every((purpose) => allowed.includes(purpose))) throw refuse('DECISION.PURPOSE_NOT_DECIDED');
  }

  private async view(caller: Caller, row: FollowUpRow): Promise<FollowUp> {
    const { estate_id: estateId, decision_id: decisionId } = row;
    const summary = this.followUps.summaryOf(row);
    const isOpen = row.status === 'IN_FORCE' && row.finish === null;
    return {
      ...summary,
      decisionId,
      bodyName: row.body_name,
      firstDueOn: row.first_due_on,
      expiresOn: row.expires_on,
      budgetYear: row.budget_year,
      purposes: purposesOf(row),
      amountLimitFen: row.amount_limit_fen,
      leftFen: row.status === 'IN_FORCE' ? leftOf(toSpendable(row)) : 0,
      events: await this.eventViews(decisionId),
      annulment: row.status === 'ANNULLED' ? await this.annulmentOf(decisionId) : null,
      canPlan: isOpen && caller.has(estateId, COMMITTEE),
      canNamePurposes: isOpen && row.purposes_json === null && caller.has(estateId, COMMITTEE),
      canReport: isOpen && caller.has(estateId, REPORTERS[summary.body]),
      canAnnul: row.status === 'IN_FORCE' && caller.has(estateId, ['STREET_OFFICER']),
    };
  }

  private async eventViews(decisionId: string): Promise<DecisionEvent[]> {
    const rows = await this.followUps.events(this.database, decisionId);
    const names = await this.persons.names(
      this.database,
      rows.flatMap(({ person_id }) => (person_id === null ? [] : [person_id])),
    );
    return Promise.all(
      rows.map(async (row: EventRow): Promise<DecisionEvent> => {
        const fileIds = JSON.parse(row.file_ids) as string[];
        return {
          id: row.id,
          kind: row.kind as DecisionEventKind,
          at: row.at,
          by: row.person_id === null ? null : (names.get(row.person_id) ?? ''),
          text: row.event_text,
          files: fileIds.length === 0 ? [] : await this.files.refs(this.database, fileIds),
          dueFrom: row.due_from,
          dueTo: row.due_to,
          amountFen: row.amount_fen,
        };
      }),
    );
  }

  private async annulmentOf(decisionId: string): Promise<Annulment | null> {
    const row = await this.database.row<AnnulmentRow>(
      'SELECT kind, document_no, document_on, reason, file_id, recorded_at FROM decision_annulments WHERE decision_id = ?',
      [decisionId],
    );
    if (row === null) return null;
    const [file = null] = await this.files.refs(this.database, [row.file_id]);
    return {
      kind: row.kind as AnnulmentKind,
      documentNo: row.document_no,
      documentOn: row.document_on,
      reason: row.reason,
      file,
      recordedAt: row.recorded_at,
    };
  }

  private async openRow(tx: Transaction, estateId: string, decisionId: string): Promise<FollowUpRow> {
    const row = await this.find(tx, estateId, decisionId);
    if (row.status !== 'IN_FORCE') throw refuse('DECISION.NOT_IN_FORCE');
    if (row.finish !== null) throw refuse('DECISION.FINISHED');
    return row;
  }

  private async find(reader: Reader, estateId: string, decisionId: string): Promise<FollowUpRow> {
    const row = await this.followUps.byId(reader, estateId, decisionId);
    if (row === null) throw refuse('NOT_FOUND');
    return row;
  }

  private async tellOwners(tx: Transaction, row: FollowUpRow, words: string): Promise<void> {
    await this.inbox.post(tx, {
      to: await this.inbox.residentsOf(tx, row.estate_id),
      estateId: row.estate_id,
      kind: 'ASSEMBLY',
      title: '业主大会决定有新进展',
      body: `${row.decision_number}《${row.title}》${words}`.slice(0, 300),
      link: '/packages/assembly/pages/decisions/index',
    });
  }

  private record(
    tx: Transaction,
    caller: Caller,
    row: FollowUpRow,
    action: string,
    after: object,
  ): Promise<void> {
    return this.audit.record(tx, caller, {
      action,
      estateId: row.estate_id,
      subjectType: 'decision',
      subjectId: row.decision_id,
      before: { status: row.status, dueOn: row.due_on },
      after,
    });
  }
}
