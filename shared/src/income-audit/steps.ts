import type { PublishingBody } from '../income/index.ts';
import { answererOf, type AuditParty, type ResponsibleBody, supervisorOf } from './parties.ts';
import {
  FINDING_MACHINE,
  type FindingActor,
  type FindingEvent,
  type FindingRequirement,
  type FindingState,
} from './status.ts';

/** A person before a finding: the bodies they act for, and who answered. */
export interface FindingPosition {
  readonly state: FindingState;
  readonly responsible: ResponsibleBody;
  readonly publishedBy: PublishingBody;
  readonly personId: string;
  readonly parties: readonly AuditParty[];
  readonly answeredBy: string | null;
  readonly answeredAs: AuditParty | null;
}

export type FindingRefusal = 'STATE' | 'NOT_YOURS' | FindingRequirement;

/** The body for which this person takes the step; null where it is none of theirs. */
function partyFor(event: FindingEvent, position: FindingPosition): AuditParty | null {
  const { responsible, publishedBy, answeredAs, parties } = position;
  const answerer = answererOf(responsible, publishedBy);
  const party = event === 'ANSWER' ? answerer : supervisorOf(answeredAs ?? answerer);
  return parties.includes(party) ? party : null;
}

/** The state after the step and for whom it was taken, or why not. */
export function findingStep(
  position: FindingPosition,
  event: FindingEvent,
  met: readonly Exclude<FindingRequirement, 'OTHER_PERSON'>[] = [],
): { readonly to: FindingState; readonly as: AuditParty } | { readonly refused: FindingRefusal } {
  const as = partyFor(event, position);
  const present: readonly FindingRequirement[] = isOtherPerson(position) ? [...met, 'OTHER_PERSON'] : met;
  const step = FINDING_MACHINE.next(position.state, event, actorFor(event), present);
  if (!step.ok && step.error.code === 'STATE.NOT_ALLOWED') return { refused: 'STATE' };
  if (as === null) return { refused: 'NOT_YOURS' };
  if (step.ok) return { to: step.value, as };
  const { missing } = step.error;
  // Said first: a reason would not help this person.
  return { refused: missing.find((one) => one === 'OTHER_PERSON') ?? missing[0] ?? 'NOT_YOURS' };
}

/** The steps that this person may take now; a reason is asked for then. */
export function openFindingSteps(position: FindingPosition): FindingEvent[] {
  const actors: readonly FindingActor[] = ['ANSWERER', 'SUPERVISOR'];
  const steps = actors.flatMap((actor) => FINDING_MACHINE.stepsFrom(position.state, actor));
  return steps
    .filter(({ event }) => partyFor(event, position) !== null)
    .filter(({ requires = [] }) => !requires.includes('OTHER_PERSON') || isOtherPerson(position))
    .map(({ event }) => event);
}

function actorFor(event: FindingEvent): FindingActor {
  return event === 'ANSWER' ? 'ANSWERER' : 'SUPERVISOR';
}

function isOtherPerson({ personId, answeredBy }: FindingPosition): boolean {
  return answeredBy !== personId;
}
