import { describe, expect, it } from '@jest/globals';
import {
  followUpState,
  leftOf,
  purposesFor,
  SPEND_PURPOSES,
  type SpendableDecision,
  spendFaults,
} from '../../src/assembly/index.ts';
import { SPEND_CATEGORIES } from '../../src/income/index.ts';

const decision: SpendableDecision = {
  id: 'd',
  number: '业主大会2026-1-1',
  title: '更换门禁',
  status: 'IN_FORCE',
  decidedOn: '2026-03-01',
  expiresOn: '2026-12-31',
  budgetYear: null,
  purposes: ['FACILITY_UPGRADE'],
  amountLimitFen: 1_000,
  spentFen: 400,
};
const need = { purpose: 'FACILITY_UPGRADE', amountFen: 600, on: '2026-12-31', budgetYear: 2026 } as const;

describe('where a decision stands', () => {
  const open = { status: 'IN_FORCE', dueOn: '2026-06-30', finish: null } as const;
  it('is late from the day after it is due, until it is done', () => {
    expect(followUpState(open, '2026-06-30')).toBe('OPEN');
    expect(followUpState(open, '2026-07-01')).toBe('OVERDUE');
    expect(followUpState({ ...open, finish: 'DONE' }, '2026-07-01')).toBe('DONE');
    expect(followUpState({ ...open, dueOn: null }, '2026-07-01')).toBe('UNPLANNED');
    expect(followUpState({ ...open, finish: 'DONE', status: 'ANNULLED' }, '2026-07-01')).toBe('ANNULLED');
  });
});

describe('a spend under a decision', () => {
  it('takes the last fen, on the last day, and not one more', () => {
    expect(leftOf(decision)).toBe(600);
    expect(spendFaults(decision, need)).toEqual([]);
    expect(spendFaults(decision, { ...need, amountFen: 601 })).toEqual(['NOT_ENOUGH']);
    expect(spendFaults(decision, { ...need, on: '2027-01-01' })).toEqual(['EXPIRED']);
    expect(spendFaults(decision, { ...need, on: '2026-02-28' })).toEqual(['DECIDED_LATER']);
  });
  it('is told everything that stands against it at once', () => {
    const other = { ...decision, status: 'ANNULLED', amountLimitFen: null } as const;
    expect(spendFaults(other, { ...need, purpose: 'GREENING' })).toEqual([
      'NOT_PASSED',
      'OTHER_PURPOSE',
      'NO_AMOUNT',
    ]);
  });
  it('of the maintenance fund needs a decision on its use, which allows nothing else', () => {
    expect(purposesFor(5)).toEqual(['MAINTENANCE_FUND']);
    for (const matter of [1, 2, 3, 4, 6, 7, 8, 9] as const)
      expect(purposesFor(matter)).not.toContain('MAINTENANCE_FUND');
  });
});

it('every category of the public income can be a purpose, under the same name', () => {
  const purposes: Readonly<Record<string, string>> = SPEND_PURPOSES;
  for (const [code, { label }] of Object.entries(SPEND_CATEGORIES))
    expect([code, purposes[code]]).toEqual([code, label]);
});
