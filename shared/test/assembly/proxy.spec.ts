import { describe, expect, it } from '@jest/globals';
import { fc } from '@fast-check/jest';
import {
  agentFault,
  type Ballot,
  type Choice,
  CHOICES,
  extensionFault,
  extensionSentence,
  latestDeadline,
  mandateFaults,
  type MandateEnd,
  resultDates,
  type ResultRules,
  revocableUntil,
  standsUnder,
  tally,
} from '../../src/assembly/index.ts';
import { CHINA_HOLIDAYS, DAY_MS, startOfDay } from '../../src/kernel/index.ts';
import { tries } from '../tries.ts';
import { ballot, DEADLINE, equalUnits, MOTION, motion, NATIONAL_RULES } from './estates.ts';
import { oracle } from './oracle.ts';

const FREE = { proxyPowers: 'FREE' } as const;
const INSTRUCTED = { proxyPowers: 'INSTRUCTED' } as const;

describe('the terms of a mandate', () => {
  const agenda = ['m1', 'm2'];
  it('may leave motions to the agent, unless the place wants each one said', () => {
    const terms = { motionIds: null, instructions: { m1: 'FOR' as const } };
    expect(mandateFaults(terms, agenda, FREE)).toEqual([]);
    expect(mandateFaults(terms, agenda, INSTRUCTED)).toEqual(['MUST_SAY_ALL']);
    expect(mandateFaults({ ...terms, motionIds: ['m1'] }, agenda, INSTRUCTED)).toEqual([]);
  });
  it('name motions of the meeting, and say nothing of those they leave out', () => {
    expect(mandateFaults({ motionIds: ['m3'], instructions: {} }, agenda, FREE)).toEqual(['MOTION_UNKNOWN']);
    expect(mandateFaults({ motionIds: [], instructions: {} }, agenda, FREE)).toEqual(['MOTION_UNKNOWN']);
    const outside = { motionIds: ['m1'], instructions: { m2: 'FOR' as const } };
    expect(mandateFaults(outside, agenda, FREE)).toEqual(['SAID_OUTSIDE']);
  });
  it('bind the agent where the owner said something, and free where not', () => {
    const terms = { motionIds: ['m1', 'm2'], instructions: { m1: 'AGAINST' as const } };
    expect(agentFault({ m1: 'AGAINST', m2: 'FOR' }, terms)).toBeNull();
    expect(agentFault({ m1: 'FOR' }, terms)).toBe('AGAINST_INSTRUCTION');
    expect(agentFault({ m3: 'FOR' }, terms)).toBe('OUTSIDE_MANDATE');
  });
});

describe('a mandate that ended', () => {
  it('by the owner takes back what was cast, by anything else only what comes later', () => {
    expect(standsUnder(5, null)).toBe(true);
    expect(standsUnder(5, { reason: 'REVOKED', at: 9 })).toBe(false);
    for (const reason of ['SOLD', 'DIED', 'RESIGNED'] as const) {
      expect(standsUnder(9, { reason, at: 9 })).toBe(true);
      expect(standsUnder(10, { reason, at: 9 })).toBe(false);
    }
  });
});

/** Owners o0 … on of one unit each: in person, through an agent, both or neither; some mandates end. */
const anyAgency = fc.record({
  owners: fc.array(
    fc.record({
      own: fc.option(fc.constantFrom<Choice>(...CHOICES), { nil: null }),
      ownAt: fc.integer({ min: 80, max: DEADLINE }),
      agent: fc.constantFrom('x', 'y', null),
      role: fc.constantFrom('OTHER', 'OWNER', 'PM_STAFF'),
      said: fc.constantFrom<Choice>(...CHOICES),
      saidAt: fc.integer({ min: 80, max: DEADLINE }),
      end: fc.option(
        fc.record({
          reason: fc.constantFrom<MandateEnd>('REVOKED', 'SOLD', 'DIED', 'RESIGNED'),
          at: fc.integer({ min: 80, max: DEADLINE }),
        }),
        { nil: null },
      ),
    }),
    { minLength: 1, maxLength: 12 },
  ),
  proxyCap: fc.constantFrom(null, 1, 2, 3),
});

describe('agents, counted', () => {
  it('as the oracle counts them, whatever ends and whoever also votes in person', () => {
    fc.assert(
      fc.property(anyAgency, ({ owners, proxyCap }) => {
        const roll = equalUnits(owners.length);
        const rules = { ...NATIONAL_RULES, proxyCap };
        const cast = owners.flatMap((owner, index): Ballot[] => {
          const key = `o${index + 1}`;
          const own = owner.own === null ? [] : [ballot(key, owner.own, { receivedAt: owner.ownAt })];
          if (owner.agent === null) return own;
          const stands = standsUnder(owner.saidAt, owner.end);
          const proxy = stands ? { role: owner.role } : null;
          return [...own, ballot(key, owner.said, { castBy: owner.agent, receivedAt: owner.saidAt, proxy })];
        });
        const counted = tally(roll, cast, motion(), rules, DEADLINE);
        const expected = oracle(roll, cast, motion(), rules, DEADLINE);
        expect({
          outcome: counted.outcome,
          PH: counted.participating.heads,
          FH: counted.inFavour.heads,
          rejected: counted.rejected.map(({ ballotId, reason }) => `${ballotId} ${reason}`),
        }).toEqual({
          outcome: expected.outcome,
          PH: expected.PH,
          FH: expected.FH,
          rejected: expected.rejected,
        });
        // Whoever voted in person is counted as they voted, whatever an agent did.
        const inPerson = owners.filter(({ own }) => own === 'FOR').length;
        const throughAgents = owners.filter(({ own, agent }) => own === null && agent !== null).length;
        expect(counted.inFavour.heads).toBeGreaterThanOrEqual(inPerson);
        expect(counted.inFavour.heads).toBeLessThanOrEqual(inPerson + throughAgents);
        expect(cast.every(({ votes }) => MOTION in votes)).toBe(true);
      }),
      { numRuns: tries(500) },
    );
  });
});

describe('extending a vote', () => {
  const vote = { now: 100, voting: true, closesAt: 200, firstDeadline: 200, quorumReached: false };
  const DAYS = 3;
  it('is possible up to the last day of all extensions together, and no further', () => {
    const last = latestDeadline(200, DAYS);
    expect(extensionFault(last, vote, DAYS)).toBeNull();
    expect(extensionFault(last + 1, vote, DAYS)).toBe('TOO_LONG');
    const moved = { ...vote, closesAt: 200 + 2 * DAY_MS };
    expect(extensionFault(last, moved, DAYS)).toBeNull();
    expect(extensionFault(last + DAY_MS, moved, DAYS)).toBe('TOO_LONG');
  });
  it('is not possible where nothing allows it, nothing is missing, or the time is wrong', () => {
    expect(extensionFault(300, vote, 0)).toBe('NOT_HERE');
    expect(extensionFault(300, { ...vote, voting: false }, DAYS)).toBe('NOT_VOTING');
    expect(extensionFault(300, { ...vote, quorumReached: true }, DAYS)).toBe('QUORUM_THERE');
    expect(extensionFault(200, vote, DAYS)).toBe('NOT_LATER');
    expect(extensionFault(300, { ...vote, now: 201 }, DAYS)).toBe('TOO_LATE');
    expect(extensionFault(300, { ...vote, now: 200 }, DAYS)).toBeNull();
  });
  it('is explained also where it is not possible', () => {
    expect(extensionSentence(0)).toContain('没有规定可以延长');
    expect(extensionSentence(90)).toContain('90 天');
  });
});

describe('the dates behind a result', () => {
  it('run from the day of its posting; a year ends on the same day, or with February', () => {
    const rules = { resultPostDays: 3, resultPostMinDays: null, resultConsultDays: 15 };
    const datesFrom = (closedOn: string, publishedOn: string, more: Partial<ResultRules> = {}) =>
      resultDates(startOfDay(closedOn), startOfDay(publishedOn), { ...rules, ...more }, CHINA_HOLIDAYS);
    const dates = datesFrom('2026-03-01', '2026-03-02');
    expect(dates).toEqual({
      publishedOn: '2026-03-02',
      dueOn: '2026-03-04',
      postedUntil: '2026-03-17',
      objectionsUntil: '2026-03-17',
      revocableUntil: '2027-03-02',
    });
    expect(revocableUntil(startOfDay('2028-02-29'))).toBe('2029-02-28');
    const consulted = datesFrom('2026-03-01', '2026-03-02', {
      resultPostMinDays: 15,
      resultConsultDays: 7,
    });
    expect(consulted).toMatchObject({ objectionsUntil: '2026-03-09', postedUntil: '2026-03-17' });
    // The fifteenth day is a Saturday, the third the first of the October holiday: both go on to the next working day.
    expect(datesFrom('2026-03-06', '2026-03-06')).toMatchObject({
      objectionsUntil: '2026-03-23',
      postedUntil: '2026-03-23',
      dueOn: '2026-03-09',
    });
    expect(datesFrom('2026-09-28', '2026-09-28').dueOn).toBe('2026-10-08');
    expect(datesFrom('2026-09-28', '2026-09-28', { resultPostMinDays: 30 }).postedUntil).toBe('2026-10-28');
  });
});
