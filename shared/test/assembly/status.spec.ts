import { describe, expect, it } from '@jest/globals';
import {
  ASSEMBLY_STATES,
  CAST_TIME_LIMIT_MS,
  COUNTING_GRACE_MS,
  MOTION_STATES,
  assemblyMachine,
  assemblyStateAt,
  countsAt,
  motionMachine,
} from '../../src/assembly/index.ts';

const SCHEDULE = { opensAt: 1_000, closesAt: 2_000 };

describe('where an assembly stands', () => {
  it.each([
    [999, 'NOTICED'],
    [1_000, 'VOTING'],
    [2_000, 'VOTING'],
    [2_001, 'CLOSED'],
  ] as const)('at %d it is %s, even if no job has written so', (now, state) => {
    expect(assemblyStateAt('NOTICED', SCHEDULE, now)).toBe(state);
  });

  it('a job that closed too early does not close the vote', () => {
    expect(assemblyStateAt('VOTING', SCHEDULE, 1_500)).toBe('VOTING');
    expect(assemblyStateAt('VOTING', SCHEDULE, 900)).toBe('NOTICED');
  });

  it.each(['DRAFT', 'OPINIONS', 'CANCELLED', 'DECIDED', 'PUBLISHED'] as const)(
    '%s does not depend on the clock',
    (state) => {
      expect(assemblyStateAt(state, SCHEDULE, 5_000)).toBe(state);
    },
  );

  it('the count waits longer than any cast may take', () => {
    expect(COUNTING_GRACE_MS).toBeGreaterThan(CAST_TIME_LIMIT_MS);
    expect(countsAt(SCHEDULE)).toBe(2_000 + COUNTING_GRACE_MS);
  });
});

describe('the life of an assembly', () => {
  it('from the draft to the published result', () => {
    const steps = [
      ['ASK_OPINIONS', 'CONVENER', ['MOTIONS']],
      [
        'NOTIFY',
        'CONVENER',
        ['MOTIONS', 'NOTICE_PERIOD', 'OPINIONS_HEARD', 'ROLL_FROZEN', 'RESIDENTS_COMMITTEE_INFORMED'],
      ],
      ['OPEN', 'SYSTEM', ['OPENING_TIME']],
      ['CLOSE', 'SYSTEM', ['DEADLINE_PASSED']],
      ['COUNT', 'SYSTEM', ['GRACE_PASSED']],
      ['PUBLISH', 'SYSTEM', []],
    ] as const;
    let state = assemblyMachine.initial;
    for (const [event, actor, present] of steps) {
      const next = assemblyMachine.next(state, event, actor, present);
      if (!next.ok) throw new Error(`${event}: ${JSON.stringify(next.error)}`);
      state = next.value;
    }
    expect(state).toBe('PUBLISHED');
  });

  it('nobody closes a vote early, counts it by hand or sits on its result', () => {
    for (const state of ['VOTING', 'CLOSED', 'DECIDED'] as const) {
      expect(assemblyMachine.stepsFrom(state, 'CONVENER')).toEqual([]);
    }
    expect(assemblyMachine.next('VOTING', 'CLOSE', 'SYSTEM')).toMatchObject({
      error: { missing: ['DEADLINE_PASSED'] },
    });
  });

  it('once voting runs it cannot be cancelled', () => {
    expect(assemblyMachine.next('VOTING', 'CANCEL', 'CONVENER', ['REASON'])).toMatchObject({
      error: { code: 'STATE.NOT_ALLOWED' },
    });
  });

  it('the notice freezes what is voted on, and nothing thaws it', () => {
    const order = ['NOTICED', 'VOTING', 'CLOSED', 'DECIDED', 'PUBLISHED'] as const;
    for (const state of order) {
      expect(assemblyMachine.frozenFields(state)).toEqual(
        expect.arrayContaining(['motions', 'roll', 'schedule']),
      );
    }
    expect(assemblyMachine.frozenFields('CLOSED')).toContain('ballots');
  });

  it('the list of states is the table’s', () => {
    expect([...ASSEMBLY_STATES].sort()).toEqual([...assemblyMachine.states].sort());
    expect([...MOTION_STATES].sort()).toEqual([...motionMachine.states].sort());
  });
});

describe('the life of a motion', () => {
  it('raised after the notice it is kept, and never voted', () => {
    expect(motionMachine.next('PROPOSED', 'RAISE_LATE', 'CONVENER')).toMatchObject({
      value: 'NOT_ON_AGENDA',
    });
    expect(motionMachine.isFinal('NOT_ON_AGENDA')).toBe(true);
  });

  it('withdrawn before the deadline, with a reason', () => {
    expect(
      motionMachine.next('ON_AGENDA', 'WITHDRAW', 'CONVENER', ['REASON', 'BEFORE_DEADLINE']),
    ).toMatchObject({
      value: 'WITHDRAWN',
    });
    expect(motionMachine.next('ON_AGENDA', 'WITHDRAW', 'CONVENER', ['REASON'])).toMatchObject({
      error: { missing: ['BEFORE_DEADLINE'] },
    });
  });

  it('only an authority annuls a decision', () => {
    expect(motionMachine.next('PASSED', 'ANNUL', 'CONVENER')).toMatchObject({
      error: { code: 'STATE.NOT_YOURS' },
    });
    expect(motionMachine.next('PASSED', 'ANNUL', 'AUTHORITY', ['REASON', 'DOCUMENT'])).toMatchObject({
      value: 'ANNULLED',
    });
  });
});
