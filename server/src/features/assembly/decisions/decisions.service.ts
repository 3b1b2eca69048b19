import { Inject, Injectable } from '@nestjs/common';
import {
  checkRegistration,
  DECISION_LIMITS,
  defaultDueOn,
  type Decision,
  type DecisionDetail,
  type DecisionReference,
  type DecisionStatus,
  type MatterNumber,
  type RegisterDecisionRequest,
  type ReviewDecisionRequest,
  type VoteClass,
} from '@linli/shared/assembly';
import type { CalendarDate, Page } from '@linli/shared/kernel';
import { shanghaiDate } from '@linli/shared/kernel';
import { type Caller, COMMITTEE } from '../../../kernel/access/index.ts';
import { Audit } from '../../../kernel/audit/audit.ts';
import { Clock } from '../../../kernel/clock/clock.ts';
import { Database, type Reader, type Transaction, violates } from '../../../kernel/database/index.ts';
import { refuse } from '../../../kernel/errors/refused.ts';
import { FilesService } from '../../../kernel/files/files.service.ts';
import { toPage } from '../../../kernel/http/paging.ts';
import { Idempotency } from '../../../kernel/idempotency/idempotency.ts';
import { Ids } from '../../../kernel/ids/ids.ts';
import { PersonsRepository } from '../../identity/index.ts';
import { InboxService } from '../../notifications/index.ts';
import { EstateRules } from '../estate-rules.ts';
import { FollowUpRepository } from './follow-up.repository.ts';
import { type DecisionRow, DecisionsRepository, toDecision, toReference } from './decisions.repository.ts';

/** A motion that was passed, on its way into the register. */
export interface CountedDecision {
  readonly estateId: string;
  readonly number: string;
  readonly decidedOn: CalendarDate;
  readonly matter: MatterNumber;
  readonly voteClass: VoteClass;
  readonly title: string;
  readonly purpose: string;
  readonly amountLimitFen: number | null;
  readonly assemblyId: string;
  readonly motionId: string;
}

/** The register of the owners' decisions 业主大会决定: what spending, fees and contracts must be able to cite. */
@Injectable()
export class DecisionsService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(DecisionsRepository) private readonly decisions: DecisionsRepository,
    @Inject(FollowUpRepository) private readonly followUps: FollowUpRepository,
    @Inject(EstateRules) private readonly rules: EstateRules,
    @Inject(FilesService) private readonly files: FilesService,
    @Inject(PersonsRepository) private readonly persons: PersonsRepository,
    @Inject(InboxService) private readonly inbox: InboxService,
    @Inject(Idempotency) private readonly idempotency: Idempotency,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
  ) {}

  /** The decision that somebody cites; only one that is IN_FORCE authorises anything. Null where there is none. */
  async byNumber(reader: Reader, estateId: string, number: string): Promise<DecisionReference | null> {
    const row = await this.decisions.byNumber(reader, estateId, number.trim());
    return row === null ? null : toReference(row);
  }

  async list(
    estateId: string,
    query: {
      readonly status?: DecisionStatus;
      readonly overdue?: boolean;
      readonly after?: string;
      readonly limit: number;
    },
  ): Promise<Page<Decision>> {
    const { status, after, limit } = query;
    const overdueOn = query.overdue === true ? shanghaiDate(this.clock.now()) : undefined;
    const rows = await this.decisions.page(this.database, estateId, { status, overdueOn }, after, limit);
    const followUps = await this.followUps.summaries(
      this.database,
      rows.map((row) => row.id),
    );
    return toPage(
      rows,
      limit,
      (row) => row.id,
      (row) => toDecision(row, followUps.get(row.id)),
    );
  }

  async detail(caller: Caller, estateId: string, decisionId: string): Promise<DecisionDetail> {
    const row = await this.decisions.byId(this.database, estateId, decisionId);
    if (row === null) throw refuse('NOT_FOUND');
    return this.toDetail(this.database, caller, estateId, row);
  }

  /** A decision on paper, from before the estate joined. It counts once a second member has checked the scan. */
  async register(
    caller: Caller,
    estateId: string,
    request: RegisterDecisionRequest,
    key: string,
  ): Promise<DecisionDetail> {
    const { voting } = await this.rules.of(this.database, estateId);
    const faults = checkRegistration(request, shanghaiDate(this.clock.now()), voting.specialMatters);
    if (faults.length > 0) throw refuse('REQUEST.INVALID', { fields: faults });
    const action = {
      personId: caller.personId,
      key,
      useCase: `decisions.register:${estateId}`,
      body: request,
    };
    try {
      return await this.idempotency.once(action, async (tx) => {
        const id = await this.insert(tx, caller, estateId, request);
        const row = await this.decisions.byId(tx, estateId, id);
        if (row === null) throw refuse('NOT_FOUND');
        return this.toDetail(tx, caller, estateId, row);
      });
    } catch (error) {
      throw violates(error, 'uq_decisions_number') ? refuse('DECISION.NUMBER_TAKEN') : error;
    }
  }

  /** The second pair of eyes: confirms a registered decision against its scan, or refuses it with the reason. */
  async review(
    caller: Caller,
    estateId: string,
    decisionId: string,
    request: ReviewDecisionRequest,
  ): Promise<DecisionDetail> {
    const { min } = DECISION_LIMITS.reasonLength;
    const reason = request.reason.trim();
    if (!request.approve && reason.length < min) throw refuse('DECISION.REASON', { params: { min } });
    const today = shanghaiDate(this.clock.now());
    return this.database.transaction(async (tx) => {
      const row = await this.decisions.byId(tx, estateId, decisionId);
      if (row === null) throw refuse('NOT_FOUND');
      if (row.registered_by === caller.personId) throw refuse('DECISION.OWN_REVIEW');
      const status: DecisionStatus = request.approve ? 'IN_FORCE' : 'REFUSED';
      const changed = await tx.run(
        `UPDATE decisions SET status = ?, number_taken = ?, reviewed_by = ?, reviewed_at = ?, refusal = ?
         WHERE estate_id = ? AND id = ? AND status = 'PENDING'`,
        [
          status,
          request.approve ? row.decision_number : null,
          caller.personId,
          this.clock.now(),
          request.approve ? null : reason,
          estateId,
          decisionId,
        ],
      );
      if (changed === 0) throw refuse('DECISION.REVIEWED');
      if (request.approve) await this.followUps.setDue(tx, decisionId, defaultDueOn(today));
      await this.audit.record(tx, caller, {
        action: request.approve ? 'DECISION.CONFIRMED' : 'DECISION.REFUSED',
        estateId,
        subjectType: 'decision',
        subjectId: decisionId,
        before: { status: row.status },
        after: { status },
      });
      if (row.registered_by !== null)
        await this.inbox.post(tx, {
          to: [row.registered_by],
          estateId,
          kind: 'ASSEMBLY',
          title: request.approve ? '登记的决定已生效' : '登记的决定没有通过复核',
          body: `${row.decision_number}《${row.title}》${request.approve ? '已由另一位成员复核，可以引用。' : `：${reason}`}`,
          link: null,
        });
      const after = await this.decisions.byId(tx, estateId, decisionId);
      return this.toDetail(tx, caller, estateId, after ?? row);
    });
  }

  /** Enters what the assembly itself decided, in the transaction of its count. */
  async enter(tx: Transaction, decision: CountedDecision): Promise<void> {
    const id = this.ids.next();
    await tx.insert('decisions', {
      id,
      estate_id: decision.estateId,
      decision_number: decision.number,
      number_taken: decision.number,
      decided_on: decision.decidedOn,
      matter: decision.matter,
      vote_class: decision.voteClass,
      title: decision.title,
      purpose: decision.purpose,
      amount_limit_fen: decision.amountLimitFen,
      status: 'IN_FORCE',
      origin: 'ASSEMBLY',
      assembly_id: decision.assemblyId,
      motion_id: decision.motionId,
      scan_file_id: null,
      registered_by: null,
      registered_at: this.clock.now(),
      reviewed_by: null,
      reviewed_at: null,
      refusal: null,
    });
    const dueOn = defaultDueOn(decision.decidedOn);
    await this.followUps.open(tx, { id, estateId: decision.estateId, dueOn });
  }

  private async insert(
    tx: Transaction,
    caller: Caller,
    estateId: string,
    request: RegisterDecisionRequest,
  ): Promise<string> {
    const id = this.ids.next();
    await this.files.attach(tx, caller, estateId, 'DECISION_SCAN', [request.scanFileId]);
    await tx.insert('decisions', {
      id,
      estate_id: estateId,
      decision_number: request.number,
      number_taken: request.number,
      decided_on: request.decidedOn,
      matter: request.matter,
      vote_class: request.voteClass,
      title: request.title,
      purpose: request.purpose,
      amount_limit_fen: request.amountLimitFen,
      status: 'PENDING',
      origin: 'REGISTERED',
      assembly_id: null,
      motion_id: null,
      scan_file_id: request.scanFileId,
      registered_by: caller.personId,
      registered_at: this.clock.now(),
      reviewed_by: null,
      reviewed_at: null,
      refusal: null,
    });
    await this.followUps.open(tx, { id, estateId, dueOn: null });
    await this.audit.record(tx, caller, {
      action: 'DECISION.REGISTERED',
      estateId,
      subjectType: 'decision',
      subjectId: id,
      after: { number: request.number, decidedOn: request.decidedOn, matter: request.matter },
    });
    const others = (await this.inbox.staffOf(tx, estateId, COMMITTEE)).filter(
      (person) => person !== caller.personId,
    );
    await this.inbox.post(tx, {
      to: others,
      estateId,
      kind: 'ASSEMBLY',
      title: '请复核一项登记的决定',
      body: `${request.number}《${request.title}》，请对照扫描件复核。`,
      link: null,
    });
    return id;
  }

  private async toDetail(
    reader: Reader,
    caller: Caller,
    estateId: string,
    row: DecisionRow,
  ): Promise<DecisionDetail> {
    const people = [row.registered_by, row.reviewed_by].filter((person) => person !== null);
    const names = await this.persons.names(reader, people);
    const [scan = null] = row.scan_file_id === null ? [] : await this.files.refs(reader, [row.scan_file_id]);
    return {
      ...toDecision(row, (await this.followUps.summaries(reader, [row.id])).get(row.id)),
      scan,
      registeredBy: row.registered_by === null ? '系统计票' : (names.get(row.registered_by) ?? ''),
      confirmedBy:
        row.status === 'PENDING' || row.reviewed_by === null ? null : (names.get(row.reviewed_by) ?? ''),
      confirmedAt: row.reviewed_at,
      refusal: row.refusal,
      canReview:
        row.status === 'PENDING' && row.registered_by !== caller.personId && caller.has(estateId, COMMITTEE),
    };
  }
}
