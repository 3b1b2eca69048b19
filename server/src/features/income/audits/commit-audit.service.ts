import { Inject, Injectable } from '@nestjs/common';
import type { CommitAuditRequest } from '@linli/shared/income-audit';
import type { Caller } from '../../../kernel/access/index.ts';
import { Audit } from '../../../kernel/audit/audit.ts';
import { Clock } from '../../../kernel/clock/clock.ts';
import { violates } from '../../../kernel/database/index.ts';
import { refuse } from '../../../kernel/errors/refused.ts';
import { Idempotency } from '../../../kernel/idempotency/idempotency.ts';
import { Ids } from '../../../kernel/ids/ids.ts';
import { DecisionsService } from '../../assembly/index.ts';
import { EstateBooks } from '../estate-books.ts';
import { requireRecorder } from './audit-actors.ts';

/** 业主大会决定每年审计: where the region does not ask for it, the owners' decision does. */
@Injectable()
export class CommitAuditService {
  constructor(
    @Inject(DecisionsService) private readonly decisions: DecisionsService,
    @Inject(EstateBooks) private readonly books: EstateBooks,
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
}
