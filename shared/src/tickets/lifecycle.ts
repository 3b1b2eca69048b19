import { type Instant, type Result, type TransitionRefusal, fail, ok } from '../kernel/index.ts';
import {
  type DeadlineContext,
  type TicketDeadline,
  advanceDeadlines,
  extensionsUsed,
  hasRunOut,
  liveDeadline,
} from './deadlines.ts';
import {
  type TicketActor,
  type TicketClock,
  type TicketEvent,
  type TicketRequirement,
  type TicketState,
  TICKET_MACHINE,
  ticketTransition,
} from './status.ts';

/** The part of a complaint that the lifecycle moves. */
export interface TicketProgress {
  readonly state: TicketState;
  readonly deadlines: readonly TicketDeadline[];
  /** How often it was reopened 重办次数. */
  readonly reopens: number;
  /** Others who said 我也遇到. */
  readonly followers: number;
}

export interface TicketStep {
  readonly event: TicketEvent;
  readonly actor: TicketActor;
  /** What the request brings along: a reason, evidence … What follows from the complaint itself is added here. */
  readonly given: readonly TicketRequirement[];
  readonly at: Instant;
  /** Whether whoever takes it belongs to a body that is complained about. */
  readonly accused?: boolean;
  /** Only for SUSPEND. */
  readonly until?: Instant;
}

export type TicketStepRefusal = TransitionRefusal<TicketState, TicketEvent, TicketRequirement>;

/** Takes one step of the lifecycle, or says why it may not be taken. The one door to a complaint's state. */
export function advanceTicket(
  ticket: TicketProgress,
  step: TicketStep,
  context: DeadlineContext,
): Result<TicketProgress, TicketStepRefusal> {
  const present = [...step.given, ...inherent(ticket, step, context)];
  const next = TICKET_MACHINE.next(ticket.state, step.event, step.actor, present);
  if (!next.ok) return next;
  const row = ticketTransition(ticket.state, step.event, step.actor);
  if (row === undefined)
    return fail({ code: 'STATE.NOT_ALLOWED', from: ticket.state, event: step.event, missing: [] });
  return ok({
    ...ticket,
    state: next.value,
    deadlines: advanceDeadlines(ticket.deadlines, row, step.at, context, step.until ?? null),
    reopens: ticket.reopens + (step.event === 'REOPEN' ? 1 : 0),
  });
}

/** Requirements that nobody has to bring: they are true of the complaint at that moment, or they are not. */
function inherent(
  { deadlines, reopens, followers }: TicketProgress,
  { event, at, accused = false }: TicketStep,
  { rules }: DeadlineContext,
): TicketRequirement[] {
  const met: TicketRequirement[] = [];
  const window = liveDeadline(deadlines, 'REOPEN_WINDOW');
  if (window !== null && at <= window.dueAt) met.push('WITHIN_REOPEN_WINDOW');
  met.push(reopens < rules.terms.reopen.max ? 'REOPENS_LEFT' : 'REOPENS_USED_UP');
  if (extensionsUsed(deadlines) < rules.terms.extension.max) met.push('EXTENSIONS_LEFT');
  if (followers === 0) met.push('NO_FOLLOWERS');
  if (!accused) met.push('NOT_ACCUSED');
  const waitedFor = CLOCK_OF_TIMEOUT[event];
  if (waitedFor !== undefined && hasRunOut(deadlines, waitedFor, at)) met.push('CLOCK_RUN_OUT');
  return met;
}

/** What the present itself decides: no input can make up for one of these that is missing. */
const NOT_FOR_INPUT: ReadonlySet<TicketRequirement> = new Set([
  'WITHIN_REOPEN_WINDOW',
  'REOPENS_LEFT',
  'REOPENS_USED_UP',
  'EXTENSIONS_LEFT',
  'NO_FOLLOWERS',
  'NOT_ACCUSED',
  'CLOCK_RUN_OUT',
]);

/** The steps that an actor could take now if the input is right: the buttons of a screen. */
export function openSteps(
  ticket: TicketProgress,
  actor: TicketActor,
  at: Instant,
  context: DeadlineContext,
  accused = false,
): TicketEvent[] {
  const open = TICKET_MACHINE.stepsFrom(ticket.state, actor).filter(({ event, requires = [] }) => {
    const met = inherent(ticket, { event, actor, given: [], at, accused }, context);
    return requires.every((requirement) => !NOT_FOR_INPUT.has(requirement) || met.includes(requirement));
  });
  return [...new Set(open.map(({ event }) => event))];
}

/** Which clock lets the system act by itself. */
const CLOCK_OF_TIMEOUT: Readonly<Partial<Record<TicketEvent, TicketClock>>> = {
  ANSWER_TIMEOUT: 'RESIDENT_ANSWER',
  MEDIATION_FAILS: 'MEDIATION',
  RESUME: 'SUSPENSION',
  AUTO_CONFIRM: 'AUTO_CONFIRM',
  CLOSE: 'REOPEN_WINDOW',
};

/** What the system does by itself now, if anything: a job asks this of every complaint whose next instant has come. */
export function dueTimeout({ state, deadlines }: TicketProgress, now: Instant): TicketEvent | null {
  const events: readonly TicketEvent[] = [
    'ANSWER_TIMEOUT',
    'MEDIATION_FAILS',
    'RESUME',
    'AUTO_CONFIRM',
    'CLOSE',
  ];
  for (const event of events) {
    const clock = CLOCK_OF_TIMEOUT[event];
    if (clock !== undefined && hasRunOut(deadlines, clock, now) && ticketTransition(state, event, 'SYSTEM'))
      return event;
  }
  return null;
}
