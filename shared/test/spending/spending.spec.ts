import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { leftOf, type SpendableDecision } from '../../src/assembly/index.ts';
import { basisFaults, SPEND_CATEGORY_CODES, type SpendingNeed } from '../../src/income/index.ts';
import {
  isOtherPerson,
  openSteps,
  SPENDING_EVENTS,
  SPENDING_MACHINE,
  SPENDING_STATES,
  type SpendingActor,
  type SpendingEvent,
  type SpendingPeople,
  spendingStep,
} from '../../src/spending/index.ts';

const ON = '2026-11-21';
const need = (facts: Partial<SpendingNeed> = {}): SpendingNeed => ({
  category: 'FACILITY_UPGRADE',
  amountFen: 500_000,
  on: ON,
  budgetYear: 2026,
  thresholdFen: 500_000,
  ...facts,
});
const decision = (facts: Partial<SpendableDecision> = {}): SpendableDecision => ({
  id: 'D1',
  number: '业主大会2026-1-1',
  title: '更换单元门禁',
  status: 'IN_FORCE',
  decidedOn: '2026-11-01',
  expiresOn: '2026-12-31',
  budgetYear: null,
  purposes: ['FACILITY_UPGRADE'],
  amountLimitFen: 5_000_000,
  spentFen: 0,
  ...facts,
});

describe('what allows a spend', () => {
  it('the threshold itself needs a decision, a fen less does not, and no threshold means always', () => {
    expect(basisFaults(need(), null)).toEqual(['VOTE_REQUIRED']);
    expect(basisFaults(need({ amountFen: 499_999 }), null)).toEqual([]);
    expect(basisFaults(need({ amountFen: 1, thresholdFen: null }), null)).toEqual(['VOTE_REQUIRED']);
  });

  it('a decision that is cited must carry the spend, needed or not', () => {
    expect(basisFaults(need(), decision())).toEqual([]);
    const small = need({ amountFen: 1 });
    expect(basisFaults(small, decision({ status: 'ANNULLED' }))).toEqual(['NOT_PASSED']);
    expect(basisFaults(small, decision({ expiresOn: '2026-11-20' }))).toEqual(['EXPIRED']);
    expect(basisFaults(small, decision({ expiresOn: ON }))).toEqual([]);
    expect(basisFaults(small, decision({ purposes: ['GREENING'] }))).toEqual(['OTHER_PURPOSE']);
    expect(basisFaults(small, decision({ spentFen: 5_000_000 }))).toEqual(['NOT_ENOUGH']);
  });

  it('a budget of the year carries what is below the threshold, in its year and nothing else', () => {
    const budget = (facts: Partial<SpendableDecision> = {}) => decision({ budgetYear: 2026, ...facts });
    expect(basisFaults(need({ amountFen: 499_999 }), budget())).toEqual([]);
    expect(basisFaults(need(), budget())).toEqual(['BUDGET_SMALL_ONLY']);
    expect(basisFaults(need({ amountFen: 499_999 }), budget({ budgetYear: 2025 }))).toEqual(['OTHER_YEAR']);
    expect(basisFaults(need({ thresholdFen: null }), budget())).toEqual([]);
  });

  it('whatever is approved one after another under a decision never exceeds it, and needs none only below the threshold', () => {
    const spend = fc.record({
      category: fc.constantFrom(...SPEND_CATEGORY_CODES.slice(0, 4)),
      amountFen: fc.integer({ min: 1, max: 3_000_000 }),
      cites: fc.boolean(),
    });
    const threshold = fc.option(fc.integer({ min: 1, max: 2_000_000 }));
    fc.assert(
      fc.property(fc.array(spend, { maxLength: 20 }), threshold, (spends, thresholdFen) => {
        let spentFen = 0;
        for (const { category, amountFen, cites } of spends) {
          const current = decision({ spentFen });
          const asked = need({ category, amountFen, thresholdFen });
          if (basisFaults(asked, cites ? current : null).length > 0) continue;
          if (cites) {
            expect(current.purposes).toContain(category);
            spentFen += amountFen;
          } else expect(amountFen).toBeLessThan(thresholdFen ?? 0);
          expect(leftOf(decision({ spentFen }))).toBe(5_000_000 - spentFen);
        }
      }),
    );
  });
});

const ACTORS = ['APPLICANT', 'CONFIRMER', 'STREET', 'KEEPER'] as const satisfies readonly SpendingActor[];
const EVERYTHING = ['BASIS', 'REASON', 'BANK_LINE', 'BANK_MATCH'] as const;

describe('the steps of the joint account', () => {
  it('however they are tried, no request is paid that three people have not approved', () => {
    const attempt = fc.record({
      event: fc.constantFrom(...SPENDING_EVENTS),
      person: fc.constantFrom('A', 'B', 'C', 'D'),
      actors: fc.subarray([...ACTORS]),
    });
    fc.assert(
      fc.property(fc.array(attempt, { maxLength: 40 }), (attempts) => {
        let state = SPENDING_MACHINE.initial;
        let people: SpendingPeople = { appliedBy: 'A', confirmedBy: null, filedBy: null, paidBy: null };
        for (const { event, person, actors } of attempts) {
          const step = spendingStep({ state, personId: person, actors, people }, event, EVERYTHING);
          if ('refused' in step) continue;
          if (event === 'RECONCILE') expect(person).not.toBe(people.paidBy);
          state = step.to;
          people = after(people, event, person);
        }
        if (state === 'STREET_FILED' || state === 'PAID' || state === 'RECONCILED')
          expect(new Set([people.appliedBy, people.confirmedBy, people.filedBy]).size).toBe(3);
      }),
    );
  });

  it('what is shown as open is exactly what would be taken', () => {
    const position = fc.record({
      state: fc.constantFrom(...SPENDING_STATES),
      personId: fc.constantFrom('A', 'B', 'C', 'D'),
      actors: fc.subarray([...ACTORS]),
      people: fc.constant<SpendingPeople>({ appliedBy: 'A', confirmedBy: 'B', filedBy: 'C', paidBy: 'D' }),
    });
    fc.assert(
      fc.property(position, (at) => {
        const open = openSteps(at);
        for (const event of SPENDING_EVENTS)
          expect(open.includes(event)).toBe('to' in spendingStep(at, event, EVERYTHING));
      }),
    );
  });

  it('nothing is taken back once it is paid, and a refusal says what is missing', () => {
    const people = { appliedBy: 'A', confirmedBy: 'B', filedBy: 'C', paidBy: 'B' };
    const at = (state: (typeof SPENDING_STATES)[number], personId: string, actors: SpendingActor[]) => ({
      state,
      personId,
      actors,
      people,
    });
    expect(spendingStep(at('PAID', 'A', ['KEEPER']), 'RECONCILE', [])).toEqual({ refused: 'BANK_MATCH' });
    expect(spendingStep(at('PAID', 'A', ['APPLICANT']), 'WITHDRAW', [])).toEqual({ refused: 'STATE' });
    expect(spendingStep(at('APPLIED', 'D', ['CONFIRMER']), 'REJECT', [])).toEqual({ refused: 'REASON' });
    expect(spendingStep(at('APPLIED', 'D', []), 'CONFIRM', EVERYTHING)).toEqual({ refused: 'NOT_YOURS' });
    expect(isOtherPerson('RECONCILE', 'A', people)).toBe(true);
    expect(isOtherPerson('RECONCILE', 'B', people)).toBe(false);
  });
});

function after(people: SpendingPeople, event: SpendingEvent, person: string): SpendingPeople {
  if (event === 'CONFIRM') return { ...people, confirmedBy: person };
  if (event === 'FILE') return { ...people, filedBy: person };
  return event === 'PAY' ? { ...people, paidBy: person } : people;
}
