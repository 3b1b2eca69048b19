import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import {
  PENDING_RELIEF,
  RELIEF_MACHINE,
  RELIEF_STATES,
  creditedFen,
  grantedParts,
  isFunded,
  judgeFault,
  latestUntil,
  termsFault,
  untilFault,
  type ReliefBill,
} from '../../src/relief/index.ts';

const TODAY = '2026-11-21';
const bill = (facts: Partial<ReliefBill> = {}): ReliefBill => ({
  billId: 'B1',
  dueOn: '2026-11-30',
  openFen: 5809,
  ...facts,
});
const civil = { kind: 'CIVIL_AFFAIRS', name: '奇台县民政局' } as const;
const reduction = (facts: object = {}) => ({ percent: 50, funder: civil, until: null, ...facts });

describe('the way of an application', () => {
  test('社区核实 comes before 街道审批, and only then is it carried out', () => {
    const way = [
      ['SUBMIT', 'APPLICANT', 'SUBMITTED'],
      ['VERIFY', 'COMMUNITY', 'COMMUNITY_VERIFIED'],
      ['APPROVE', 'STREET', 'STREET_APPROVED'],
      ['APPLY', 'SYSTEM', 'APPLIED'],
      ['EXPIRE', 'SYSTEM', 'EXPIRED'],
    ] as const;
    const present = ['BILLS', 'CERTIFICATE', 'CONSENT', 'OTHER_PERSON', 'FUNDER', 'TERMS'] as const;
    let state = RELIEF_MACHINE.initial;
    for (const [event, actor, to] of way) {
      const next = RELIEF_MACHINE.next(state, event, actor, present);
      expect(next).toEqual({ ok: true, value: to });
      state = to;
    }
  });

  test('nobody but the street approves, and the street approves nothing that the community has not verified', () => {
    for (const state of RELIEF_STATES)
      for (const actor of ['APPLICANT', 'COMMUNITY', 'STREET', 'SYSTEM'] as const) {
        const next = RELIEF_MACHINE.next(state, 'APPROVE', actor, ['OTHER_PERSON', 'FUNDER', 'TERMS']);
        expect(next.ok).toBe(state === 'COMMUNITY_VERIFIED' && actor === 'STREET');
      }
  });

  test('an approval without a funder or by somebody involved is incomplete', () => {
    const approve = (...present: ('OTHER_PERSON' | 'FUNDER' | 'TERMS')[]) =>
      RELIEF_MACHINE.next('COMMUNITY_VERIFIED', 'APPROVE', 'STREET', present);
    expect(approve('OTHER_PERSON', 'TERMS')).toMatchObject({ ok: false, error: { missing: ['FUNDER'] } });
    expect(approve('FUNDER', 'TERMS')).toMatchObject({ ok: false, error: { missing: ['OTHER_PERSON'] } });
  });

  test('what is granted is not taken back by anybody, and what is pending is not over', () => {
    expect(RELIEF_MACHINE.stepsFrom('STREET_APPROVED', 'APPLICANT')).toEqual([]);
    for (const state of PENDING_RELIEF) expect(RELIEF_MACHINE.isFinal(state)).toBe(false);
  });
});

describe('three people', () => {
  const people = { applicantId: 'owner', communityId: 'wang' };
  const judged = (personId: string, ofTheHousehold = false) =>
    judgeFault(people, { personId, ofTheHousehold });

  test('neither the applicant nor who verified approves, nor anybody who lives there', () => {
    expect(judged('owner')).toBe('RELIEF.SAME_PERSON');
    expect(judged('wang')).toBe('RELIEF.SAME_PERSON');
    expect(judged('li', true)).toBe('RELIEF.OWN_HOME');
    expect(judged('li')).toBeNull();
  });
});

describe('what may be granted', () => {
  test('a reduction without its funder is not', () => {
    expect(termsFault('REDUCTION', reduction({ funder: null }), [bill()], TODAY)).toBe('RELIEF.FUNDER');
    const nameless = { kind: 'OTHER', name: '  ' } as const;
    expect(termsFault('REDUCTION', reduction({ funder: nameless }), [bill()], TODAY)).toBe('RELIEF.FUNDER');
    expect(termsFault('REDUCTION', reduction(), [bill()], TODAY)).toBeNull();
  });

  test.each([null, 0, 101, 33.5])('%s percent is not', (percent) => {
    expect(termsFault('REDUCTION', reduction({ percent }), [bill()], TODAY)).toBe('RELIEF.PERCENT');
  });

  test('the company going without is no subsidy; the others pay', () => {
    expect(isFunded('COMPANY')).toBe(false);
    expect([isFunded('STREET'), isFunded('CIVIL_AFFAIRS'), isFunded('OTHER')]).toEqual([true, true, true]);
  });

  test('a deferral reaches beyond today and every due date, and a year at most', () => {
    const until = (day: string, due = '2026-11-30') => untilFault(day, [bill({ dueOn: due })], TODAY);
    expect(until('2027-02-28')).toBeNull();
    expect(until('2026-11-30')).toBe('RELIEF.UNTIL');
    expect(until(TODAY, '2026-10-31')).toBe('RELIEF.UNTIL');
    expect(until('2026-11-22', '2026-10-31')).toBeNull();
    expect(until('2027-11-21')).toBeNull();
    expect(until('2027-11-22')).toBe('RELIEF.UNTIL');
    expect(termsFault('DEFERRAL', reduction({ until: null }), [bill()], TODAY)).toBe('RELIEF.UNTIL');
  });

  test('a year from the last day of a leap February is the last of February', () => {
    expect(latestUntil('2028-02-29')).toBe('2029-02-28');
  });
});

describe('how much', () => {
  test('half of an odd amount is rounded half up, on each bill by itself', () => {
    const parts = grantedParts([bill(), bill({ billId: 'B2', openFen: 100 })], 50);
    expect(parts).toEqual([
      { billId: 'B1', amountFen: 2905 },
      { billId: 'B2', amountFen: 50 },
    ]);
  });

  test('never more than is open, whatever was granted and paid in the meantime', () => {
    const fen = fc.integer({ min: 0, max: 10_000_000 });
    fc.assert(
      fc.property(fen, fc.integer({ min: 1, max: 100 }), fen, (openFen, percent, left) => {
        const [part] = grantedParts([bill({ openFen })], percent);
        const granted = part?.amountFen ?? -1;
        expect(granted).toBeGreaterThanOrEqual(0);
        expect(granted).toBeLessThanOrEqual(openFen);
        expect(creditedFen(granted, left)).toBe(Math.min(granted, left));
        if (percent === 100) expect(granted).toBe(openFen);
      }),
    );
  });
});
