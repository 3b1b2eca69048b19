import { describe, expect, test } from '@jest/globals';
import { recallEffect, recallHandover, vacancyOf } from '../../src/assembly/index.ts';
import { CHINA_HOLIDAYS, startOfDay, timeOfDay } from '../../src/kernel/index.ts';

const RULES = { recallEffectDays: 0, byElectionDays: 60, handoverDays: 10 };

describe('a recall that was passed', () => {
  const publishedAt = timeOfDay('2026-11-21', 9, 1);

  test('takes effect with the publication, and the days to fill the seat and to hand over run from then', () => {
    expect(recallEffect(publishedAt, RULES, CHINA_HOLIDAYS)).toEqual({
      at: publishedAt,
      electBy: '2027-01-20',
      handOverBy: '2026-12-01',
    });
  });

  test('where the region gives days, the day of the publication does not count', () => {
    expect(recallEffect(publishedAt, { ...RULES, recallEffectDays: 3 }, CHINA_HOLIDAYS)).toEqual({
      at: startOfDay('2026-11-25'),
      // The 24th of January is a Sunday, the 5th of December a Saturday.
      electBy: '2027-01-25',
      handOverBy: '2026-12-07',
    });
  });

  test('lets the chair hand over everything, the treasurer the books, others nothing', () => {
    const kinds = (...roles: string[]) => [...new Set(recallHandover(roles).map(({ kind }) => kind))];
    expect(kinds('COMMITTEE_MEMBER', 'COMMITTEE_CHAIR')).toEqual(['SEAL', 'BOOKS', 'FILES', 'OTHER']);
    expect(kinds('COMMITTEE_TREASURER')).toEqual(['BOOKS']);
    expect(kinds('COMMITTEE_MEMBER')).toEqual([]);
  });
});

describe('seats that a recall left empty', () => {
  const electBys = ['2027-01-20', '2026-12-20'];
  const facts = { electBys, emptySeats: 2, electionBegun: false };

  test('are to be filled by the first date', () => {
    expect(vacancyOf(facts, '2026-11-21')).toEqual({
      seats: 2,
      electBy: '2026-12-20',
      overdueDays: 0,
      sentence: '罢免后空缺 2 席，应在 2026年12月20日前递补或者补选',
    });
  });

  test('are late by days, unless an election has begun', () => {
    expect(vacancyOf(facts, '2026-12-23')).toMatchObject({
      overdueDays: 3,
      sentence: expect.stringContaining('已逾期 3 天'),
    });
    expect(vacancyOf({ ...facts, electionBegun: true }, '2026-12-23')).toMatchObject({
      overdueDays: 0,
      sentence: '罢免后空缺 2 席，选举已经启动',
    });
  });

  test('that were filled are the oldest, and none is left once all are', () => {
    expect(vacancyOf({ ...facts, emptySeats: 1 }, '2026-12-23')).toMatchObject({
      seats: 1,
      electBy: '2027-01-20',
    });
    expect(vacancyOf({ ...facts, emptySeats: 0 }, '2026-12-23')).toBeNull();
    expect(vacancyOf({ ...facts, emptySeats: -1 }, '2026-12-23')).toBeNull();
  });

  test('of a committee that was never full are only those that recalls emptied', () => {
    expect(vacancyOf({ ...facts, electBys: ['2027-01-20'], emptySeats: 3 }, '2026-11-21')?.seats).toBe(1);
  });
});
