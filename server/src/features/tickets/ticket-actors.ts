import {
  type TicketActor,
  type TicketEvent,
  type TicketViewer,
  complainantVisibility,
  type ComplainantVisibility,
} from '@linli/shared/tickets';
import type { Caller } from '../../kernel/access/index.ts';
import { type Body, isRung, organisationOf, supervisesFrom, viewerKind } from './bodies.ts';
import type { TicketScene } from './ticket-estates.ts';
import type { Ticket } from './ticket.ts';

/** As what a person may act on a complaint, the closest first. */
export function actorsOf(ticket: Ticket, caller: Caller, scene: TicketScene): TicketActor[] {
  const actors: TicketActor[] = [];
  if (ticket.complainantId === caller.personId) actors.push('COMPLAINANT');
  if (handles(ticket.handlerBody, scene)) actors.push('HANDLER');
  if (supervises(ticket, scene)) actors.push('SUPERVISOR');
  return actors;
}

/** The owners' committee looks on at the company's work; the one thing it does there is to urge. */
export function mayUrgeOnly({ estate, staff }: TicketScene, ticket: Ticket): boolean {
  return ticket.level < staff.rung && staff.rung < supervisesFrom(estate.rules);
}

/** What of a step's actors counts for one event. */
export function actorsFor(
  event: TicketEvent,
  ticket: Ticket,
  caller: Caller,
  scene: TicketScene,
): TicketActor[] {
  const actors = actorsOf(ticket, caller, scene);
  return event === 'URGE' && mayUrgeOnly(scene, ticket) ? [...actors, 'SUPERVISOR'] : actors;
}

/** A department that is not on the platform is spoken for by the street, which passes on what it says. */
function handles(body: Body, { estate, staff }: TicketScene): boolean {
  if (staff.bodies.includes(body)) return true;
  return (
    !isRung(body) && staff.bodies.includes('STREET') && organisationOf(body, estate.organisations) === null
  );
}

function supervises(ticket: Ticket, { estate, staff }: TicketScene): boolean {
  if (staff.rung < supervisesFrom(estate.rules)) return false;
  const street = estate.rules.levels.findIndex(({ code }) => code === 'STREET');
  const from = isRung(ticket.handlerBody) ? ticket.level + 1 : street;
  return staff.rung >= from;
}

/** How much of a complaint somebody sees: ALL of it, what neighbours see, or nothing. */
export type Sight = 'ALL' | 'NEIGHBOUR' | 'NONE';

export function sightOf(
  ticket: Ticket,
  bodies: readonly Body[],
  caller: Caller,
  { estate, staff }: TicketScene,
): Sight {
  if (ticket.complainantId === caller.personId) return 'ALL';
  const committee = estate.rules.levels.findIndex(({ code }) => code === 'COMMITTEE');
  const concerned = staff.bodies.some((body) => bodies.includes(body));
  if (concerned || staff.rung >= committee) return 'ALL';
  const resident = caller.has(estate.id, ['OWNER', 'FAMILY', 'TENANT']);
  return resident && ticket.state !== 'WITHDRAWN' ? 'NEIGHBOUR' : 'NONE';
}

export function visibilityOf(
  ticket: Ticket,
  bodies: readonly Body[],
  caller: Caller,
  { staff }: TicketScene,
): ComplainantVisibility {
  const viewer: TicketViewer = {
    isComplainant: ticket.complainantId === caller.personId,
    organisation: viewerKind(staff),
    handles: staff.bodies.some((body) => bodies.includes(body)),
  };
  return complainantVisibility(ticket.category, ticket.anonymous, viewer);
}
