import {
  SPENDING_MACHINE,
  type SpendingActor,
  type SpendingEvent,
  type SpendingRequirement,
  type SpendingState,
} from './status.ts';

/** Who has done what so far. */
export interface SpendingPeople {
  readonly appliedBy: string;
  readonly confirmedBy: string | null;
  readonly filedBy: string | null;
  readonly paidBy: string | null;
}

/** Application, confirmation and filing are three people's; who compares with the bank is not who paid. */
export function isOtherPerson(event: SpendingEvent, personId: string, people: SpendingPeople): boolean {
  const { appliedBy, confirmedBy, filedBy, paidBy } = people;
  const earlier = event === 'RECONCILE' ? [paidBy] : [appliedBy, confirmedBy, filedBy];
  return !earlier.includes(personId);
}

/** A person before a request: everything they are to it, and what has been done. */
export interface SpendingPosition {
  readonly state: SpendingState;
  readonly personId: string;
  readonly actors: readonly SpendingActor[];
  readonly people: SpendingPeople;
}

export type SpendingRefusal = 'STATE' | 'NOT_YOURS' | SpendingRequirement;

/** The state after the step, or why not; `met` names what else is there: the reason, the bank's line, the basis. */
export function spendingStep(
  position: SpendingPosition,
  event: SpendingEvent,
  met: readonly Exclude<SpendingRequirement, 'OTHER_PERSON'>[],
): { readonly to: SpendingState } | { readonly refused: SpendingRefusal } {
  const { state, personId, actors, people } = position;
  const present: readonly SpendingRequirement[] = isOtherPerson(event, personId, people)
    ? [...met, 'OTHER_PERSON']
    : met;
  let refused: SpendingRefusal = 'NOT_YOURS';
  for (const actor of actors) {
    const step = SPENDING_MACHINE.next(state, event, actor, present);
    if (step.ok) return { to: step.value };
    const [missing] = step.error.missing;
    if (step.error.code === 'STATE.NOT_ALLOWED') refused = 'STATE';
    else if (missing !== undefined) refused = missing;
  }
  return { refused };
}

/** The steps that this person may take now; their reason or the bank's line is asked for then. */
export function openSteps(position: SpendingPosition): SpendingEvent[] {
  const { state, personId, actors, people } = position;
  const steps = actors.flatMap((actor) => SPENDING_MACHINE.stepsFrom(state, actor));
  const open = steps.filter(
    ({ event, requires = [] }) =>
      !requires.includes('OTHER_PERSON') || isOtherPerson(event, personId, people),
  );
  return [...new Set(open.map(({ event }) => event))];
}
