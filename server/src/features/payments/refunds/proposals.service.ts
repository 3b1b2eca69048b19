import { Inject, Injectable } from '@nestjs/common';
import {
  OUTCOMES_OF,
  type AskedResponse,
  type DecisionRequest,
  type OpenProposal,
  type ProposalOutcome,
  type ProposalSubject,
  type ProposeRequest,
} from '@linli/shared/refunds';
import type { Caller } from '../../../kernel/access/index.ts';
import { Audit } from '../../../kernel/audit/audit.ts';
import { Clock } from '../../../kernel/clock/clock.ts';
import { Database, type Reader, type Transaction, violates } from '../../../kernel/database/index.ts';
import { refuse } from '../../../kernel/errors/refused.ts';
import { Idempotency } from '../../../kernel/idempotency/idempotency.ts';
import { Ids } from '../../../kernel/ids/ids.ts';
import { PeopleAtDesk } from './people-at-desk.ts';

interface ProposalRow {
  id: string;
  estate_id: string;
  subject: ProposalSubject;
  subject_id: string;
  outcome: ProposalOutcome;
  reason: string;
  asked_by: string;
  asked_at: number;
  decided_by: string | null;
}

/** A proposal that a second person agreed to. */
export interface AgreedProposal {
  readonly estateId: string;
  readonly subjectId: string;
  readonly outcome: ProposalOutcome;
  readonly reason: string;
  readonly askedBy: string;
  readonly decidedBy: string;
}

/** What becomes of a subject: refuses where it cannot be proposed, and does it once it is agreed. */
export interface ProposalHandler {
  check(tx: Transaction, estateId: string, subjectId: string, outcome: ProposalOutcome): Promise<void>;
  carryOut(tx: Transaction, proposal: AgreedProposal): Promise<void>;
}

/** What two people settle at the desk: one proposes it with a reason, another agrees or does not. */
@Injectable()
export class ProposalsService {
  private readonly handlers = new Map<ProposalSubject, ProposalHandler>();

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(Idempotency) private readonly idempotency: Idempotency,
    @Inject(PeopleAtDesk) private readonly people: PeopleAtDesk,
  ) {}

  /** Given at module start, one for each subject. */
  handle(subject: ProposalSubject, handler: ProposalHandler): void {
    this.handlers.set(subject, handler);
  }

  async propose(
    caller: Caller,
    estateId: string,
    request: ProposeRequest,
    key: string,
  ): Promise<AskedResponse> {
    const { subject, subjectId, outcome, reason } = request;
    if (!OUTCOMES_OF[subject].includes(outcome)) throw refuse('REFUND.OUTCOME');
    const body = { estateId, ...request };
    const action = { personId: caller.personId, key, useCase: 'payments.propose', body };
    try {
      return await this.idempotency.once(action, async (tx) => {
        await this.handler(subject).check(tx, estateId, subjectId, outcome);
        const id = this.ids.next();
        await tx.insert('desk_proposals', {
          id,
          estate_id: estateId,
          subject,
          subject_id: subjectId,
          outcome,
          reason,
          asked_by: caller.personId,
          asked_at: this.clock.now(),
          decided_by: null,
          decided_at: null,
          verdict: null,
          note: '',
          open_subject_id: subjectId,
        });
        await this.audit.record(tx, caller, {
          action: 'PROPOSAL.MADE',
          estateId,
          subjectType: subject,
          subjectId,
          after: { outcome, reason },
        });
        return { id };
      });
    } catch (error) {
      if (violates(error, 'uq_desk_proposals_open')) throw refuse('REFUND.PENDING');
      throw error;
    }
  }

  async decide(
    caller: Caller,
    estateId: string,
    id: string,
    { approve, note }: DecisionRequest,
  ): Promise<void> {
    await this.database.transaction(async (tx) => {
      const row = await tx.row<ProposalRow>('SELECT * FROM desk_proposals WHERE estate_id = ? AND id = ?', [
        estateId,
        id,
      ]);
      if (row === null) throw refuse('NOT_FOUND');
      if (row.asked_by === caller.personId) throw refuse('REFUND.SAME_PERSON');
      const verdict = approve ? 'APPROVED' : 'REJECTED';
      const decided = await tx.run(
        `UPDATE desk_proposals SET decided_by = ?, decided_at = ?, verdict = ?, note = ?, open_subject_id = NULL
         WHERE id = ? AND decided_by IS NULL`,
        [caller.personId, this.clock.now(), verdict, note, id],
      );
      if (decided !== 1) throw refuse('REFUND.DECIDED');
      if (approve)
        await this.handler(row.subject).carryOut(tx, {
          estateId,
          subjectId: row.subject_id,
          outcome: row.outcome,
          reason: row.reason,
          askedBy: row.asked_by,
          decidedBy: caller.personId,
        });
      await this.audit.record(tx, caller, {
        action: `PROPOSAL.${verdict}`,
        estateId,
        subjectType: row.subject,
        subjectId: row.subject_id,
        after: { outcome: row.outcome, note },
      });
    });
  }

  /** What waits for a second person, by subject. */
  async openFor(
    reader: Reader,
    caller: Caller,
    subjectIds: readonly string[],
  ): Promise<ReadonlyMap<string, OpenProposal>> {
    if (subjectIds.length === 0) return new Map();
    const rows = await reader.rows<ProposalRow>(
      `SELECT * FROM desk_proposals WHERE open_subject_id IN (${subjectIds.map(() => '?').join(', ')})`,
      subjectIds,
    );
    const nameOf = await this.people.named(
      reader,
      rows.map((row) => row.asked_by),
    );
    return new Map(
      rows.map((row) => [
        row.subject_id,
        {
          id: row.id,
          outcome: row.outcome,
          reason: row.reason,
          askedBy: nameOf(row.asked_by),
          mine: row.asked_by === caller.personId,
          askedAt: row.asked_at,
        },
      ]),
    );
  }

  private handler(subject: ProposalSubject): ProposalHandler {
    const handler = this.handlers.get(subject);
    if (handler === undefined) throw new Error(`Nobody carries out proposals about ${subject}`);
    return handler;
  }
}
