import { describe, expect, it } from '@jest/globals';
import {
  type AssemblyPlan,
  type ConveningRules,
  MATTERS,
  MATTER_NUMBERS,
  WHOLE_ESTATE,
  checkNotice,
  checkPlan,
  decisionNumber,
  isMatterNumber,
  parseDecisionNumber,
  voteClassOf,
} from '../../src/assembly/index.ts';
import { DAY_MS, HOUR_MS, endOfDay, timeOfDay } from '../../src/kernel/index.ts';
import { NATIONAL_PROFILE } from '../../src/regions/index.ts';
import { NATIONAL_RULES } from './estates.ts';

const RULES: ConveningRules = NATIONAL_PROFILE.meeting;

/** A plan that nothing stands in the way of. */
const PLAN: AssemblyPlan = {
  title: '2026年第二次业主大会',
  summary: '现在的物业合同年底到期，需要大家决定是否续聘，以及物业费是否调整。',
  motions: [
    {
      matter: 4,
      title: '续聘现有物业企业',
      text: '与现有物业企业续签三年物业服务合同。',
      scope: WHOLE_ESTATE,
    },
    {
      matter: 9,
      title: '调整多层住宅物业费',
      text: '每平方米每月由 0.65 元调整为 0.75 元。',
      scope: WHOLE_ESTATE,
    },
  ],
  opinionsAskedOn: null,
  noticedOn: '2026-12-01',
  objectionsUntil: endOfDay('2026-12-10'),
  opensAt: timeOfDay('2026-12-16', 8, 0),
  closesAt: endOfDay('2026-12-25'),
  residentsCommitteeInformedOn: '2026-12-01',
};

function faults(change: Partial<AssemblyPlan>, rules: Partial<ConveningRules> = {}) {
  return checkPlan({ ...PLAN, ...change }, { ...RULES, ...rules }).map(({ path, code }) => `${path} ${code}`);
}

describe('the notice period', () => {
  it('is met when the vote starts 15 days after the notice', () => {
    expect(checkNotice('2026-12-01', '2026-12-16', RULES)).toMatchObject({ inTime: true, daysGiven: 15 });
  });

  it('is missed by a day, and says from when on it is met', () => {
    const report = checkNotice('2026-12-01', '2026-12-15', RULES);
    expect(report).toMatchObject({ inTime: false, daysGiven: 14, earliestStart: '2026-12-16' });
    expect(report.sentence).toBe(
      '通知后至少满 15 天才能开始投票：2026年12月1日通知，最早 2026年12月16日开始',
    );
  });

  it('with clear days neither the day of the notice nor the day of the vote counts', () => {
    const strict = { ...RULES, noticeClearDays: true };
    expect(checkNotice('2026-12-01', '2026-12-16', strict)).toMatchObject({
      inTime: false,
      earliestStart: '2026-12-17',
    });
    expect(checkNotice('2026-12-01', '2026-12-17', strict).inTime).toBe(true);
  });
});

describe('convening an assembly', () => {
  it('goes on when the law has nothing to say against it', () => expect(faults({})).toEqual([]));

  it.each<[string, Partial<AssemblyPlan>, string]>([
    [
      'a vote that starts too soon',
      { opensAt: timeOfDay('2026-12-15', 23, 59) },
      'opensAt CONVENE.NOTICE_TOO_SHORT',
    ],
    ['no motion', { motions: [] }, 'motions CONVENE.NO_MOTION'],
    ['no title', { title: ' 大会 ' }, 'title CONVENE.TITLE'],
    ['no word on why', { summary: '' }, 'summary CONVENE.SUMMARY'],
    [
      'a vote that closes before it opens',
      { closesAt: PLAN.opensAt - 1 },
      'closesAt CONVENE.VOTING_TOO_SHORT',
    ],
    ['a vote of 23 hours', { closesAt: PLAN.opensAt + 23 * HOUR_MS }, 'closesAt CONVENE.VOTING_TOO_SHORT'],
    ['a vote of half a year', { closesAt: PLAN.opensAt + 180 * DAY_MS }, 'closesAt CONVENE.VOTING_TOO_LONG'],
    [
      'objections while voting',
      { objectionsUntil: PLAN.opensAt },
      'objectionsUntil CONVENE.OBJECTIONS_TOO_LATE',
    ],
    [
      'three days for objections',
      { objectionsUntil: endOfDay('2026-12-04') },
      'objectionsUntil CONVENE.OBJECTIONS_TOO_SHORT',
    ],
    [
      'a residents’ committee that was not told',
      { residentsCommitteeInformedOn: null },
      'residentsCommitteeInformedOn CONVENE.RESIDENTS_COMMITTEE',
    ],
    [
      'a residents’ committee told after the owners',
      { residentsCommitteeInformedOn: '2026-12-02' },
      'residentsCommitteeInformedOn CONVENE.RESIDENTS_COMMITTEE',
    ],
  ])('stops at %s', (_, change, fault) => expect(faults(change)).toEqual([fault]));

  it('names the motion at fault', () => {
    const [first, second] = PLAN.motions;
    if (first === undefined || second === undefined) throw new Error('the plan has two motions');
    const bad = {
      ...second,
      title: first.title,
      text: '',
      scope: { kind: 'BUILDINGS' as const, buildings: [] },
    };
    expect(faults({ motions: [first, bad] })).toEqual([
      'motions[1].text CONVENE.MOTION_TEXT',
      'motions[1].title CONVENE.MOTION_TWICE',
      'motions[1].scope CONVENE.SCOPE_EMPTY',
    ]);
  });

  it('waits for opinions where the region gives them days', () => {
    const rules = { opinionDays: 7 };
    expect(faults({}, rules)).toEqual(['noticedOn CONVENE.OPINIONS_TOO_SHORT']);
    expect(faults({ opinionsAskedOn: '2026-11-25' }, rules)).toEqual([
      'noticedOn CONVENE.OPINIONS_TOO_SHORT',
    ]);
    expect(faults({ opinionsAskedOn: '2026-11-24' }, rules)).toEqual([]);
  });

  it('reports everything at once', () => {
    expect(faults({ title: '', motions: [], residentsCommitteeInformedOn: null })).toHaveLength(3);
  });

  it('counts characters as people do', () => {
    expect(faults({ title: '🏠🏠🏠' })).toEqual(['title CONVENE.TITLE']);
    expect(faults({ title: '🏠🏠🏠🏠' })).toEqual([]);
  });
});

describe('matters', () => {
  it('are the nine of the law', () => {
    expect(MATTERS.map(({ number }) => number)).toEqual([...MATTER_NUMBERS]);
    expect(isMatterNumber(9)).toBe(true);
    expect(isMatterNumber(10)).toBe(false);
    expect(isMatterNumber('6')).toBe(false);
  });

  it('using the maintenance fund is ordinary, raising it is special', () => {
    const special = MATTER_NUMBERS.filter(
      (matter) => voteClassOf(matter, NATIONAL_RULES.specialMatters) === 'SPECIAL',
    );
    expect(special).toEqual([6, 7, 8]);
  });
});

describe('the number of a decision', () => {
  it('can be cited and read back', () => {
    expect(decisionNumber(2024, 1, 3)).toBe('业主大会2024-1-3');
    expect(parseDecisionNumber(' 业主大会2024-1-3 ')).toEqual({
      year: 2024,
      assemblyOfYear: 1,
      motionOfAssembly: 3,
    });
  });

  it.each(['', '业主大会2024年第一次会议决议 第3项', '业主大会24-1-3', '业主大会2024-1'])(
    '"%s" is none',
    (text) => {
      expect(parseDecisionNumber(text)).toBeNull();
    },
  );
});
