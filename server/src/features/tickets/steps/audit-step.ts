import type { Caller } from '../../../kernel/access/index.ts';
import type { Audit } from '../../../kernel/audit/audit.ts';
import type { Transaction } from '../../../kernel/database/index.ts';
import type { Ticket } from '../ticket.ts';

/** What the audit log keeps of a complaint: nothing that was written, nobody's name. */
function auditFacts({ state, level, handlerBody, assigneeId, category, version }: Ticket) {
  return { state, level, handlerBody, assigneeId, category, version };
}

/** Records what a person, or the clock, made of a complaint. */
export function auditStep(
  audit: Audit,
  tx: Transaction,
  by: Caller | 'SYSTEM',
  action: string,
  before: Ticket,
  after: Ticket,
): Promise<void> {
  return audit.record(tx, by, {
    action,
    estateId: before.estateId,
    subjectType: 'ticket',
    subjectId: before.id,
    before: auditFacts(before),
    after: auditFacts(after),
  });
}
