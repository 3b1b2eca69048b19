import { describe, expect, it } from '@jest/globals';
import {
  type Instant,
  CHINA_HOLIDAYS,
  DAY_MS,
  HOUR_MS,
  endOfDay,
  timeOfDay,
} from '../../src/kernel/index.ts';
import { QITAI_TICKET_RULES } from '../../src/regions/routing/index.ts';
import {
  type DeadlineContext,
  type TicketActor,
  type TicketEvent,
  type TicketProgress,
  type TicketRequirement,
  TICKET_MACHINE,
  TICKET_STATES,
  TICKET_TRANSITIONS,
  advanceTicket,
  dueTimeout,
  extendFinish,
  liveDeadline,
} from '../../src/tickets/index.ts';

const context: DeadlineContext = { rules: QITAI_TICKET_RULES, slaClass: 'NORMAL', holidays: CHINA_HOLIDAYS };
const urgent: DeadlineContext = { ...context, slaClass: 'URGENT' };
/** Monday, no holiday near. */
const MONDAY = timeOfDay('2026-11-16', 10, 0);
const DRAFT: TicketProgress = { state: 'DRAFT', deadlines: [], reopens: 0, followers: 0 };

type Move = readonly [
  event: TicketEvent,
  actor: TicketActor,
  given: readonly TicketRequirement[],
  at: Instant,
  until?: Instant,
];

function play(
  moves: readonly Move[],
  from: TicketProgress = DRAFT,
  within: DeadlineContext = context,
): TicketProgress {
  return moves.reduce((ticket, [event, actor, given, at, until]) => {
    const step = until === undefined ? { event, actor, given, at } : { event, actor, given, at, until };
    const next = advanceTicket(ticket, step, within);
    if (!next.ok) throw new Error(`${event} by ${actor} from ${ticket.state}: ${JSON.stringify(next.error)}`);
    return next.value;
  }, from);
}

const attempt = (
  ticket: TicketProgress,
  event: TicketEvent,
  actor: TicketActor,
  given: readonly TicketRequirement[],
  at: Instant,
) => advanceTicket(ticket, { event, actor, given, at }, context);

const SUBMITTED: Move = ['SUBMIT', 'COMPLAINANT', ['CONTENT'], MONDAY];
const ACCEPTED: Move = ['ACCEPT', 'HANDLER', [], MONDAY + HOUR_MS];
const WORKING: readonly Move[] = [SUBMITTED, ACCEPTED, ['REPLY', 'HANDLER', ['REPLY'], MONDAY + 2 * HOUR_MS]];
const resolvedAt = (at: Instant): Move => ['RESOLVE', 'HANDLER', ['REPLY', 'EVIDENCE'], at];
const reopenedAt = (at: Instant): Move => ['REOPEN', 'COMPLAINANT', ['REASON'], at];

describe('the table of the lifecycle', () => {
  it('has every state of the rules and lets every open one end', () => {
    expect([...TICKET_MACHINE.states].sort()).toEqual([...TICKET_STATES].sort());
    expect(TICKET_STATES.filter((state) => TICKET_MACHINE.isFinal(state))).toEqual(['CLOSED', 'WITHDRAWN']);
  });

  it('never edits what the complainant wrote once it is sent', () => {
    const editable = TICKET_STATES.filter((state) => !TICKET_MACHINE.frozenFields(state).includes('CONTENT'));
    expect(editable).toEqual(['DRAFT']);
  });

  it('lets nobody but the complainant confirm, reopen, rate or withdraw, and nobody but the clock act by itself', () => {
    const byOthers = TICKET_TRANSITIONS.filter(
      ({ event, by }) =>
        ['CONFIRM', 'REOPEN', 'APPEAL', 'WITHDRAW', 'SUBMIT'].includes(event) &&
        by.some((actor) => actor !== 'COMPLAINANT'),
    );
    expect(byOthers).toEqual([]);
    const bySystem = TICKET_TRANSITIONS.filter(({ by }) => by.includes('SYSTEM'));
    expect(
      bySystem.every(
        ({ requires = [] }) => requires.includes('CLOCK_RUN_OUT') || requires.includes('REASON'),
      ),
    ).toBe(true);
  });
});

describe('a complaint from sending to 销号', () => {
  it('is accepted, answered, resolved with evidence, confirmed with a rating and closed when the window is over', () => {
    const confirmed = play([
      ...WORKING,
      resolvedAt(MONDAY + DAY_MS),
      ['CONFIRM', 'COMPLAINANT', ['RATING'], MONDAY + DAY_MS + HOUR_MS],
    ]);
    expect(confirmed.state).toBe('CONFIRMED');
    const windowOver = endOfDay('2026-12-02');
    expect(dueTimeout(confirmed, windowOver)).toBeNull();
    expect(dueTimeout(confirmed, windowOver + 1)).toBe('CLOSE');
    expect(play([['CLOSE', 'SYSTEM', [], windowOver + 1]], confirmed).state).toBe('CLOSED');
  });

  it('confirms itself after seven days of silence, and not before', () => {
    const resolved = play([...WORKING, resolvedAt(MONDAY)]);
    const last = endOfDay('2026-11-23');
    expect(attempt(resolved, 'AUTO_CONFIRM', 'SYSTEM', [], last)).toMatchObject({
      ok: false,
      error: { missing: ['CLOCK_RUN_OUT'] },
    });
    expect(attempt(resolved, 'AUTO_CONFIRM', 'SYSTEM', [], last + 1)).toMatchObject({
      ok: true,
      value: { state: 'CONFIRMED' },
    });
  });

  it('cannot be resolved without evidence, nor rejected without a reason and another way to go', () => {
    const working = play(WORKING);
    expect(attempt(working, 'RESOLVE', 'HANDLER', ['REPLY'], MONDAY)).toMatchObject({
      ok: false,
      error: { code: 'STATE.INCOMPLETE', missing: ['EVIDENCE'] },
    });
    const submitted = play([SUBMITTED]);
    expect(attempt(submitted, 'REJECT', 'HANDLER', ['REASON'], MONDAY)).toMatchObject({
      ok: false,
      error: { missing: ['OTHER_CHANNEL'] },
    });
  });

  it('is not the company’s to confirm', () => {
    const resolved = play([...WORKING, resolvedAt(MONDAY)]);
    expect(attempt(resolved, 'CONFIRM', 'HANDLER', ['RATING'], MONDAY)).toMatchObject({
      ok: false,
      error: { code: 'STATE.NOT_YOURS' },
    });
  });
});

describe('reopening', () => {
  const once = play([
    ...WORKING,
    resolvedAt(MONDAY),
    reopenedAt(MONDAY + DAY_MS),
    ['REPLY', 'HANDLER', ['REPLY'], MONDAY + DAY_MS],
    resolvedAt(MONDAY + DAY_MS),
  ]);
  const twice = play(
    [
      reopenedAt(MONDAY + 2 * DAY_MS),
      ['REPLY', 'HANDLER', ['REPLY'], MONDAY + 2 * DAY_MS],
      resolvedAt(MONDAY + 2 * DAY_MS),
    ],
    once,
  );

  it('is possible twice; the third time an appeal goes up a level instead', () => {
    expect(twice.reopens).toBe(2);
    expect(attempt(twice, 'REOPEN', 'COMPLAINANT', ['REASON'], MONDAY + 3 * DAY_MS)).toMatchObject({
      ok: false,
      error: { missing: ['REOPENS_LEFT'] },
    });
    expect(attempt(twice, 'APPEAL', 'COMPLAINANT', ['REASON'], MONDAY + 3 * DAY_MS)).toMatchObject({
      ok: true,
      value: { state: 'ESCALATED' },
    });
  });

  it('does not allow an appeal while reopening is still possible', () => {
    expect(attempt(once, 'APPEAL', 'COMPLAINANT', ['REASON'], MONDAY + 2 * DAY_MS)).toMatchObject({
      ok: false,
      error: { missing: ['REOPENS_USED_UP'] },
    });
  });

  it('is over fifteen days after the work was called done, also once confirmed', () => {
    const confirmed = play([
      ...WORKING,
      resolvedAt(MONDAY),
      ['CONFIRM', 'COMPLAINANT', ['RATING'], MONDAY + DAY_MS],
    ]);
    const last = endOfDay('2026-12-01');
    expect(attempt(confirmed, 'REOPEN', 'COMPLAINANT', ['REASON'], last).ok).toBe(true);
    expect(attempt(confirmed, 'REOPEN', 'COMPLAINANT', ['REASON'], last + 1)).toMatchObject({
      ok: false,
      error: { missing: ['WITHIN_REOPEN_WINDOW'] },
    });
  });

  it('gives the handler new periods', () => {
    const reopened = play([...WORKING, resolvedAt(MONDAY), reopenedAt(MONDAY + DAY_MS)]);
    expect(liveDeadline(reopened.deadlines, 'FINISH')?.dueAt).toBe(endOfDay('2026-11-24'));
    expect(reopened.deadlines.filter(({ clock }) => clock === 'FINISH')).toHaveLength(2);
  });

  it('is how a rejection is appealed against, too', () => {
    const rejected = play([SUBMITTED, ['REJECT', 'HANDLER', ['REASON', 'OTHER_CHANNEL'], MONDAY]]);
    expect(attempt(rejected, 'APPEAL', 'COMPLAINANT', ['REASON'], MONDAY + DAY_MS)).toMatchObject({
      ok: true,
      value: { state: 'ESCALATED' },
    });
  });
});

describe('the periods of a complaint', () => {
  it('runs 24 hours to accept, a working day to answer, five working days from acceptance to finish', () => {
    const submitted = play([SUBMITTED]);
    expect(liveDeadline(submitted.deadlines, 'ACCEPT')?.dueAt).toBe(MONDAY + DAY_MS);
    expect(liveDeadline(submitted.deadlines, 'FIRST_REPLY')?.dueAt).toBe(endOfDay('2026-11-17'));
    expect(liveDeadline(submitted.deadlines, 'FINISH')).toBeNull();
    expect(liveDeadline(play([SUBMITTED, ACCEPTED]).deadlines, 'FINISH')?.dueAt).toBe(endOfDay('2026-11-23'));
  });

  it('counts urgent matters from the complaint itself, acceptance changes nothing', () => {
    const accepted = play([SUBMITTED, ['ACCEPT', 'HANDLER', [], MONDAY + 5 * HOUR_MS]], DRAFT, urgent);
    expect(liveDeadline(accepted.deadlines, 'ON_SITE')?.dueAt).toBe(MONDAY + HOUR_MS / 2);
    expect(liveDeadline(accepted.deadlines, 'FINISH')?.dueAt).toBe(MONDAY + DAY_MS);
    expect(accepted.deadlines.filter(({ clock }) => clock === 'FINISH')).toHaveLength(1);
  });

  it('does not count the National Day holiday, and counts the make-up Saturday', () => {
    const before = timeOfDay('2026-09-30', 16, 0);
    const ticket = play(
      [
        ['SUBMIT', 'COMPLAINANT', ['CONTENT'], before],
        ['ACCEPT', 'HANDLER', [], before],
      ],
      DRAFT,
      { ...context, slaClass: 'SIMPLE' },
    );
    expect(liveDeadline(ticket.deadlines, 'FINISH')?.dueAt).toBe(endOfDay('2026-10-10'));
  });

  it('stands still while the complainant is asked, and gives the days back', () => {
    const asked = play([
      ...WORKING,
      ['ASK_RESIDENT', 'HANDLER', ['QUESTION'], timeOfDay('2026-11-17', 9, 0)],
    ]);
    expect(liveDeadline(asked.deadlines, 'FINISH')?.pausedAt).not.toBeNull();
    const answered = play(
      [['RESIDENT_ANSWERS', 'COMPLAINANT', ['REPLY'], timeOfDay('2026-11-19', 20, 0)]],
      asked,
    );
    expect(liveDeadline(answered.deadlines, 'FINISH')).toMatchObject({
      dueAt: endOfDay('2026-11-25'),
      originalDueAt: endOfDay('2026-11-23'),
      pausedAt: null,
    });
  });

  it('goes on by itself when the complainant does not answer within seven days', () => {
    const asked = play([...WORKING, ['ASK_RESIDENT', 'HANDLER', ['QUESTION'], MONDAY]]);
    expect(dueTimeout(asked, endOfDay('2026-11-23') + 1)).toBe('ANSWER_TIMEOUT');
  });

  it('is not reset by passing the complaint on to a department and back', () => {
    const due = liveDeadline(play([SUBMITTED, ACCEPTED]).deadlines, 'FINISH')?.dueAt;
    const returned = play([
      ...WORKING,
      ['TRANSFER', 'HANDLER', ['DEPARTMENT', 'REASON'], MONDAY + DAY_MS],
      ['RETURN', 'HANDLER', ['REASON'], MONDAY + 2 * DAY_MS],
    ]);
    expect(returned.state).toBe('ASSIGNED');
    expect(liveDeadline(returned.deadlines, 'FINISH')?.dueAt).toBe(due);
    expect(returned.deadlines.filter(({ clock }) => clock === 'FINISH')).toHaveLength(1);
  });

  it('begins anew at the level that takes an escalated complaint over', () => {
    const raised = play([...WORKING, ['ESCALATE', 'SYSTEM', ['REASON'], MONDAY + 8 * DAY_MS]]);
    expect(liveDeadline(raised.deadlines, 'FINISH')).toBeNull();
    const taken = play([['TAKE_OVER', 'HANDLER', [], MONDAY + 8 * DAY_MS + HOUR_MS]], raised);
    expect(liveDeadline(taken.deadlines, 'FINISH')?.dueAt).toBe(endOfDay('2026-12-01'));
  });

  it('lets only a supervisor suspend, until a date, and resumes by itself on it', () => {
    const until = timeOfDay('2026-11-30', 12, 0);
    const working = play(WORKING);
    expect(attempt(working, 'SUSPEND', 'HANDLER', ['REASON', 'UNTIL'], MONDAY)).toMatchObject({
      ok: false,
      error: { code: 'STATE.NOT_YOURS' },
    });
    const suspended = play([['SUSPEND', 'SUPERVISOR', ['REASON', 'UNTIL'], MONDAY + DAY_MS, until]], working);
    expect(dueTimeout(suspended, until)).toBeNull();
    expect(dueTimeout(suspended, until + 1)).toBe('RESUME');
  });
});

describe('an extension', () => {
  const working = play(WORKING);
  const request = {
    dueAt: endOfDay('2026-11-30'),
    reason: '等配件',
    requestedBy: '物业客服',
    approvedBy: '街道',
    at: MONDAY + DAY_MS,
  };
  const extended = extendFinish(working.deadlines, request, context);

  it('moves the date, keeps the old one and says who and why', () => {
    if (!extended.ok) throw new Error(extended.error);
    expect(liveDeadline(extended.value, 'FINISH')).toMatchObject({
      dueAt: endOfDay('2026-11-30'),
      originalDueAt: endOfDay('2026-11-23'),
      extensions: [
        {
          previousDueAt: endOfDay('2026-11-23'),
          reason: '等配件',
          requestedBy: '物业客服',
          approvedBy: '街道',
        },
      ],
    });
  });

  it('is given once', () => {
    if (!extended.ok) throw new Error(extended.error);
    const again = extendFinish(extended.value, { ...request, dueAt: endOfDay('2026-12-04') }, context);
    expect(again).toEqual({ ok: false, error: 'TICKET.EXTENSION_USED_UP' });
    const ticket: TicketProgress = { ...working, deadlines: extended.value };
    expect(attempt(ticket, 'REQUEST_EXTENSION', 'HANDLER', ['REASON', 'NEW_DATE'], MONDAY)).toMatchObject({
      ok: false,
      error: { missing: ['EXTENSIONS_LEFT'] },
    });
  });

  it('is neither backwards nor for ever', () => {
    const earlier = extendFinish(working.deadlines, { ...request, dueAt: endOfDay('2026-11-20') }, context);
    const farOff = extendFinish(working.deadlines, { ...request, dueAt: endOfDay('2027-03-01') }, context);
    expect([earlier, farOff]).toEqual([
      { ok: false, error: 'TICKET.EXTENSION_DATE' },
      { ok: false, error: 'TICKET.EXTENSION_DATE' },
    ]);
  });

  it('needs a period that runs', () => {
    expect(extendFinish(play([SUBMITTED]).deadlines, request, context)).toEqual({
      ok: false,
      error: 'TICKET.EXTENSION_NOT_RUNNING',
    });
  });
});

describe('withdrawing and merging', () => {
  it('lets the complainant withdraw what nobody else suffers from', () => {
    expect(attempt(play(WORKING), 'WITHDRAW', 'COMPLAINANT', [], MONDAY)).toMatchObject({
      ok: true,
      value: { state: 'WITHDRAWN' },
    });
  });

  it('does not let it vanish for the neighbours who said 我也遇到', () => {
    const followed: TicketProgress = { ...play(WORKING), followers: 2 };
    expect(attempt(followed, 'WITHDRAW', 'COMPLAINANT', [], MONDAY)).toMatchObject({
      ok: false,
      error: { missing: ['NO_FOLLOWERS'] },
    });
  });

  const merged = () => play([['MERGE', 'HANDLER', ['MASTER_TICKET'], MONDAY + DAY_MS]], play(WORKING));

  it('stops every clock of a complaint that is merged into another, but for the window to appeal', () => {
    const running = merged().deadlines.filter(({ stoppedAt }) => stoppedAt === null);
    expect(running.map(({ clock }) => clock)).toEqual(['REOPEN_WINDOW']);
  });

  it('lets the complainant say that it is another matter, for fifteen days', () => {
    expect(attempt(merged(), 'APPEAL', 'COMPLAINANT', ['REASON'], MONDAY + 3 * DAY_MS)).toMatchObject({
      ok: true,
      value: { state: 'ESCALATED' },
    });
    expect(attempt(merged(), 'APPEAL', 'COMPLAINANT', ['REASON'], MONDAY + 18 * DAY_MS)).toMatchObject({
      ok: false,
      error: { missing: ['WITHIN_REOPEN_WINDOW'] },
    });
  });
});

describe('mediation', () => {
  it('stops the clock, and when it fails the work goes on', () => {
    const mediated = play([...WORKING, ['MEDIATE', 'SUPERVISOR', ['MEDIATOR', 'REASON'], MONDAY + DAY_MS]]);
    expect(mediated.state).toBe('MEDIATION');
    const failed = play([['MEDIATION_FAILS', 'HANDLER', ['REASON'], MONDAY + 4 * DAY_MS]], mediated);
    expect(failed.state).toBe('IN_PROGRESS');
    expect(liveDeadline(failed.deadlines, 'FINISH')?.dueAt).toBe(endOfDay('2026-11-26'));
  });
});
