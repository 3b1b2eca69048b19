import { describe, expect, it } from '@jest/globals';
import {
  type PostingFact,
  type RadarItem,
  answerBy,
  each,
  nextPeriod,
  owedSince,
  periodDueOn,
  periodEnd,
  periodOf,
  periodText,
  previousPeriod,
  questionStatus,
  radar,
  radarChip,
  radarItem,
  radarSentence,
  radarStatus,
  standing,
} from '../../src/disclosure/index.ts';
import { CHINA_HOLIDAYS, endOfDay, timeOfDay } from '../../src/kernel/index.ts';
import {
  BEIJING_RADAR,
  DISTRICT_TEMPLATE_RADAR,
  NATIONAL_RADAR,
  QITAI_RADAR,
  SHANGHAI_RADAR,
  SHUANGLIAO_RADAR,
  SISHUI_RADAR,
  ZHOUKOU_RADAR,
} from '../../src/regions/radar/index.ts';

const at = (date: string) => timeOfDay(date, 10, 0);
const NOW = at('2026-11-21');
const JOINED = '2026-01-01';
const INCOME = radarItem('PUBLIC_INCOME', 'COMMITTEE', each('QUARTER', 30), '奇政办发〔2023〕28号');
const BOARD = radarItem('CONTACT_BOARD', 'STREET', standing(90), '奇政办发〔2023〕28号');
const FEES = radarItem('FEE_STANDARD', 'COMPANY', standing(), '奇政办发〔2023〕28号');
const fact = (
  item: RadarItem,
  date: string,
  period: string | null = null,
  checked: string | null = null,
): PostingFact => ({
  code: item.code,
  postedAt: at(date),
  checkedAt: checked === null ? null : at(checked),
  period,
});
const status = (item: RadarItem, facts: PostingFact[], now = NOW) => radarStatus(item, facts, JOINED, now);
const Q1 = fact(INCOME, '2026-04-10', '2026Q1');
const Q2 = fact(INCOME, '2026-07-20', '2026Q2');
const Q3 = fact(INCOME, '2026-10-20', '2026Q3');

describe('what stands permanently', () => {
  it('is posted since its day, also the day itself', () => {
    expect(radarChip(status(FEES, [fact(FEES, '2026-11-18')]))).toBe('已公示 3 天');
    expect(radarChip(status(FEES, [fact(FEES, '2026-11-21')]))).toBe('今天公示');
  });

  it('is missing where nobody ever posted it, and says whose duty it is', () => {
    const missing = status(FEES, []);
    expect(missing).toMatchObject({ state: 'MISSING', dueOn: JOINED });
    expect(radarChip(missing)).toBe('未公示');
    expect(radarSentence(missing)).toBe('收费项目和标准还没有公示，应由物业公示');
  });

  it('is not taken for something else that was posted', () => {
    expect(status(FEES, [fact(BOARD, '2026-11-18')]).state).toBe('MISSING');
  });

  it('is overdue when nobody checked it for too long, and right again once somebody did', () => {
    expect(status(BOARD, [fact(BOARD, '2026-08-01')])).toMatchObject({
      state: 'OVERDUE',
      days: 22,
      dueOn: '2026-10-30',
    });
    expect(radarSentence(status(BOARD, [fact(BOARD, '2026-08-01')]))).toBe(
      '执法部门公告牌很久没有核对，已逾期 22 天，应由街道（镇）公示',
    );
    expect(status(BOARD, [fact(BOARD, '2026-08-01', null, '2026-11-01')])).toMatchObject({
      state: 'POSTED',
      days: 112,
    });
    expect(status(BOARD, [fact(BOARD, '2026-08-23')]).state).toBe('POSTED');
  });
});

describe('the quarter’s public income', () => {
  it('is posted when the last quarter that is due is there', () => {
    expect(status(INCOME, [Q1, Q2, Q3])).toMatchObject({ state: 'POSTED', days: 32, period: '2026Q3' });
  });

  it('has until the thirtieth day', () => {
    expect(status(INCOME, [Q1, Q2], at('2026-10-30'))).toMatchObject({ state: 'POSTED', period: '2026Q2' });
    expect(status(INCOME, [Q1, Q2], at('2026-10-31'))).toMatchObject({
      state: 'OVERDUE',
      days: 1,
      period: '2026Q3',
    });
  });

  it('is overdue with its days and whose duty', () => {
    const overdue = status(INCOME, [Q1, Q2], at('2026-11-11'));
    expect(radarChip(overdue)).toBe('逾期 12 天');
    expect(radarSentence(overdue)).toBe(
      '2026年第三季度的公共收益收支没有按时公示，已逾期 12 天，应由业委会公示',
    );
  });

  it('names the first quarter that was left out, though a later one is there', () => {
    expect(status(INCOME, [Q1, Q3])).toMatchObject({
      state: 'OVERDUE',
      period: '2026Q2',
      dueOn: '2026-07-30',
    });
  });

  it('is not owed for quarters before the estate joined', () => {
    expect(radarStatus(INCOME, [], '2026-10-05', NOW)).toMatchObject({
      state: 'NOT_DUE',
      period: '2026Q4',
      dueOn: '2027-01-30',
    });
    expect(radarChip(radarStatus(INCOME, [], '2026-10-05', NOW))).toBe('1月30日前公示');
  });

  it('is missing where nothing was ever posted and the first one is due', () => {
    expect(status(INCOME, [])).toMatchObject({ state: 'MISSING', period: '2026Q1', days: 205 });
  });
});

describe('what a region counts by the year', () => {
  const yearly = radarItem('PUBLIC_INCOME', 'COMPANY', each('YEAR', 90), '第70条');
  const quarters = ['2026Q1', '2026Q2', '2026Q3'].map((quarter) => fact(yearly, '2026-12-01', quarter));

  it('is not posted by the quarters of a year that is not over', () => {
    expect(radarStatus(yearly, quarters, JOINED, at('2027-02-01'))).toMatchObject({
      state: 'NOT_DUE',
      period: '2026',
      dueOn: '2027-03-31',
    });
    expect(radarStatus(yearly, quarters, JOINED, at('2027-04-01'))).toMatchObject({
      state: 'MISSING',
      days: 1,
    });
  });

  it('is posted by the last quarter, which no statement reaches without the three before it', () => {
    const whole = [...quarters, fact(yearly, '2027-02-01', '2026Q4')];
    expect(radarStatus(yearly, whole, JOINED, at('2027-04-01'))).toMatchObject({
      state: 'POSTED',
      period: '2026',
    });
  });
});

describe('the whole radar', () => {
  it('shows what is wanting first', () => {
    const states = radar([FEES, INCOME, BOARD], [fact(FEES, '2026-11-01'), Q1, Q2], JOINED, NOW).map(
      ({ item, state }) => [item.code, state],
    );
    expect(states).toEqual([
      ['PUBLIC_INCOME', 'OVERDUE'],
      ['CONTACT_BOARD', 'MISSING'],
      ['FEE_STANDARD', 'POSTED'],
    ]);
  });
});

describe('periods', () => {
  it.each([
    ['MONTH', '2026-10', '2026-10-31', '2026-11', '2026-09', '2026年10月'],
    ['QUARTER', '2026Q4', '2026-12-31', '2027Q1', '2026Q3', '2026年第四季度'],
    ['HALF_YEAR', '2026H2', '2026-12-31', '2027H1', '2026H1', '2026年下半年'],
    ['HALF_YEAR', '2026H1', '2026-06-30', '2026H2', '2025H2', '2026年上半年'],
    ['YEAR', '2026', '2026-12-31', '2027', '2025', '2026年'],
  ] as const)('%s %s', (period, key, end, next, previous, text) => {
    expect(periodEnd(key, period)).toBe(end);
    expect(periodOf(end, period)).toBe(key);
    expect(nextPeriod(key, period)).toBe(next);
    expect(previousPeriod(key, period)).toBe(previous);
    expect(periodText(key, period)).toBe(text);
  });

  it('are due so many days after their end', () => {
    expect(periodDueOn('2026Q3', 'QUARTER', 30)).toBe('2026-10-30');
  });
});

describe('an owner who asks why something is not posted', () => {
  const asked = at('2026-09-30');
  const due = answerBy(asked, CHINA_HOLIDAYS);
  const question = { dutyHolder: 'COMPANY', answerBy: due, answeredAt: null } as const;

  it('is answered within five working days, the holiday not counted', () => {
    expect(due).toBe(endOfDay('2026-10-13'));
  });

  it('sees who is to answer and until when, and when nobody did', () => {
    expect(questionStatus(question, at('2026-10-11'))).toEqual({
      state: 'WAITING',
      text: '等物业答复，剩 2 天',
    });
    expect(questionStatus(question, at('2026-10-16'))).toEqual({
      state: 'LATE',
      text: '物业没有按时答复，逾期 2 天',
    });
  });

  it('sees that a late answer was late', () => {
    expect(questionStatus({ ...question, answeredAt: due }, NOW)).toEqual({
      state: 'ANSWERED',
      text: '物业已答复',
    });
    expect(questionStatus({ ...question, answeredAt: at('2026-10-15') }, NOW)).toEqual({
      state: 'ANSWERED_LATE',
      text: '物业已答复（逾期 1 天）',
    });
  });
});

describe.each([
  ['全国', NATIONAL_RADAR],
  ['双辽', SHUANGLIAO_RADAR],
  ['奇台', QITAI_RADAR],
  ['区级模板', DISTRICT_TEMPLATE_RADAR],
  ['周口', ZHOUKOU_RADAR],
  ['泗水', SISHUI_RADAR],
  ['北京', BEIJING_RADAR],
  ['上海', SHANGHAI_RADAR],
] as const)('the radar of %s', (_, items) => {
  it('lists each subject once, with a source, and everything that is national', () => {
    expect(new Set(items.map(({ code }) => code)).size).toBe(items.length);
    expect(items.filter(({ source }) => source.trim() === '')).toEqual([]);
    const codes = new Set(items.map(({ code }) => code));
    expect(NATIONAL_RADAR.filter(({ code }) => !codes.has(code))).toEqual([]);
  });
});

const incomeItem = (items: readonly RadarItem[]) => items.find(({ code }) => code === 'PUBLIC_INCOME');

describe('what 奇台 requires', () => {
  it('the five of 五公开 and what its measures add', () => {
    const codes = QITAI_RADAR.map(({ code }) => code);
    expect(codes).toEqual(
      expect.arrayContaining([
        'MANAGER',
        'SERVICE_STANDARD',
        'FEE_STANDARD',
        'SERVICE_PHONES',
        'PUBLIC_INCOME',
      ]),
    );
    expect(codes).toEqual(expect.arrayContaining(['UTILITIES', 'FEE_USE', 'CONTACT_BOARD', 'ELEVATOR_CARE']));
  });

  it('has the committee post the income by the quarter, where 周口 has the company', () => {
    expect(incomeItem(QITAI_RADAR)).toMatchObject({
      dutyHolder: 'COMMITTEE',
      recency: { kind: 'PERIODIC', period: 'QUARTER' },
    });
    expect(incomeItem(ZHOUKOU_RADAR)).toMatchObject({ dutyHolder: 'COMPANY' });
    expect(incomeItem(BEIJING_RADAR)).toMatchObject({ recency: { period: 'YEAR' } });
  });
});

describe('from when an item is owed', () => {
  const posted = (period: string): PostingFact => ({
    code: 'PUBLIC_INCOME',
    postedAt: NOW,
    checkedAt: null,
    period,
  });

  it('is the day the estate joined while nothing was posted, or where no period is meant', () => {
    expect(owedSince(INCOME, [], '2025-10-01')).toBe('2025-10-01');
    expect(owedSince(BOARD, [posted('2026Q1')], '2025-10-01')).toBe('2025-10-01');
  });

  it('is the first quarter that was posted where the books began later', () => {
    const facts = [posted('2026Q2'), posted('2026Q1')];
    expect(owedSince(INCOME, facts, '2025-10-01')).toBe('2026-03-31');
    expect(radar([INCOME], facts, '2025-10-01', NOW)).toMatchObject([
      { state: 'OVERDUE', period: '2026Q3', dueOn: '2026-10-30' },
    ]);
  });

  it('is never before the estate joined', () => {
    expect(owedSince(INCOME, [posted('2024Q1')], '2025-10-01')).toBe('2025-10-01');
  });
});
