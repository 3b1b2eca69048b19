import { type Result, fail, ok } from './result.ts';

/**
 * State graphs are tables: `from → to` by an event, who may, what it requires, and what a state freezes. One machine
 * runs them all and refuses to be built from a broken table, so a wrong graph stops the server at boot and the test run.
 */

export interface Transition<
  State extends string,
  Event extends string,
  Actor extends string,
  Requirement extends string,
> {
  readonly event: Event;
  readonly from: readonly State[];
  readonly to: State;
  /** Who may. The caller resolves roles to these; the machine knows no people. */
  readonly by: readonly Actor[];
  /** Facts or inputs that must be present (a reason, evidence, a passed check), by name. */
  readonly requires?: readonly Requirement[];
}

export interface StateTable<
  State extends string,
  Event extends string,
  Actor extends string,
  Requirement extends string,
  Field extends string,
> {
  /** For messages to developers. */
  readonly name: string;
  readonly initial: State;
  /** Every state; `final` states have no way out; `freezes` names the fields that may no longer change in it. */
  readonly states: Readonly<Record<State, { readonly final?: true; readonly freezes?: readonly Field[] }>>;
  readonly transitions: readonly Transition<State, Event, Actor, Requirement>[];
}

/** Why a step is refused; `errors/` has a sentence for each code. */
export interface TransitionRefusal<State extends string, Event extends string, Requirement extends string> {
  readonly code: 'STATE.NOT_ALLOWED' | 'STATE.NOT_YOURS' | 'STATE.INCOMPLETE';
  readonly from: State;
  readonly event: Event;
  /** What is still missing; only with STATE.INCOMPLETE. */
  readonly missing: readonly Requirement[];
}

export interface StateMachine<
  State extends string,
  Event extends string,
  Actor extends string,
  Requirement extends string,
  Field extends string,
> {
  readonly initial: State;
  readonly states: readonly State[];
  readonly transitions: readonly Transition<State, Event, Actor, Requirement>[];
  isFinal(state: State): boolean;
  frozenFields(state: State): readonly Field[];
  /** The steps open to an actor, for the buttons on a screen; what they still require is in each step. */
  stepsFrom(state: State, actor: Actor): readonly Transition<State, Event, Actor, Requirement>[];
  /** The state after the event, or why not. `present` names the requirements that are met. */
  next(
    state: State,
    event: Event,
    actor: Actor,
    present?: readonly Requirement[],
  ): Result<State, TransitionRefusal<State, Event, Requirement>>;
}

export function defineStateMachine<
  const State extends string,
  const Event extends string,
  const Actor extends string,
  const Requirement extends string = never,
  const Field extends string = never,
>(
  table: StateTable<State, Event, Actor, Requirement, Field>,
): StateMachine<State, Event, Actor, Requirement, Field> {
  const faults = stateTableFaults(table);
  if (faults.length > 0) throw new Error(`State table "${table.name}" is broken: ${faults.join('; ')}`);
  const { states, transitions, initial } = table;

  return {
    initial,
    states: stateNames(table),
    transitions,
    isFinal: (state) => states[state].final === true,
    frozenFields: (state) => states[state].freezes ?? [],
    stepsFrom: (state, actor) => transitions.filter((t) => t.from.includes(state) && t.by.includes(actor)),
    next(state, event, actor, present = []) {
      const refuse = (code: TransitionRefusal<State, Event, Requirement>['code'], missing: Requirement[]) =>
        fail({ code, from: state, event, missing });
      const steps = transitions.filter((t) => t.event === event && t.from.includes(state));
      if (steps.length === 0) return refuse('STATE.NOT_ALLOWED', []);
      const step = steps.find((t) => t.by.includes(actor));
      if (step === undefined) return refuse('STATE.NOT_YOURS', []);
      const missing = (step.requires ?? []).filter((requirement) => !present.includes(requirement));
      return missing.length > 0 ? refuse('STATE.INCOMPLETE', missing) : ok(step.to);
    },
  };
}

/** Everything that is wrong with a table, in words for the developer; empty when it is sound. */
function stateTableFaults<
  State extends string,
  Event extends string,
  Actor extends string,
  Requirement extends string,
  Field extends string,
>(table: StateTable<State, Event, Actor, Requirement, Field>): string[] {
  const names = stateNames(table);
  const known = new Set<string>(names);
  const faults: string[] = [];
  const seen = new Set<string>();

  if (!known.has(table.initial)) faults.push(`initial state ${table.initial} is unknown`);
  for (const { event, from, to, by } of table.transitions) {
    if (from.length === 0) faults.push(`${event} starts nowhere`);
    if (by.length === 0) faults.push(`nobody may ${event}`);
    if (!known.has(to)) faults.push(`${event} leads to unknown state ${to}`);
    for (const state of from) {
      if (!known.has(state)) faults.push(`${event} starts from unknown state ${state}`);
      else if (table.states[state].final) faults.push(`${event} leaves final state ${state}`);
      for (const actor of by) {
        const step = `${state} ${event} ${actor}`;
        if (seen.has(step)) faults.push(`duplicate step: ${actor} may ${event} from ${state} in two ways`);
        seen.add(step);
      }
    }
  }

  const reached = reachable(table);
  for (const state of names) {
    if (!reached.has(state)) faults.push(`state ${state} cannot be reached`);
    const hasExit = table.transitions.some((t) => t.from.includes(state));
    if (!hasExit && table.states[state].final !== true)
      faults.push(`state ${state} is a dead end but not final`);
  }
  return faults;
}

function reachable<
  State extends string,
  Event extends string,
  Actor extends string,
  R extends string,
  F extends string,
>(table: StateTable<State, Event, Actor, R, F>): Set<State> {
  const reached = new Set<State>([table.initial]);
  // A Set is iterated in order of insertion, so states found on the way are visited too.
  for (const state of reached) {
    for (const t of table.transitions) if (t.from.includes(state)) reached.add(t.to);
  }
  return reached;
}

function stateNames<
  State extends string,
  Event extends string,
  A extends string,
  R extends string,
  F extends string,
>(table: StateTable<State, Event, A, R, F>): State[] {
  return Object.keys(table.states) as State[];
}
