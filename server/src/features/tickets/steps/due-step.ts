import type { Instant } from '@linli/shared/kernel';
import { type TicketEvent, dueEscalation, dueTimeout, ticketTransition } from '@linli/shared/tickets';
import { type Body, bodyName, bodyOfLevel, isRung, staffedLevel, staffedRules } from '../bodies.ts';
import type { Ticket } from '../ticket.ts';
import type { TicketEstate } from '../ticket-estates.ts';

/** What the clock has to do to a complaint, and what changes with it. */
export interface DueStep {
  readonly event: TicketEvent;
  readonly reason: string;
  readonly change: Partial<Pick<Ticket, 'urgedAt' | 'level' | 'levelSince' | 'handlerBody' | 'assigneeId'>>;
}

/** The one step that is due now, if the lifecycle lets the clock take it in this state. */
export function dueStep(ticket: Ticket, estate: TicketEstate, now: Instant): DueStep | null {
  const timeout = dueTimeout(ticket, now);
  if (timeout !== null) return { event: timeout, reason: '', change: {} };
  const { rules, organisations } = estate;
  const street = rules.levels.findIndex(({ code }) => code === 'STREET');
  // A department answers to the street, whichever rung passed the complaint on.
  const level = isRung(ticket.handlerBody) ? ticket.level : Math.max(ticket.level, street - 1);
  const step = dueEscalation({ ...ticket, level }, staffedRules(rules, organisations), now);
  if (step === null) return null;
  const event = step.kind === 'URGE' ? 'URGE' : 'ESCALATE';
  if (ticketTransition(ticket.state, event, 'SYSTEM') === undefined) return null;
  if (step.kind === 'URGE')
    return { event, reason: step.reason, change: { urgedAt: [...ticket.urgedAt, now] } };
  const toLevel = staffedLevel(step.toLevel, rules, organisations);
  const handlerBody: Body = bodyOfLevel(rules, toLevel);
  return {
    event,
    reason: `${step.reason}，由${bodyName(handlerBody, rules, organisations)}接手`,
    change: { level: toLevel, levelSince: now, urgedAt: [], handlerBody, assigneeId: null },
  };
}
