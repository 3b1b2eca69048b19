import { describe, expect, it } from '@jest/globals';
import {
  DEFAULT_BILLING_TERMS,
  arrears,
  dueOn,
  lastGoodDay,
  lateDays,
  monthsBilledIn,
  payerOf,
} from '../../src/fees/index.ts';

describe('what is billed in a month', () => {
  it('by month: the month itself', () => {
    expect(monthsBilledIn('2026-11', 'MONTH')).toEqual(['2026-11']);
  });

  it('by quarter: all three where the quarter begins, then what is left of it', () => {
    expect(monthsBilledIn('2026-10', 'QUARTER')).toEqual(['2026-10', '2026-11', '2026-12']);
    expect(monthsBilledIn('2026-11', 'QUARTER')).toEqual(['2026-11', '2026-12']);
  });

  it('by year: twelve in January, one in December', () => {
    expect(monthsBilledIn('2027-01', 'YEAR')).toHaveLength(12);
    expect(monthsBilledIn('2026-12', 'YEAR')).toEqual(['2026-12']);
  });
});

describe('the due date', () => {
  it('is the agreed day, and the last day of a month that is too short', () => {
    expect(dueOn('2026-11', { dueDay: 25 })).toBe('2026-11-25');
    expect(dueOn('2026-11', { dueDay: 31 })).toBe('2026-11-30');
    expect(dueOn('2027-02', { dueDay: 31 })).toBe('2027-02-28');
  });
});

describe('who pays', () => {
  it('the developer for what is not delivered', () => {
    expect(payerOf({ status: 'UNSOLD', deliveredOn: null }, '2026-11')).toBe('DEVELOPER');
    expect(payerOf({ status: 'SOLD_UNDELIVERED', deliveredOn: null }, '2026-11')).toBe('DEVELOPER');
  });

  it('the developer for the whole month of delivery, also on its first day; the owner from the next month on', () => {
    const unit = { status: 'DELIVERED', deliveredOn: '2026-11-01' } as const;
    expect(payerOf(unit, '2026-10')).toBe('DEVELOPER');
    expect(payerOf(unit, '2026-11')).toBe('DEVELOPER');
    expect(payerOf(unit, '2026-12')).toBe('OWNER');
    expect(payerOf({ ...unit, deliveredOn: '2026-11-30' }, '2026-12')).toBe('OWNER');
  });

  it('the owner where the day of delivery was never written down', () => {
    expect(payerOf({ status: 'DELIVERED', deliveredOn: null }, '2026-11')).toBe('OWNER');
  });
});

describe('days that count for a late fee', () => {
  it('begin the day after grace', () => {
    expect(lateDays('2026-11-30', 10, '2026-12-10')).toBe(0);
    expect(lateDays('2026-11-30', 10, '2026-12-11')).toBe(1);
    expect(lateDays('2026-11-30', 0, '2026-12-10')).toBe(10);
  });

  it('stand still during an approved deferral 缓缴', () => {
    const deferral = { from: '2026-12-05', until: '2026-12-14' };
    expect(lateDays('2026-11-30', 0, '2026-12-20', [deferral])).toBe(10);
    expect(lateDays('2026-11-30', 0, '2026-12-10', [deferral])).toBe(4);
  });

  it('are none where the deferral covers everything', () => {
    expect(lateDays('2026-11-30', 0, '2026-12-31', [{ from: '2026-11-01', until: '2027-01-31' }])).toBe(0);
  });

  it('count a day once though two deferrals overlap', () => {
    const overlapping = [
      { from: '2026-12-05', until: '2026-12-10' },
      { from: '2026-12-08', until: '2026-12-14' },
    ];
    expect(lateDays('2026-11-30', 0, '2026-12-20', overlapping)).toBe(10);
  });
});

describe('arrears', () => {
  const terms = { ...DEFAULT_BILLING_TERMS, lateFeePpmPerDay: 500, lateFeeBasis: '合同第十二条' };
  const bill = { billId: 'b1', dueOn: '2026-11-30', openFen: 49599, deferrals: [] };

  it('are nothing on the due date itself', () => {
    expect(arrears([bill], terms, '2026-11-30')).toMatchObject({
      openFen: 49599,
      overdueFen: 0,
      lateFeeFen: 0,
      oldestDueOn: null,
    });
  });

  it('begin the day after, with the late fee of the contract', () => {
    const result = arrears([bill, { ...bill, billId: 'b2', dueOn: '2026-12-31' }], terms, '2026-12-10');
    expect(result).toMatchObject({
      openFen: 99198,
      overdueFen: 49599,
      lateFeeFen: 248,
      oldestDueOn: '2026-11-30',
    });
    expect(result.bills).toEqual([
      { billId: 'b1', standing: 'OVERDUE', overdueDays: 10, lateFeeFen: 248 },
      { billId: 'b2', standing: 'NOT_DUE', overdueDays: 0, lateFeeFen: 0 },
    ]);
  });

  it('leave out what is paid', () => {
    expect(arrears([{ ...bill, openFen: 0 }], terms, '2027-06-01')).toMatchObject({ openFen: 0, bills: [] });
  });

  it('are deferred as long as the street allows, and a deferral to come does not heal today', () => {
    const deferred = { ...bill, deferrals: [{ from: '2026-11-20', until: '2027-01-31' }] };
    expect(arrears([deferred], terms, '2026-12-10').bills[0]).toMatchObject({
      standing: 'DEFERRED',
      lateFeeFen: 0,
    });
    const later = { ...bill, deferrals: [{ from: '2027-01-01', until: '2027-01-31' }] };
    expect(arrears([later], terms, '2026-12-10').bills[0]).toMatchObject({
      standing: 'OVERDUE',
      overdueDays: 10,
    });
    expect(lastGoodDay('2026-11-30', 0, later.deferrals, '2027-01-05')).toBe('2027-01-31');
  });
});
