import { type TicketStepRefusal, type TicketRequirement } from '@linli/shared/tickets';
import { KERNEL_ERRORS } from '@linli/shared/errors';
import { type Refused, refuse } from '../../../kernel/errors/refused.ts';

/** The field of the request that stands for each requirement. */
const FIELD_OF: Readonly<Partial<Record<TicketRequirement, string>>> = {
  REASON: 'reason',
  OTHER_CHANNEL: 'otherChannel',
  ASSIGNEE: 'assigneeId',
  REPLY: 'text',
  QUESTION: 'text',
  DEPARTMENT: 'department',
  UNTIL: 'until',
  NEW_DATE: 'dueAt',
  MASTER_TICKET: 'masterNumber',
};

/** Why a step of the lifecycle is refused, in the words of its own rule where there is one. */
export function refuseStep({ code, event, missing }: TicketStepRefusal): Refused {
  if (code !== 'STATE.INCOMPLETE') return refuse(code);
  const is = (requirement: TicketRequirement) => missing.includes(requirement);
  if (is('NOT_ACCUSED')) return refuse('TICKET.ACCUSED');
  if (is('WITHIN_REOPEN_WINDOW')) return refuse('TICKET.REOPEN_WINDOW_OVER');
  if (is('REOPENS_LEFT')) return refuse('TICKET.REOPENS_USED_UP');
  if (is('REOPENS_USED_UP')) return refuse('STATE.NOT_ALLOWED');
  if (is('EXTENSIONS_LEFT')) return refuse('TICKET.EXTENSION_USED_UP');
  if (is('NO_FOLLOWERS')) return refuse('TICKET.WITHDRAW_FOLLOWED');
  if (is('EVIDENCE') && event === 'RESOLVE') return refuse('TICKET.EVIDENCE_MISSING');
  const fields = missing.flatMap((requirement) => {
    const path = FIELD_OF[requirement];
    return path === undefined
      ? []
      : [{ path, code: 'FIELD.REQUIRED', message: KERNEL_ERRORS['FIELD.REQUIRED'].message }];
  });
  return refuse('STATE.INCOMPLETE', { fields });
}
