import { describe, expect, it } from '@jest/globals';
import { fc, test } from '@fast-check/jest';
import {
  CHINA_HOLIDAYS,
  HOLIDAY_YEARS,
  addCalendarDays,
  addDays,
  addMonths,
  addWorkingDays,
  dayOfWeek,
  daysBetween,
  endOfDay,
  isCalendarDate,
  isMonth,
  isQuarter,
  isWorkingDay,
  lastDayOfPeriod,
  monthEnd,
  monthsBetween,
  monthsOfQuarter,
  nextQuarter,
  previousQuarter,
  quarterEnd,
  quarterOf,
  quarterStart,
  shanghaiDate,
  startOfDay,
  timeOfDay,
} from '../../src/kernel/index.ts';

const at = (iso: string) => Date.parse(iso);
// From 1992 on: before, China had daylight saving time, which the product never meets and Intl knows.
const anyDay = fc.integer({ min: 8036, max: 60_000 }).map((day) => addDays('1970-01-01', day));
/** From 1992 on: in the summers from 1986 to 1991 clocks in Shanghai were an hour ahead. */
const anyInstant = fc.integer({ min: Date.UTC(1992, 0, 1), max: 4_000_000_000_000 });

describe('dates in Shanghai', () => {
  it('a day begins at 16:00 UTC of the day before', () => {
    expect(shanghaiDate(at('2026-11-20T15:59:59.999Z'))).toBe('2026-11-20');
    expect(shanghaiDate(at('2026-11-20T16:00:00.000Z'))).toBe('2026-11-21');
    expect(startOfDay('2026-11-21')).toBe(at('2026-11-20T16:00:00.000Z'));
    expect(endOfDay('2026-11-21')).toBe(at('2026-11-21T15:59:59.999Z'));
    expect(timeOfDay('2026-11-21', 20, 30)).toBe(at('2026-11-21T20:30:00+08:00'));
  });

  it('counts over leap days and years', () => {
    expect(addDays('2028-02-28', 1)).toBe('2028-02-29');
    expect(addDays('2026-12-31', 1)).toBe('2027-01-01');
    expect(daysBetween('2026-11-01', '2026-11-16')).toBe(15);
    expect(daysBetween('2026-11-16', '2026-11-01')).toBe(-15);
  });

  it('knows the weekday', () => {
    expect(dayOfWeek('2026-11-21')).toBe(6);
    expect(dayOfWeek('1969-12-31')).toBe(3);
  });

  it.each(['2026-02-29', '2026-13-01', '2026-1-1', '20261121', '2026-11-31', ''])(
    '"%s" is no date',
    (text) => {
      expect(isCalendarDate(text)).toBe(false);
      expect(() => addDays(text, 1)).toThrow(RangeError);
    },
  );

  test.prop([anyInstant])(
    'every instant lies within its day, whatever the zone of the machine',
    (instant) => {
      const date = shanghaiDate(instant);
      expect(startOfDay(date)).toBeLessThanOrEqual(instant);
      expect(endOfDay(date)).toBeGreaterThanOrEqual(instant);
      expect(date).toBe(new Date(instant).toLocaleDateString('sv-SE', { timeZone: 'Asia/Shanghai' }));
    },
  );

  test.prop([anyDay, fc.integer({ min: -5000, max: 5000 })])(
    'adding days and counting them agree',
    (day, n) => {
      expect(daysBetween(day, addDays(day, n))).toBe(n);
    },
  );
});

describe('working days', () => {
  it('the table of 2026 gives the days that the notice announces', () => {
    const spring = Array.from({ length: 9 }, (_, i) => addDays('2026-02-15', i));
    expect(spring.every((day) => !isWorkingDay(day, CHINA_HOLIDAYS))).toBe(true);
    expect(isWorkingDay('2026-02-14', CHINA_HOLIDAYS)).toBe(true);
    expect(isWorkingDay('2026-10-10', CHINA_HOLIDAYS)).toBe(true);
    expect(isWorkingDay('2026-10-08', CHINA_HOLIDAYS)).toBe(true);
    expect(isWorkingDay('2026-11-21', CHINA_HOLIDAYS)).toBe(false);
  });

  it('make-up days are weekend days, and no day is both off and worked', () => {
    for (const { off, work } of HOLIDAY_YEARS) {
      expect(work.every((day) => [0, 6].includes(dayOfWeek(day)))).toBe(true);
      expect(work.filter((day) => off.includes(day))).toEqual([]);
    }
  });

  it('says which years rest on the official notice', () => {
    expect(HOLIDAY_YEARS.map(({ year, verified }) => [year, verified])).toEqual([
      [2026, true],
      [2027, false],
    ]);
  });

  it('three working days from a Friday evening end on Wednesday at 24:00', () => {
    expect(addWorkingDays(at('2026-11-20T21:00:00+08:00'), 3, CHINA_HOLIDAYS)).toBe(endOfDay('2026-11-25'));
  });

  it('a working day before National Day runs over the whole holiday', () => {
    expect(addWorkingDays(at('2026-09-30T10:00:00+08:00'), 1, CHINA_HOLIDAYS)).toBe(endOfDay('2026-10-08'));
  });

  it('a make-up Saturday counts', () => {
    expect(addWorkingDays(at('2026-05-08T10:00:00+08:00'), 1, CHINA_HOLIDAYS)).toBe(endOfDay('2026-05-09'));
  });

  it('a period of calendar days whose last day is off ends on the next working day', () => {
    const noticed = at('2026-09-26T09:00:00+08:00');
    expect(addCalendarDays(noticed, 7)).toBe(endOfDay('2026-10-03'));
    expect(lastDayOfPeriod(shanghaiDate(noticed), 7, CHINA_HOLIDAYS)).toBe('2026-10-08');
  });

  test.prop([anyInstant, fc.nat(40)])(
    'exactly n working days lie after the start and up to the end',
    (instant, n) => {
      const end = shanghaiDate(addWorkingDays(instant, n, CHINA_HOLIDAYS));
      let worked = 0;
      for (let day = addDays(shanghaiDate(instant), 1); day <= end; day = addDays(day, 1)) {
        if (isWorkingDay(day, CHINA_HOLIDAYS)) worked += 1;
      }
      expect(isWorkingDay(end, CHINA_HOLIDAYS)).toBe(true);
      if (n > 0) expect(worked).toBe(n);
    },
  );
});

describe('months and quarters', () => {
  it('the third quarter of 2026', () => {
    expect(quarterOf('2026-09-30')).toBe('2026Q3');
    expect(monthsOfQuarter('2026Q3')).toEqual(['2026-07', '2026-08', '2026-09']);
    expect(quarterStart('2026Q3')).toBe('2026-07-01');
    expect(quarterEnd('2026Q3')).toBe('2026-09-30');
  });

  it('quarters turn over the year', () => {
    expect(previousQuarter('2026Q1')).toBe('2025Q4');
    expect(nextQuarter('2026Q4')).toBe('2027Q1');
  });

  it('months turn over the year, in both directions', () => {
    expect(addMonths('2026-11', 3)).toBe('2027-02');
    expect(addMonths('2026-01', -1)).toBe('2025-12');
    expect(monthEnd('2028-02')).toBe('2028-02-29');
    expect(monthsBetween('2025-12', '2026-02')).toBe(2);
  });

  it.each(['2026Q5', '2026Q0', '2026-Q1', '26Q1'])('"%s" is no quarter', (text) => {
    expect(isQuarter(text)).toBe(false);
    expect(() => quarterStart(text)).toThrow(RangeError);
  });

  it('"2026-13" is no month', () => {
    expect(isMonth('2026-13')).toBe(false);
    expect(() => addMonths('2026-13', 1)).toThrow(RangeError);
  });
});
