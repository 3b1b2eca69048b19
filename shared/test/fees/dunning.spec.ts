import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { addDays } from '../../src/kernel/index.ts';
import {
  DUNNING_LIMITS,
  DUNNING_MACHINE,
  DUNNING_STEPS,
  NOTICE_DELIVERIES,
  arrears,
  deferredTo,
  deliveryFault,
  dunningFault,
  lastDayToAnswer,
  lateFee,
  lateDays,
  nextDunning,
  type DunningStep,
  type PlannedStep,
  type TakenStep,
} from '../../src/fees/index.ts';

const TODAY = '2026-11-21';
const DUE = { overdueFen: 5809, today: TODAY };
const planned = (step: DunningStep, facts: Partial<PlannedStep> = {}): PlannedStep => ({
  step,
  takenOn: TODAY,
  respondBy: addDays(TODAY, DUNNING_LIMITS.daysMin[step]),
  handledBy: '物业 李娜',
  ...facts,
});
const reminded: TakenStep = { step: 'REMINDER', takenOn: '2026-11-01', respondBy: '2026-11-08' };

describe('the lawful steps of 催缴', () => {
  test('are five, and none of them shuts or posts anything', () => {
    expect(DUNNING_STEPS).toEqual(['REMINDER', 'NOTICE', 'COMMITTEE', 'MEDIATION', 'SUIT']);
    expect(DUNNING_MACHINE.transitions.map(({ event }) => event)).toEqual([...DUNNING_STEPS]);
  });

  test('begin with the reminder, whatever somebody would rather do', () => {
    for (const step of DUNNING_STEPS)
      expect(dunningFault([], planned(step), DUE)).toBe(step === 'REMINDER' ? null : 'FEES.DUNNING_ORDER');
  });

  test('follow each other; none is left out or taken twice', () => {
    for (const step of DUNNING_STEPS)
      expect(dunningFault([reminded], planned(step), DUE)).toBe(
        step === 'NOTICE' ? null : 'FEES.DUNNING_ORDER',
      );
  });

  test('wait for the time that the household was given', () => {
    const onTheLastDay = { ...reminded, respondBy: TODAY };
    expect(dunningFault([onTheLastDay], planned('NOTICE'), DUE)).toBe('FEES.DUNNING_TOO_SOON');
    expect(nextDunning([onTheLastDay])).toEqual({
      step: 'NOTICE',
      notBefore: '2026-11-22',
      awaitsDelivery: false,
    });
  });

  test('give a reasonable time: a written notice fifteen days', () => {
    const notice = (days: number) => planned('NOTICE', { respondBy: addDays(TODAY, days) });
    expect(dunningFault([reminded], notice(14), DUE)).toBe('FEES.DUNNING_PERIOD');
    expect(dunningFault([reminded], notice(15), DUE)).toBeNull();
    expect(dunningFault([reminded], notice(91), DUE)).toBe('FEES.DUNNING_PERIOD');
  });

  test('name who took them, on a day that has come', () => {
    expect(dunningFault([], planned('REMINDER', { handledBy: ' ' }), DUE)).toBe('FEES.DUNNING_BY_WHOM');
    const tomorrow = { takenOn: '2026-11-22', respondBy: '2026-12-01' };
    expect(dunningFault([], planned('REMINDER', tomorrow), DUE)).toBe('FEES.DUNNING_DAY');
    const longAgo = { takenOn: '2026-10-01', respondBy: '2026-10-20' };
    expect(dunningFault([], planned('REMINDER', longAgo), DUE)).toBe('FEES.DUNNING_DAY');
  });

  test('are for what is overdue: nothing overdue, no step', () => {
    const nothing = { overdueFen: 0, today: TODAY };
    expect(dunningFault([], planned('REMINDER'), nothing)).toBe('FEES.DUNNING_NOTHING_DUE');
  });

  test('end with the court', () => {
    const all = DUNNING_STEPS.map((step) => ({ ...reminded, step }));
    expect(nextDunning(all)).toBeNull();
  });
});

describe('书面催告 on paper', () => {
  const notice: TakenStep = { step: 'NOTICE', takenOn: '2026-11-01', respondBy: '2026-11-16' };
  const committee = planned('COMMITTEE');

  test('is followed by nothing until it has reached the household', () => {
    const taken = (deliveredOn: string | null) => [reminded, { ...notice, deliveredOn }];
    expect(dunningFault(taken(null), committee, DUE)).toBe('FEES.DUNNING_UNDELIVERED');
    expect(dunningFault(taken('2026-11-01'), committee, DUE)).toBeNull();
    expect(nextDunning(taken(null))).toMatchObject({ step: 'COMMITTEE', awaitsDelivery: true });
    expect(nextDunning(taken('2026-11-02'))).toMatchObject({ awaitsDelivery: false });
  });

  test('leaves fifteen days from the day it came, however late that was, and never less than it says', () => {
    expect(lastDayToAnswer(notice)).toBe('2026-11-16');
    expect(lastDayToAnswer({ ...notice, deliveredOn: '2026-11-01' })).toBe('2026-11-16');
    expect(lastDayToAnswer({ ...notice, deliveredOn: '2026-11-02' })).toBe('2026-11-17');
    const late = [reminded, { ...notice, deliveredOn: '2026-11-06' }];
    expect(dunningFault(late, committee, DUE)).toBe('FEES.DUNNING_TOO_SOON');
    const after = planned('COMMITTEE', { takenOn: '2026-11-22', respondBy: '2026-11-29' });
    expect(dunningFault(late, after, { ...DUE, today: '2026-11-22' })).toBeNull();
  });

  test('is handed over, refused before a witness or posted: after it was written, and never on a door', () => {
    const on = { issuedOn: '2026-11-10', today: TODAY };
    const delivery = { method: 'BY_HAND', deliveredOn: '2026-11-12', note: '' } as const;
    expect(NOTICE_DELIVERIES).toEqual(['BY_HAND', 'REFUSED', 'MAILED']);
    expect(deliveryFault(delivery, on)).toBeNull();
    for (const deliveredOn of ['2026-11-09', '2026-11-22'])
      expect(deliveryFault({ ...delivery, deliveredOn }, on)).toBe('FEES.NOTICE_DELIVERY_DAY');
    for (const method of ['REFUSED', 'MAILED'] as const) {
      expect(deliveryFault({ ...delivery, method, note: ' 王 ' }, on)).toBe('FEES.NOTICE_DELIVERY_NOTE');
      expect(deliveryFault({ ...delivery, method, note: '王芳' }, on)).toBeNull();
    }
  });
});

describe('缓缴', () => {
  const terms = { dueDay: 25, graceDays: 0, lateFeePpmPerDay: 500, lateFeeBasis: '合同第八条' };
  const open = { billId: 'B', dueOn: '2026-09-30', openFen: 49_599 };
  const deferral = { from: '2026-10-11', until: '2026-11-30' };
  const late = (today: string, deferrals = [deferral]) =>
    arrears([{ ...open, deferrals }], terms, today).bills[0];

  test('stops the late fee while it lasts; what grew before stays, and it goes on after', () => {
    expect(late('2026-10-10')).toMatchObject({ standing: 'OVERDUE', lateFeeFen: 248 });
    expect(late('2026-10-11')).toMatchObject({ standing: 'DEFERRED', overdueDays: 0, lateFeeFen: 248 });
    expect(late('2026-11-30')).toMatchObject({ standing: 'DEFERRED', lateFeeFen: 248 });
    expect(late('2026-12-01')).toMatchObject({ standing: 'OVERDUE', overdueDays: 1, lateFeeFen: 273 });
    expect(late('2026-12-01', [])?.lateFeeFen).toBeGreaterThan(273);
  });

  test('moves the day of payment on, and never back', () => {
    expect(deferredTo('2026-11-30', [])).toBe('2026-11-30');
    expect(deferredTo('2026-11-30', [{ from: '2026-11-01', until: '2027-02-28' }])).toBe('2027-02-28');
    expect(deferredTo('2026-11-30', [{ from: '2026-11-01', until: '2026-11-10' }])).toBe('2026-11-30');
  });

  test('never costs the household a fen, and with the cap no more than the debt', () => {
    const day = fc.integer({ min: 0, max: 4000 }).map((days) => addDays('2026-09-01', days));
    fc.assert(
      fc.property(day, day, day, (from, until, today) => {
        const paused = lateDays(open.dueOn, 0, today, [{ from, until }]);
        const unpaused = lateDays(open.dueOn, 0, today);
        expect(paused).toBeLessThanOrEqual(unpaused);
        expect(lateFee(open.openFen, 500, unpaused)).toBeLessThanOrEqual(open.openFen);
      }),
    );
  });
});
