import {
  type TicketActor,
  type TicketEvent,
  actsForAccused,
  complainantVisibility,
  type ComplainantVisibility,
} from '@linli/shared/tickets';
import type { Caller } from '../../kernel/access/index.ts';
import { type Body, type Standing, isRung, kindsOf, organisationOf, supervisesFrom } from './bodies.ts';
import type { TicketEstate, TicketScene } from './ticket-estates.ts';
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

/**
 * For which organisation somebody takes a step: the one that holds the complaint, or the highest that supervises it.
 * A complainant acts for none.
 */
export function actingFor(
  ticket: Ticket,
  actor: TicketActor,
  { estate, staff }: TicketScene,
): Standing | null {
  if (actor === 'HANDLER')
    return staff.standings.find(({ bodies }) => holds(ticket.handlerBody, bodies, estate)) ?? null;
  if (actor !== 'SUPERVISOR') return null;
  return staff.standings.find(({ rung }) => rung === staff.rung) ?? null;
}

/** Whether somebody belongs to a body that is complained about, through whichever of their organisations. */
export function isAccused({ accused }: Ticket, { staff }: TicketScene): boolean {
  return actsForAccused(accused, kindsOf(staff));
}

function handles(body: Body, { estate, staff }: TicketScene): boolean {
  return holds(body, staff.bodies, estate);
}

/** A department that is not on the platform is spoken for by the street, which passes on what it says. */
function holds(body: Body, bodies: readonly Body[], { organisations }: TicketEstate): boolean {
  if (bodies.includes(body)) return true;
  return !isRung(body) && bodies.includes('STREET') && organisationOf(body, organisations) === null;
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
  return complainantVisibility(ticket.accused, ticket.anonymous, {
    isComplainant: ticket.complainantId === caller.personId,
    organisations: kindsOf(staff),
    handles: staff.bodies.some((body) => bodies.includes(body)),
  });
}
