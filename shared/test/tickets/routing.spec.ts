import { describe, expect, it } from '@jest/globals';
import {
  BEIJING_TICKET_RULES,
  DISTRICT_TEMPLATE_TICKET_RULES,
  NATIONAL_TICKET_RULES,
  QITAI_TICKET_RULES,
  SHANGHAI_TICKET_RULES,
  SHUANGLIAO_TICKET_RULES,
  SISHUI_TICKET_RULES,
  ZHOUKOU_TICKET_RULES,
} from '../../src/regions/routing/index.ts';
import {
  type TicketRules,
  CATEGORY_GROUPS,
  TICKET_CATEGORIES,
  TICKET_CATEGORY_CODES,
  departmentName,
  firstStop,
  isTicketCategory,
  promiseText,
  routeTicket,
  ticketRulesFaults,
} from '../../src/tickets/index.ts';

const REGIONS: readonly (readonly [string, TicketRules])[] = [
  ['全国', NATIONAL_TICKET_RULES],
  ['双辽', SHUANGLIAO_TICKET_RULES],
  ['奇台', QITAI_TICKET_RULES],
  ['区级模板', DISTRICT_TEMPLATE_TICKET_RULES],
  ['周口', ZHOUKOU_TICKET_RULES],
  ['泗水', SISHUI_TICKET_RULES],
  ['北京', BEIJING_TICKET_RULES],
  ['上海', SHANGHAI_TICKET_RULES],
];

describe('the tree of complaint categories', () => {
  it('has the thirty kinds of the rules, each once and in a group', () => {
    expect(new Set(TICKET_CATEGORY_CODES).size).toBe(TICKET_CATEGORY_CODES.length);
    expect(TICKET_CATEGORY_CODES).toHaveLength(30);
    const groups = CATEGORY_GROUPS.map(({ code }) => code);
    expect(TICKET_CATEGORIES.filter(({ group }) => !groups.includes(group))).toEqual([]);
    expect(groups.filter((group) => TICKET_CATEGORIES.every((kind) => kind.group !== group))).toEqual([]);
  });

  it('does not know what is not in it', () => {
    expect(isTicketCategory('FIRE_LANE')).toBe(true);
    expect(isTicketCategory('WEATHER')).toBe(false);
  });
});

describe.each(REGIONS)('the routing of %s', (_, rules) => {
  it('is sound: every category has a lead, says who does what, and names its source', () => {
    expect(ticketRulesFaults(rules)).toEqual([]);
    expect(Object.keys(rules.routes).sort()).toEqual([...TICKET_CATEGORY_CODES].sort());
  });

  it('starts every complaint on a level that exists', () => {
    for (const code of TICKET_CATEGORY_CODES) {
      for (const danger of [false, true]) {
        expect(rules.levels[routeTicket(rules, code, danger).firstLevel]).toBeDefined();
      }
    }
  });
});

describe('which department the law gives a complaint to', () => {
  it.each([
    [QITAI_TICKET_RULES, 'FIRE_LANE', 'FIRE', '消防救援大队'],
    [QITAI_TICKET_RULES, 'ILLEGAL_BUILD', 'STREET', '奇台镇人民政府'],
    [QITAI_TICKET_RULES, 'LIVESTOCK', 'HOUSING', '住房和城乡建设局'],
    [QITAI_TICKET_RULES, 'NOISE_FUME', 'ENVIRONMENT', '生态环境局'],
    [SISHUI_TICKET_RULES, 'FIRE_LANE', 'EMERGENCY', '县应急管理局'],
    [SISHUI_TICKET_RULES, 'PUBLIC_INCOME', 'MARKET', '县市场监管局'],
    [SISHUI_TICKET_RULES, 'ZOMBIE_CAR', 'POLICE', '县公安局'],
    [ZHOUKOU_TICKET_RULES, 'ILLEGAL_BUILD', 'URBAN', '城市管理局'],
    [ZHOUKOU_TICKET_RULES, 'UTILITY_CUT', 'POLICE', '公安局'],
    [BEIJING_TICKET_RULES, 'EV_CHARGING', 'FIRE', '消防救援机构'],
    [BEIJING_TICKET_RULES, 'PERSONAL_DATA', 'POLICE', '公安机关'],
    [SHUANGLIAO_TICKET_RULES, 'GREEN_DAMAGE', 'STREET', '乡镇街'],
  ] as const)('%# gives %s to the right body', (rules, category, lead, name) => {
    const route = routeTicket(rules, category);
    expect(route.lead).toBe(lead);
    expect(departmentName(rules, route.lead)).toBe(name);
  });

  it('keeps the national row and its source where the region says nothing', () => {
    expect(SHANGHAI_TICKET_RULES.routes.PET_DOG).toBe(NATIONAL_TICKET_RULES.routes.PET_DOG);
  });
});

describe('where a complaint starts', () => {
  it('a dirty staircase with the company', () => {
    expect(firstStop(routeTicket(QITAI_TICKET_RULES, 'LITTER'))).toEqual({ level: 0, departments: [] });
  });

  it('a blocked fire lane at once with the street and all departments, as urgent', () => {
    const route = routeTicket(QITAI_TICKET_RULES, 'FIRE_LANE');
    expect(route).toMatchObject({ unsafe: true, slaClass: 'URGENT' });
    expect(firstStop(route)).toEqual({
      level: 3,
      departments: ['FIRE', 'EMERGENCY', 'HOUSING', 'POLICE', 'PLANNING', 'STREET'],
    });
  });

  it('a lift with the company, and with people trapped in it at once with the street', () => {
    expect(routeTicket(QITAI_TICKET_RULES, 'ELEVATOR')).toMatchObject({ firstLevel: 0, slaClass: 'NORMAL' });
    expect(routeTicket(QITAI_TICKET_RULES, 'ELEVATOR', true)).toMatchObject({
      firstLevel: 3,
      slaClass: 'URGENT',
    });
  });

  it('a fee or the accounts with the street, not with the company that is complained about', () => {
    expect(routeTicket(QITAI_TICKET_RULES, 'FEE').firstLevel).toBe(3);
    expect(routeTicket(QITAI_TICKET_RULES, 'PUBLIC_INCOME').firstLevel).toBe(3);
  });

  it('what nobody can name yet with the street, which routes it', () => {
    for (const [, rules] of REGIONS) expect(routeTicket(rules, 'OTHER').firstLevel).toBe(3);
  });

  it('an illegal building faster where the region wants it fast', () => {
    expect(routeTicket(NATIONAL_TICKET_RULES, 'ILLEGAL_BUILD').slaClass).toBe('ENFORCEMENT');
    expect(routeTicket(DISTRICT_TEMPLATE_TICKET_RULES, 'ILLEGAL_BUILD').slaClass).toBe('NORMAL');
  });

  it('promises its periods in words', () => {
    const { terms } = QITAI_TICKET_RULES;
    expect(promiseText(terms, 'NORMAL')).toBe('24 小时内受理，1 个工作日内答复，受理后 5 个工作日内办结');
    expect(promiseText(terms, 'URGENT')).toBe('30 分钟内到场，24 小时内受理，2 小时内答复，24 小时内办结');
  });
});
