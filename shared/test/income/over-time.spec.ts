import { describe, expect, it } from '@jest/globals';
import {
  canonicalStatement,
  diffStatements,
  incomeByCategory,
  openingMismatches,
  owedQuarters,
  spendByCategory,
  statementDueOn,
  statementOwedBy,
} from '../../src/income/index.ts';
import { PI1, income, spend } from './statements.ts';

const QITAI = { publishPeriod: 'QUARTER', publishWithinDays: 30, accountHolder: 'COMMITTEE' } as const;

describe('when a quarter is due', () => {
  it('thirty days after its end', () => {
    expect(statementDueOn('2026Q3', QITAI)).toBe('2026-10-30');
    expect(statementDueOn('2026Q4', QITAI)).toBe('2027-01-30');
  });

  it('where the year is published, after the year', () => {
    const beijing = { publishPeriod: 'YEAR', publishWithinDays: 90 } as const;
    expect(statementDueOn('2026Q1', beijing)).toBe('2027-03-31');
    expect(statementDueOn('2026Q4', beijing)).toBe('2027-03-31');
  });

  it('is owed from its end on and overdue from the day after, by the account’s holder', () => {
    expect(owedQuarters(['2026Q1', '2026Q2'], '2026Q1', '2026-10-30', QITAI, 'COMMITTEE')).toEqual([
      { quarter: '2026Q3', dueOn: '2026-10-30', overdueDays: 0, owedBy: 'COMMITTEE' },
    ]);
    expect(owedQuarters(['2026Q1', '2026Q2'], '2026Q1', '2026-11-11', QITAI, 'COMMITTEE')[0]).toMatchObject({
      overdueDays: 12,
    });
    expect(owedQuarters([], '2026Q3', '2026-09-30', QITAI, 'COMMITTEE')).toEqual([]);
  });

  it('finds a quarter that was left out, the oldest first', () => {
    const company = { ...QITAI, accountHolder: 'PM_SEPARATE' } as const;
    const owed = owedQuarters(['2026Q2'], '2026Q1', '2026-11-21', company, 'COMMITTEE');
    expect(owed.map(({ quarter, owedBy }) => [quarter, owedBy])).toEqual([
      ['2026Q1', 'COMPANY'],
      ['2026Q3', 'COMPANY'],
    ]);
  });

  it('without a committee in office is the community’s where the committee would hold the account', () => {
    const owedBy = (rules: Parameters<typeof statementOwedBy>[0]) => statementOwedBy(rules, 'COMMUNITY');
    expect(owedBy(QITAI)).toBe('COMMUNITY');
    expect(owedBy({ accountHolder: 'PM_SEPARATE' })).toBe('COMPANY');
  });
});

describe('a correction', () => {
  const parking = income(32_844_00, {
    category: 'PARKING_COMMON',
    counterparty: '安泊',
    voucherNo: 'V-0701',
  });
  const interest = income(213_37, { voucherNo: 'V-0904' });
  const repair = spend(4860_00, { voucherNo: 'V-0703' });
  const before = { ...PI1, lines: [parking, interest, repair] };

  it('shows the line that changed beside what it was', () => {
    const fixed = { ...parking, grossFen: 33_000_00, netFen: 33_000_00 };
    const diff = diffStatements(before, {
      ...before,
      lines: [fixed, interest, repair],
      closingFen: PI1.closingFen + 156_00,
    });
    expect(diff.lines.map(({ kind }) => kind)).toEqual(['CHANGED', 'SAME', 'SAME']);
    expect(diff.lines[0]).toMatchObject({ before: parking, after: fixed, fields: ['grossFen', 'netFen'] });
    expect(diff.head).toEqual([
      { field: 'closingFen', before: PI1.closingFen, after: PI1.closingFen + 156_00 },
    ]);
  });

  it('tells a line taken out from one put in', () => {
    const audit = spend(2000_00, { category: 'AUDIT_FEE', voucherNo: 'V-0999', counterparty: '会计所' });
    const diff = diffStatements(before, { ...before, lines: [parking, repair, audit] });
    expect(diff.lines.map(({ kind, before: old, after }) => [kind, (old ?? after)?.voucherNo])).toEqual([
      ['SAME', 'V-0701'],
      ['REMOVED', 'V-0904'],
      ['SAME', 'V-0703'],
      ['ADDED', 'V-0999'],
    ]);
  });

  it('pairs two equal payments one to one', () => {
    const twice = { ...before, lines: [parking, parking] };
    expect(diffStatements(twice, { ...before, lines: [parking] }).lines.map(({ kind }) => kind)).toEqual([
      'SAME',
      'REMOVED',
    ]);
  });

  it('of nothing but the order is none', () => {
    expect(diffStatements(before, { ...before, lines: [repair, interest, parking] }).changed).toBe(false);
  });

  it('of an earlier quarter leaves the later one waiting for its own', () => {
    const q1 = { quarter: '2026Q1', openingFen: 0, closingFen: 150 };
    const q2 = { quarter: '2026Q2', openingFen: 100, closingFen: 300 };
    const q3 = { quarter: '2026Q3', openingFen: 300, closingFen: 400 };
    expect(openingMismatches([q1, q2, q3])).toEqual([
      { quarter: '2026Q2', openingFen: 100, expectedFen: 150 },
    ]);
  });
});

describe('the figures of the charts', () => {
  const lines = [
    income(300, { category: 'PARKING_COMMON' }),
    income(500, { category: 'AD_ELEVATOR' }),
    income(300, { category: 'PARKING_COMMON' }),
    spend(200, { category: 'GREENING' }),
  ];

  it('by category, the largest first, each with its words', () => {
    expect(incomeByCategory(lines)).toEqual([
      { category: 'PARKING_COMMON', label: '共有场地停车', amountFen: 600, lines: 2 },
      { category: 'AD_ELEVATOR', label: '电梯广告', amountFen: 500, lines: 1 },
    ]);
    expect(spendByCategory(lines)).toEqual([
      { category: 'GREENING', label: '绿化', amountFen: 200, lines: 1 },
    ]);
  });
});

describe('the text that a published version is hashed over', () => {
  const published = { ...PI1, version: 1, amends: null, reason: '', prevHash: null };

  it('does not depend on the order of keys, and on nothing that is not published', () => {
    const reordered = {
      prevHash: null,
      reason: '',
      amends: null,
      version: 1,
      ...PI1,
      id: 'x',
      state: 'PUBLISHED',
    };
    expect(canonicalStatement(reordered)).toBe(canonicalStatement(published));
  });

  it('changes with any fen and with the version before', () => {
    const other = { ...published, closingFen: published.closingFen + 1 };
    expect(canonicalStatement(other)).not.toBe(canonicalStatement(published));
    expect(canonicalStatement({ ...published, prevHash: 'abc' })).not.toBe(canonicalStatement(published));
  });
});
