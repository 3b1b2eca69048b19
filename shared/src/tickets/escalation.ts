import type { Instant } from '../kernel/index.ts';
import type { SlaClass } from './categories.ts';
import { type TicketDeadline, isMissed, isRunning, liveDeadline } from './deadlines.ts';
import type { DepartmentCode } from './departments.ts';
import type { ResolvedRoute, TicketRules } from './rules.ts';
import { type TicketClock, type TicketState, TICKET_CLOCK_LABELS, isOpen } from './status.ts';

/** What of a complaint decides whether it goes up 提级. */
export interface EscalationFacts {
  readonly state: TicketState;
  readonly slaClass: SlaClass;
  /** The present rung, and since when (instant, epoch ms). */
  readonly level: number;
  readonly levelSince: Instant;
  readonly deadlines: readonly TicketDeadline[];
  /** When it was urged 催办 at this level; instants, epoch ms. */
  readonly urgedAt: readonly Instant[];
}

/** One step that has become due, with the sentence that goes into the timeline. */
export type EscalationStep =
  | { readonly kind: 'URGE'; readonly missed: readonly TicketClock[]; readonly reason: string }
  | {
      readonly kind: 'RAISE';
      readonly fromLevel: number;
      readonly toLevel: number;
      readonly missed: readonly TicketClock[];
      readonly reason: string;
    };

/**
 * What follows from missed deadlines at this level: first 催办 to the handler's head, then one level up with 督办.
 * While an urged handler's own period runs nothing more is counted; at the top it is urged again.
 */
export function dueEscalation(
  facts: EscalationFacts,
  rules: TicketRules,
  now: Instant,
): EscalationStep | null {
  const missed = newlyMissed(facts, now);
  if (!isOpen(facts.state) || missed.length === 0) return null;
  const count = facts.urgedAt.length + 1;
  const what = missed.map((clock) => TICKET_CLOCK_LABELS[clock]).join('、');
  const top = rules.levels.length - 1;
  const { steps } = rules.escalation;
  const action = (steps.find(({ misses }) => misses === count) ?? steps[steps.length - 1])?.action;
  if (action !== 'RAISE' || facts.level >= top) {
    const again = facts.level >= top ? '，已到最高一级，继续催办' : '';
    return { kind: 'URGE', missed, reason: `超过${what}，第 ${count} 次，催办承办单位负责人${again}` };
  }
  const toLevel = facts.level + 1;
  const label = rules.levels[toLevel]?.label ?? '';
  return {
    kind: 'RAISE',
    fromLevel: facts.level,
    toLevel,
    missed,
    reason: `超过${what}，第 ${count} 次，提级到${label}督办`,
  };
}

/** Where a new complaint goes: what is unsafe to the street and at once to the departments as well. */
export function firstStop(route: ResolvedRoute): {
  readonly level: number;
  readonly departments: readonly DepartmentCode[];
} {
  return { level: route.firstLevel, departments: route.unsafe ? [route.lead, ...route.co] : [] };
}

/** The level an appeal 申诉 goes to: one up from where it was handled, at the top it stays. */
export function appealLevel(level: number, rules: TicketRules): number {
  return Math.min(level + 1, rules.levels.length - 1);
}

const COUNTED: ReadonlySet<TicketClock> = new Set(['ACCEPT', 'FIRST_REPLY', 'ON_SITE', 'FINISH', 'URGED']);

/** Deadlines of this level that passed and that no 催办 has answered yet. */
function newlyMissed({ deadlines, levelSince, urgedAt }: EscalationFacts, now: Instant): TicketClock[] {
  const urged = liveDeadline(deadlines, 'URGED');
  if (urged !== null && now <= urged.dueAt) return [];
  const answered = Math.max(levelSince, ...urgedAt);
  return deadlines
    .filter(
      (deadline) =>
        COUNTED.has(deadline.clock) &&
        deadline.startedAt >= levelSince &&
        deadline.dueAt >= answered &&
        isRunning(deadline) &&
        isMissed(deadline, now),
    )
    .map(({ clock }) => clock);
}
