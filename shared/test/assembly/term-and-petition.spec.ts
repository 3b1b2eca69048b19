import { describe, expect, it } from '@jest/globals';
import { fc, test } from '@fast-check/jest';
import {
  conveneDates,
  electorateOf,
  HANDOVER_KINDS,
  HANDOVER_LIST,
  missedMeeting,
  petitionDuty,
  type PetitionFacts,
  petitionProgress,
  petitionStateAt,
  signedCounts,
  termClock,
  termDuties,
  termEnd,
  WHOLE_ESTATE,
} from '../../src/assembly/index.ts';
import { CHINA_HOLIDAYS, endOfDay, startOfDay } from '../../src/kernel/index.ts';
import { REGION_PROFILES } from '../../src/regions/index.ts';
import { NATIONAL_RULES, anyRoll, equalUnits, unit } from './estates.ts';

describe('the clock to the next election', () => {
  const clock = (region: keyof typeof REGION_PROFILES, today: string, renewalBegun = false) =>
    termClock({ endsOn: '2027-08-31', renewalBegun }, REGION_PROFILES[region].committee, today);

  it('begins as early as the region says', () => {
    expect(clock('beijing', '2026-11-21').renewBy).toBe('2027-02-28');
    expect(clock('shanghai', '2026-11-21').renewBy).toBe('2027-03-31');
    expect(clock('sishui', '2026-11-21').renewBy).toBe('2027-06-02');
  });

  it('runs, is due, is late, and is over', () => {
    expect(clock('sishui', '2027-06-01')).toMatchObject({ phase: 'RUNNING', overdueDays: 0 });
    expect(clock('sishui', '2027-06-02')).toMatchObject({ phase: 'RENEWAL_DUE', overdueDays: 0 });
    expect(clock('sishui', '2027-06-12')).toMatchObject({ phase: 'RENEWAL_DUE', overdueDays: 10 });
    expect(clock('sishui', '2027-06-12', true)).toMatchObject({ phase: 'RUNNING', overdueDays: 0 });
    expect(clock('sishui', '2027-08-31', true).phase).toBe('RUNNING');
    const over = clock('sishui', '2027-09-03', true);
    expect(over).toMatchObject({ phase: 'EXPIRED', overdueDays: 3 });
    expect(over.sentence).toContain('超过 3 天');
  });

  it('says nothing of a renewal where the region does not', () => {
    const silent = { ...REGION_PROFILES.national.committee, renewalLead: null };
    expect(termClock({ endsOn: '2027-08-31', renewalBegun: false }, silent, '2027-08-31').phase).toBe(
      'RUNNING',
    );
  });

  it('a term ends the day before its anniversary; one from a leap day with February, never a day short', () => {
    expect(termEnd('2026-12-20', 5)).toBe('2031-12-19');
    expect(termEnd('2028-02-29', 3)).toBe('2031-02-28');
    expect(termEnd('2028-02-29', 4)).toBe('2032-02-28');
    expect(termEnd('2027-03-01', 1)).toBe('2028-02-29');
  });

  it('the assembly meets once a year where the region says so, counted from its last meeting or the term’s first day', () => {
    const missed = (lastMetOn: string | null, today: string, months: number | null = 12) =>
      missedMeeting({ lastMetOn, termFrom: '2025-03-01' }, months, today)?.dueOn ?? null;
    expect(REGION_PROFILES.beijing.meeting.regularMeetingMonths).toBe(12);
    expect(missed(null, '2026-03-01')).toBeNull();
    expect(missed(null, '2026-03-02')).toBe('2026-03-01');
    expect(missed('2025-11-30', '2026-11-30')).toBeNull();
    expect(missed('2028-02-29', '2029-03-01')).toBe('2029-02-28');
    // The last committee's meetings are not this one's.
    expect(missed('2024-12-31', '2026-02-01')).toBeNull();
    expect(missed(null, '2030-01-01', REGION_PROFILES.qitai.meeting.regularMeetingMonths)).toBeNull();
  });

  describe('what an elected committee owes', () => {
    const days = { ...REGION_PROFILES.beijing.committee, committeeDays: 30 };
    const duties = (electedOn: string, startsOn: string) =>
      termDuties(electedOn, startsOn, days, CHINA_HOLIDAYS);

    it('it files in 30 days, meets in 7, and gets everything in 10 from its first day', () => {
      expect(duties('2026-12-08', '2026-12-20')).toEqual({
        fileBy: '2027-01-07',
        firstMeetingBy: '2026-12-15',
        handOverBy: '2026-12-30',
      });
    });

    it('where the last day is off, the next day that is worked is the last', () => {
      // A Saturday; the last day of the October holiday; a Saturday that is worked.
      expect(duties('2026-12-10', '2026-12-20').fileBy).toBe('2027-01-11');
      expect(duties('2026-09-30', '2026-09-30').firstMeetingBy).toBe('2026-10-08');
      expect(duties('2026-09-30', '2026-09-30').handOverBy).toBe('2026-10-10');
    });

    it('includes the seals, the books, the files and whatever else is the assembly’s', () => {
      expect(new Set(HANDOVER_LIST.map(({ kind }) => kind))).toEqual(new Set(HANDOVER_KINDS));
    });
  });
});

describe('a petition', () => {
  const heads = { heads: [1, 5], area: null } as const;
  const both = { heads: [1, 5], area: [1, 5] } as const;

  it('is reached at exactly a fifth, and says in plain words what is missing', () => {
    const total = { heads: 101, areaCentiSqm: 1_010_000 };
    const at = (signed: number) =>
      petitionProgress(total, { heads: signed, areaCentiSqm: signed * 10_000 }, heads);
    expect(at(9)).toMatchObject({ reached: false, sentence: '还差 12 户' });
    expect(at(20).reached).toBe(false);
    expect(at(21)).toMatchObject({ reached: true, sentence: '人数已经够了' });
    const small = petitionProgress(total, { heads: 40, areaCentiSqm: 201_950 }, both);
    expect(small).toMatchObject({ reached: false, sentence: '还差 0.50 ㎡' });
  });

  it('of an empty roll is neither reached nor short of anything', () => {
    const nobody = { heads: 0, areaCentiSqm: 0 };
    const threshold = REGION_PROFILES.national.meeting.petition;
    expect(petitionProgress(nobody, nobody, threshold)).toMatchObject({
      reached: false,
      sentence: '名册里还没有可以联名的业主',
    });
  });

  it('counts a couple once, whoever of them signs, and an owner of two homes once with both areas', () => {
    const roll = [
      unit('u1', ['a', 'b']),
      unit('u2', ['c'], 5_000),
      unit('u3', ['c'], 7_000),
      unit('p1', ['d'], 1_200, { kind: 'PARKING' }),
      unit('n1', []),
    ];
    const electorate = electorateOf(roll, WHOLE_ESTATE, NATIONAL_RULES);
    const signed = (...who: string[]) => signedCounts(electorate, new Set(who));
    expect(signed('a', 'b')).toEqual({ heads: 1, areaCentiSqm: 10_000 });
    expect(signed('c')).toEqual({ heads: 1, areaCentiSqm: 12_000 });
    expect(signed('d', 'stranger')).toEqual({ heads: 0, areaCentiSqm: 0 });
  });

  test.prop([anyRoll, fc.subarray(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'dev'])])(
    'another signature never lowers the count, and all together are no more than the electorate',
    (roll, who) => {
      const electorate = electorateOf(roll, WHOLE_ESTATE, NATIONAL_RULES);
      const some = signedCounts(electorate, new Set(who.slice(1)));
      const more = signedCounts(electorate, new Set(who));
      expect(more.heads).toBeGreaterThanOrEqual(some.heads);
      expect(more.areaCentiSqm).toBeGreaterThanOrEqual(some.areaCentiSqm);
      expect(more.heads).toBeLessThanOrEqual(electorate.total.heads);
    },
  );

  it('of everybody is the electorate', () => {
    const electorate = electorateOf(equalUnits(7), WHOLE_ESTATE, NATIONAL_RULES);
    const everybody = new Set(Array.from({ length: 7 }, (_, i) => `o${i + 1}`));
    expect(signedCounts(electorate, everybody)).toEqual(electorate.total);
  });
});

describe('whose duty a petition is', () => {
  const reachedAt = startOfDay('2026-11-21') + 3_600_000;
  const facts: PetitionFacts = {
    state: 'REACHED',
    signUntil: endOfDay('2026-12-31'),
    ...conveneDates(reachedAt, 30, CHINA_HOLIDAYS),
    noticedOn: null,
  };
  const after = (date: string) => endOfDay(date) + 1;

  it('the committee has its days, then the street', () => {
    expect(facts.committeeUntil).toBe('2026-12-21');
    expect(petitionDuty(facts, endOfDay('2026-12-21'))).toMatchObject({ on: 'COMMITTEE', overdueDays: 0 });
    expect(petitionDuty(facts, after('2026-12-21'))).toMatchObject({ on: 'STREET', until: '2027-01-20' });
    expect(petitionDuty(facts, after('2027-01-20'))).toMatchObject({ on: 'STREET', overdueDays: 1 });
    expect(petitionDuty(facts, after('2027-01-22')).sentence).toContain('已逾期 3 天');
  });

  it('a last day that is off is not the last, for the committee and for the street', () => {
    // In the spring holiday, and on a Sunday.
    expect(conveneDates(startOfDay('2026-01-16'), 30, CHINA_HOLIDAYS)).toEqual({
      committeeUntil: '2026-02-24',
      streetUntil: '2026-03-26',
    });
    expect(conveneDates(endOfDay('2026-05-01'), 30, CHINA_HOLIDAYS).committeeUntil).toBe('2026-06-01');
  });

  it('is nobody’s once the notice is out, and is back when that meeting is cancelled', () => {
    const noticed = { ...facts, noticedOn: '2026-12-10' };
    expect(petitionDuty(noticed, after('2027-02-01')).on).toBe('NOBODY');
    expect(petitionDuty(facts, after('2027-02-01')).on).toBe('STREET');
  });

  it('ends with its last day where too few have signed', () => {
    const open = { ...facts, state: 'OPEN' as const, committeeUntil: null, streetUntil: null };
    expect(petitionStateAt(open, endOfDay('2026-12-31'))).toBe('OPEN');
    expect(petitionStateAt(open, after('2026-12-31'))).toBe('LAPSED');
  });
});
