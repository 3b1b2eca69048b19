import { type Instant, endOfDay, formatOverdue, formatTimeLeft, shanghaiDate } from '../kernel/index.ts';
import { type TicketDeadline, isRunning } from './deadlines.ts';
import { type TicketClock, type TicketState, TICKET_CLOCK_LABELS, isOpen } from './status.ts';

/** 逾期 / 今天到期 / 未到期 / 计时暂停 / 没有期限. */
export type DueState = 'OVERDUE' | 'DUE_TODAY' | 'ON_TIME' | 'PAUSED' | 'NONE';

/** The clock that a queue and the top of a timeline show: the one that ends first. */
export interface PressingDeadline {
  readonly clock: TicketClock;
  readonly dueAt: Instant;
  readonly dueState: DueState;
  /** 办结期限 剩 3 天 / 受理期限 逾期 5 小时. */
  readonly text: string;
  /** On whom everything waits. */
  readonly waitsOn: 'HANDLER' | 'COMPLAINANT';
}

const HANDLER_CLOCKS: readonly TicketClock[] = [
  'ACCEPT',
  'FIRST_REPLY',
  'ON_SITE',
  'FINISH',
  'URGED',
  'MEDIATION',
  'SUSPENSION',
];
const RESIDENT_CLOCKS: readonly TicketClock[] = ['RESIDENT_ANSWER', 'AUTO_CONFIRM'];

export function pressingDeadline(
  deadlines: readonly TicketDeadline[],
  now: Instant,
): PressingDeadline | null {
  const pressing = deadlines
    .filter(
      (deadline) => isRunning(deadline) && [...HANDLER_CLOCKS, ...RESIDENT_CLOCKS].includes(deadline.clock),
    )
    .sort((a, b) => a.dueAt - b.dueAt)[0];
  if (pressing === undefined) return null;
  const { clock, dueAt } = pressing;
  const left = now > dueAt ? formatOverdue(dueAt, now) : formatTimeLeft(dueAt, now);
  return {
    clock,
    dueAt,
    dueState: dueStateAt(dueAt, now),
    text: `${TICKET_CLOCK_LABELS[clock]} ${left}`,
    waitsOn: RESIDENT_CLOCKS.includes(clock) ? 'COMPLAINANT' : 'HANDLER',
  };
}

/** How a complaint stands in a handler's queue. Only the handler's own clocks can make it overdue. */
export function queueState(state: TicketState, deadlines: readonly TicketDeadline[], now: Instant): DueState {
  if (!isOpen(state)) return 'NONE';
  const own = deadlines.filter(
    ({ clock, stoppedAt }) => HANDLER_CLOCKS.includes(clock) && stoppedAt === null,
  );
  const running = own.filter(isRunning).map(({ dueAt }) => dueAt);
  if (running.length === 0) return own.length > 0 ? 'PAUSED' : 'NONE';
  return dueStateAt(Math.min(...running), now);
}

/** When the handler's next deadline is, by which a queue is ordered; null where none runs. */
export function queueDueAt(deadlines: readonly TicketDeadline[]): Instant | null {
  const running = deadlines.filter(
    (deadline) => HANDLER_CLOCKS.includes(deadline.clock) && isRunning(deadline),
  );
  return running.length === 0 ? null : Math.min(...running.map(({ dueAt }) => dueAt));
}

/** The next instant at which the system has to look at a complaint again; null where nothing runs. */
export function nextLookAt(deadlines: readonly TicketDeadline[], now: Instant): Instant | null {
  const coming = deadlines
    .filter((deadline) => isRunning(deadline) && deadline.dueAt >= now)
    .map(({ dueAt }) => dueAt + 1);
  return coming.length === 0 ? null : Math.min(...coming);
}

function dueStateAt(dueAt: Instant, now: Instant): DueState {
  if (now > dueAt) return 'OVERDUE';
  return dueAt <= endOfDay(shanghaiDate(now)) ? 'DUE_TODAY' : 'ON_TIME';
}
