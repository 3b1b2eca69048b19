import {
  type Holidays,
  type Instant,
  type Result,
  HOUR_MS,
  MINUTE_MS,
  addCalendarDays,
  addDays,
  addWorkingDays,
  daysBetween,
  fail,
  isWorkingDay,
  ok,
  shanghaiDate,
} from '../kernel/index.ts';
import type { SlaClass } from './categories.ts';
import type { Term, TicketRules, TicketTerms } from './rules.ts';
import type { TicketClock, TicketEvent, TicketTransition } from './status.ts';

/** One period that runs or ran on a complaint 期限. Rows are added and stamped, their first date is never lost. */
export interface TicketDeadline {
  readonly clock: TicketClock;
  readonly unit: Term['unit'];
  /** Instants, epoch ms. */
  readonly startedAt: Instant;
  readonly dueAt: Instant;
  /** The date before any pause or extension. */
  readonly originalDueAt: Instant;
  readonly pausedAt: Instant | null;
  readonly stoppedAt: Instant | null;
  readonly extensions: readonly DeadlineExtension[];
}

/** 延期: the old date stays beside the new one, with who and why. */
export interface DeadlineExtension {
  readonly previousDueAt: Instant;
  readonly dueAt: Instant;
  readonly reason: string;
  readonly requestedBy: string;
  readonly approvedBy: string;
  readonly at: Instant;
}

/** What the periods of one complaint depend on. */
export interface DeadlineContext {
  readonly rules: TicketRules;
  readonly slaClass: SlaClass;
  readonly holidays: Holidays;
}

/** The instant at which a period that begins at `at` ends. */
function addTerm(at: Instant, { unit, count }: Term, holidays: Holidays): Instant {
  switch (unit) {
    case 'MINUTE':
      return at + count * MINUTE_MS;
    case 'HOUR':
      return at + count * HOUR_MS;
    case 'DAY':
      return addCalendarDays(at, count);
    case 'WORKING_DAY':
      return addWorkingDays(at, count, holidays);
  }
}

/** The deadlines after a step: what it stops, resumes, starts and pauses. `until` is the agreed end of a suspension. */
export function advanceDeadlines(
  deadlines: readonly TicketDeadline[],
  step: Pick<TicketTransition, 'event' | 'stops' | 'resumes' | 'starts' | 'pauses'>,
  at: Instant,
  context: DeadlineContext,
  until: Instant | null = null,
): TicketDeadline[] {
  const next = deadlines.map((deadline) => {
    if (deadline.stoppedAt !== null) return deadline;
    if (step.stops.includes(deadline.clock)) return { ...deadline, stoppedAt: at };
    if (step.resumes.includes(deadline.clock)) return resumed(deadline, at, context.holidays);
    return deadline;
  });
  for (const clock of step.starts) {
    if (next.some((deadline) => deadline.clock === clock && deadline.stoppedAt === null)) continue;
    const started = startedClock(clock, step.event, at, context, until);
    if (started !== null) next.push(started);
  }
  return next.map((deadline) => (step.pauses.includes(deadline.clock) ? paused(deadline, at) : deadline));
}

/** Why an extension cannot be given. */
export type ExtensionRefusal =
  'TICKET.EXTENSION_NOT_RUNNING' | 'TICKET.EXTENSION_USED_UP' | 'TICKET.EXTENSION_DATE';

/** Moves 办结期限 to a later date, keeping the old one. At most so often and so far as the region allows. */
export function extendFinish(
  deadlines: readonly TicketDeadline[],
  extension: Omit<DeadlineExtension, 'previousDueAt'>,
  { rules, holidays }: DeadlineContext,
): Result<TicketDeadline[], ExtensionRefusal> {
  const current = liveDeadline(deadlines, 'FINISH');
  if (current === null) return fail('TICKET.EXTENSION_NOT_RUNNING');
  if (extensionsUsed(deadlines) >= rules.terms.extension.max) return fail('TICKET.EXTENSION_USED_UP');
  const latest = addTerm(Math.max(current.dueAt, extension.at), rules.terms.extension.longest, holidays);
  if (extension.dueAt <= current.dueAt || extension.dueAt > latest) return fail('TICKET.EXTENSION_DATE');
  const extended: TicketDeadline = {
    ...current,
    dueAt: extension.dueAt,
    extensions: [...current.extensions, { ...extension, previousDueAt: current.dueAt }],
  };
  return ok(deadlines.map((deadline) => (deadline === current ? extended : deadline)));
}

/** Counted over the whole complaint: a new round of work is no new claim to an extension. */
export function extensionsUsed(deadlines: readonly TicketDeadline[]): number {
  return deadlines.reduce((sum, deadline) => sum + deadline.extensions.length, 0);
}

/** Neither stopped nor paused. */
export function isRunning({ stoppedAt, pausedAt }: TicketDeadline): boolean {
  return stoppedAt === null && pausedAt === null;
}

/** The clock's present row, running or paused. */
export function liveDeadline(
  deadlines: readonly TicketDeadline[],
  clock: TicketClock,
): TicketDeadline | null {
  return deadlines.find((deadline) => deadline.clock === clock && deadline.stoppedAt === null) ?? null;
}

/** Whether a deadline was missed: passed while running, or already past when it was met or paused. */
export function isMissed({ dueAt, stoppedAt, pausedAt }: TicketDeadline, now: Instant): boolean {
  return (stoppedAt ?? pausedAt ?? now) > dueAt;
}

export function hasRunOut(deadlines: readonly TicketDeadline[], clock: TicketClock, now: Instant): boolean {
  const deadline = liveDeadline(deadlines, clock);
  return deadline !== null && isRunning(deadline) && now > deadline.dueAt;
}

function startedClock(
  clock: TicketClock,
  event: TicketEvent,
  at: Instant,
  { rules, slaClass, holidays }: DeadlineContext,
  until: Instant | null,
): TicketDeadline | null {
  if (clock === 'SUSPENSION') {
    if (until === null) throw new Error('a suspension must say until when');
    return deadlineOf(clock, 'DAY', at, until);
  }
  const term = termOf(clock, event, rules, slaClass);
  return term === null ? null : deadlineOf(clock, term.unit, at, addTerm(at, term, holidays));
}

function deadlineOf(
  clock: TicketClock,
  unit: Term['unit'],
  startedAt: Instant,
  dueAt: Instant,
): TicketDeadline {
  return {
    clock,
    unit,
    startedAt,
    dueAt,
    originalDueAt: dueAt,
    pausedAt: null,
    stoppedAt: null,
    extensions: [],
  };
}

/** Null where the clock does not run for this class at this step. */
function termOf(
  clock: Exclude<TicketClock, 'SUSPENSION'>,
  event: TicketEvent,
  { terms, escalation }: { readonly terms: TicketTerms; readonly escalation: TicketRules['escalation'] },
  slaClass: SlaClass,
): Term | null {
  const sla = terms.sla[slaClass];
  switch (clock) {
    case 'ACCEPT':
      return terms.accept;
    case 'FIRST_REPLY':
      return sla.firstReply;
    case 'ON_SITE':
      return sla.onSite;
    case 'FINISH':
      return event === 'SUBMIT' && sla.finishFrom === 'ACCEPTED' ? null : sla.finish;
    case 'URGED':
      return escalation.urged[slaClass];
    case 'RESIDENT_ANSWER':
      return terms.residentAnswer;
    case 'MEDIATION':
      return terms.mediation;
    case 'AUTO_CONFIRM':
      return terms.autoConfirm;
    case 'REOPEN_WINDOW':
      return terms.reopen.window;
  }
}

function paused(deadline: TicketDeadline, at: Instant): TicketDeadline {
  return isRunning(deadline) ? { ...deadline, pausedAt: at } : deadline;
}

/** A paused clock gives back what was paused, in its own unit, so that a deadline at the end of a day stays one. */
function resumed(deadline: TicketDeadline, at: Instant, holidays: Holidays): TicketDeadline {
  if (deadline.pausedAt === null) return deadline;
  return { ...deadline, pausedAt: null, dueAt: later(deadline, deadline.pausedAt, at, holidays) };
}

function later({ unit, dueAt }: TicketDeadline, from: Instant, to: Instant, holidays: Holidays): Instant {
  const [first, last] = [shanghaiDate(from), shanghaiDate(to)];
  switch (unit) {
    case 'MINUTE':
    case 'HOUR':
      return dueAt + (to - from);
    case 'DAY':
      return addCalendarDays(dueAt, daysBetween(first, last));
    case 'WORKING_DAY': {
      let worked = 0;
      for (let day = first; day < last;) {
        day = addDays(day, 1);
        if (isWorkingDay(day, holidays)) worked += 1;
      }
      return addWorkingDays(dueAt, worked, holidays);
    }
  }
}
