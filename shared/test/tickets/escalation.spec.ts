import { describe, expect, it } from '@jest/globals';
import { type Instant, CHINA_HOLIDAYS, DAY_MS, HOUR_MS, timeOfDay } from '../../src/kernel/index.ts';
import { QITAI_TICKET_RULES } from '../../src/regions/routing/index.ts';
import {
  type EscalationFacts,
  type TicketEvent,
  type TicketProgress,
  type TicketRequirement,
  advanceTicket,
  appealLevel,
  dueEscalation,
} from '../../src/tickets/index.ts';

const context = { rules: QITAI_TICKET_RULES, slaClass: 'NORMAL', holidays: CHINA_HOLIDAYS } as const;
const MONDAY = timeOfDay('2026-11-16', 10, 0);

function step(
  ticket: TicketProgress,
  event: TicketEvent,
  actor: 'COMPLAINANT' | 'HANDLER' | 'SYSTEM',
  given: TicketRequirement[],
  at: Instant,
): TicketProgress {
  const next = advanceTicket(ticket, { event, actor, given, at }, context);
  if (!next.ok) throw new Error(JSON.stringify(next.error));
  return next.value;
}

const submitted = step(
  { state: 'DRAFT', deadlines: [], reopens: 0, followers: 0 },
  'SUBMIT',
  'COMPLAINANT',
  ['CONTENT'],
  MONDAY,
);
const facts = (ticket: TicketProgress, extra: Partial<EscalationFacts> = {}): EscalationFacts => ({
  state: ticket.state,
  slaClass: 'NORMAL',
  level: 0,
  levelSince: MONDAY,
  deadlines: ticket.deadlines,
  urgedAt: [],
  ...extra,
});

describe('a handler who misses a deadline', () => {
  const late = MONDAY + DAY_MS + 1;

  it('is left alone while there is time', () => {
    expect(dueEscalation(facts(submitted), QITAI_TICKET_RULES, MONDAY + DAY_MS)).toBeNull();
  });

  it('is urged the first time, with the deadline named', () => {
    expect(dueEscalation(facts(submitted), QITAI_TICKET_RULES, late)).toEqual({
      kind: 'URGE',
      missed: ['ACCEPT'],
      reason: '超过受理期限，第 1 次，催办承办单位负责人',
    });
  });

  it('is given the urged period before anything else is counted', () => {
    const urged = step(submitted, 'URGE', 'SYSTEM', ['REASON'], late);
    const duringUrged = timeOfDay('2026-11-18', 9, 0);
    expect(dueEscalation(facts(urged, { urgedAt: [late] }), QITAI_TICKET_RULES, duringUrged)).toBeNull();
  });

  it('loses the complaint to the next level when the urged period is missed as well', () => {
    const urged = step(submitted, 'URGE', 'SYSTEM', ['REASON'], late);
    const after = timeOfDay('2026-11-19', 0, 1);
    expect(dueEscalation(facts(urged, { urgedAt: [late] }), QITAI_TICKET_RULES, after)).toMatchObject({
      kind: 'RAISE',
      fromLevel: 0,
      toLevel: 1,
      reason: expect.stringContaining('提级到业委会督办'),
    });
  });

  it('who accepts after being urged is measured by the next deadline only', () => {
    const urged = step(submitted, 'URGE', 'SYSTEM', ['REASON'], late);
    const accepted = step(
      step(urged, 'ACCEPT', 'HANDLER', [], late + HOUR_MS),
      'REPLY',
      'HANDLER',
      ['REPLY'],
      late + HOUR_MS,
    );
    const inTime = timeOfDay('2026-11-24', 23, 0);
    expect(dueEscalation(facts(accepted, { urgedAt: [late] }), QITAI_TICKET_RULES, inTime)).toBeNull();
    expect(
      dueEscalation(facts(accepted, { urgedAt: [late] }), QITAI_TICKET_RULES, inTime + DAY_MS),
    ).toMatchObject({
      kind: 'RAISE',
      missed: ['FINISH'],
    });
  });

  it('is not blamed for what a lower level missed', () => {
    const raised = step(submitted, 'ESCALATE', 'SYSTEM', ['REASON'], late);
    expect(
      dueEscalation(facts(raised, { level: 1, levelSince: late }), QITAI_TICKET_RULES, late + HOUR_MS),
    ).toBeNull();
  });

  it('is urged again at the top, where there is nowhere to go', () => {
    const top = QITAI_TICKET_RULES.levels.length - 1;
    const urged = step(submitted, 'URGE', 'SYSTEM', ['REASON'], late);
    const due = dueEscalation(
      facts(urged, { level: top, urgedAt: [late] }),
      QITAI_TICKET_RULES,
      late + 9 * DAY_MS,
    );
    expect(due).toMatchObject({ kind: 'URGE', reason: expect.stringContaining('已到最高一级') });
  });

  it('is not chased for what is closed', () => {
    const withdrawn = step(submitted, 'WITHDRAW', 'COMPLAINANT', [], MONDAY);
    expect(dueEscalation(facts(withdrawn), QITAI_TICKET_RULES, late + DAY_MS)).toBeNull();
  });
});

describe('an appeal', () => {
  it('goes one level up and stays at the top', () => {
    expect(appealLevel(0, QITAI_TICKET_RULES)).toBe(1);
    expect(appealLevel(5, QITAI_TICKET_RULES)).toBe(5);
  });
});
