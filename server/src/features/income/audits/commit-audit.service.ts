import { Inject, Injectable } from '@nestjs/common';
import {
  type AuditCommitment,
  type ChangeAuditRequest,
  type CommitAuditRequest,
  commitmentFault,
  commitmentText,
} from '@linli/shared/income-audit';
import { yearOf } from '@linli/shared/kernel';
import type { Caller } from '../../../kernel/access/index.ts';
import { Audit } from '../../../kernel/audit/audit.ts';
import { Clock } from '../../../kernel/clock/clock.ts';
import { type Transaction, violates } from '../../../kernel/database/index.ts';
import { refuse } from '../../../kernel/errors/refused.ts';
import { Idempotency } from '../../../kernel/idempotency/idempotency.ts';
import { Ids } from '../../../kernel/ids/ids.ts';
import { DecisionsService } from '../../assembly/index.ts';
import { InboxService } from '../../notifications/index.ts';
import { EstateBooks } from '../estate-books.ts';
import { requireRecorder } from './audit-actors.ts';
import { AuditsRepository } from './audits.repository.ts';

/** 业主大会决定每年审计: where the region does not ask for it, the owners' decision does. */
@Injectable()
export class CommitAuditService {
  constructor(
    @Inject(DecisionsService) private readonly decisions: DecisionsService,
    @Inject(AuditsRepository) private readonly audits: AuditsRepository,
    @Inject(EstateBooks) private readonly books: EstateBooks,
    @Inject(InboxService) private readonly inbox: InboxService,
    @Inject(Idempotency) private readonly idempotency: Idempotency,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
  ) {}

  async commit(caller: Caller, estateId: string, request: CommitAuditRequest, key: string): Promise<void> {
    const action = { personId: caller.personId, key, useCase: `audit.commit:${estateId}`, body: request };
    const { sinceYear, decisionNumber } = request;
    try {
      await this.idempotency.once(action, async (tx) => {
        requireRecorder(caller, await this.books.of(tx, estateId));
        const decision = await this.decisions.byNumber(tx, estateId, decisionNumber);
        if (decision?.status !== 'IN_FORCE') throw refuse('AUDIT.DECISION_UNKNOWN');
        const id = this.ids.next();
        await tx.insert('audit_commitments', {
          id,
          estate_id: estateId,
          since_year: sinceYear,
          decision_number: decision.number,
          decided_on: decision.decidedOn,
          registered_by: caller.personId,
          registered_at: this.clock.now(),
        });
        await this.audit.record(tx, caller, {
          action: 'AUDIT.COMMITTED',
          estateId,
          subjectType: 'audit_commitment',
          subjectId: id,
          after: { sinceYear, decisionNumber },
        });
        return { id };
      });
    } catch (error) {
      throw violates(error, 'uq_audit_commitments_estate') ? refuse('AUDIT.COMMITTED') : error;
    }
  }

  /** What was decided before stays to be read: another decision stands after it, from its own year on. */
  async change(caller: Caller, estateId: string, request: ChangeAuditRequest, key: string): Promise<void> {
    const action = {
      personId: caller.personId,
      key,
      useCase: `audit.change:${estateId}`,
      body: request,
    };
    try {
      await this.idempotency.once(action, async (tx) => {
        requireRecorder(caller, await this.books.of(tx, estateId));
        const decision = await this.decisions.byNumber(tx, estateId, request.decisionNumber);
        if (decision?.status !== 'IN_FORCE') throw refuse('AUDIT.DECISION_UNKNOWN');
        const { number: decisionNumber, decidedOn } = decision;
        const next = { ...request, decisionNumber, decidedOn };
        requireChange(next, await this.audits.decided(tx, estateId));
        const id = this.ids.next();
        await tx.insert('audit_commitment_changes', {
          id,
          estate_id: estateId,
          change_no: (await this.audits.changes(tx, estateId)) + 1,
          since_year: next.sinceYear,
          is_owed: next.isOwed ? 1 : 0,
          decision_number: decisionNumber,
          decided_on: decidedOn,
          registered_by: caller.personId,
          registered_at: this.clock.now(),
        });
        await this.audit.record(tx, caller, {
          action: next.isOwed ? 'AUDIT.COMMITMENT_REPLACED' : 'AUDIT.COMMITMENT_ENDED',
          estateId,
          subjectType: 'audit_commitment',
          subjectId: id,
          after: { sinceYear: next.sinceYear, decisionNumber },
        });
        await this.tellOwners(tx, estateId, next);
        return { id };
      });
    } catch (error) {
      throw violates(error, 'uq_audit_commitment_changes_no') ? refuse('AUDIT.CHANGED_SINCE') : error;
    }
  }

  private async tellOwners(tx: Transaction, estateId: string, next: AuditCommitment): Promise<void> {
    await this.inbox.post(tx, {
      to: await this.inbox.residentsOf(tx, estateId),
      estateId,
      kind: 'INCOME',
      title: next.isOwed ? '每年审计有新的决定' : '每年审计停止了',
      body: `${commitmentText(next)}。`,
      link: '/packages/income/pages/audits/index',
    });
  }
}

function requireChange(next: AuditCommitment, decided: readonly AuditCommitment[]): void {
  const fault = commitmentFault(next, decided);
  if (fault === null) return;
  if (fault === 'PAST_STAYS_OWED')
    throw refuse('AUDIT.PAST_STAYS_OWED', { params: { year: yearOf(next.decidedOn) } });
  throw refuse(`AUDIT.${fault}`);
}
