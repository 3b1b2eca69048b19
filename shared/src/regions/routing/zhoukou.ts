import type { TicketRules } from '../../tickets/index.ts';
import { NATIONAL_TICKET_RULES } from './national.ts';
import { POLICIES } from './policies.ts';
import { jointRoute, overNational, route } from './route-rows.ts';

const duty = (number: number) => `${POLICIES.zhoukou}二.${number}`;
const task = (number: number) => `${POLICIES.zhoukou}三.${number}`;

/** 周口（河南）: a draft, city level; county departments act, the five levels are those of task 18. */
export const ZHOUKOU_TICKET_RULES: TicketRules = {
  ...NATIONAL_TICKET_RULES,
  levels: [
    { code: 'COMPANY', label: '物业', duty: '先行处理' },
    { code: 'COMMITTEE', label: '业委会（物管会）', duty: '配合' },
    { code: 'COMMUNITY', label: '社区居委会', duty: '受理调解' },
    { code: 'STREET', label: '街道办事处', duty: '兜底' },
    { code: 'COUNTY', label: '县（市、区）调解委员会', duty: '保障' },
    { code: 'CITY', label: '市调解委员会', duty: '保障' },
  ],
  levelsSource: task(18),
  departmentNames: {
    STREET: '街道办事处',
    HOUSING: '住房和城乡建设局',
    URBAN: '城市管理局',
    FIRE: '消防救援支队',
    PLANNING: '自然资源和规划局',
  },
  routes: overNational(NATIONAL_TICKET_RULES.routes, {
    ILLEGAL_BUILD: jointRoute(
      'URBAN',
      ['PLANNING', 'STREET'],
      '自然资源和规划局认定，城市管理局查处，街道采集移交',
      `${duty(6)}、8、11`,
    ),
    SPACE_OCCUPY: route('URBAN', ['STREET'], '擅自占用共有道路、绿地、场地的由城市管理局查处', duty(6)),
    GREEN_DAMAGE: route('URBAN', ['STREET'], '城市管理局查处', `${duty(6)}；${task(3)}`),
    LITTER: route('URBAN', ['STREET'], '城管下沉，及时查处任意弃置垃圾', task(3)),
    WASTE_SORTING: route('URBAN', ['STREET'], '城管下沉，及时查处', task(3)),
    LIVESTOCK: route('URBAN', ['STREET'], '违反规定饲养动物的及时查处', task(3)),
    PET_DOG: route('POLICE', ['URBAN'], '违反规定饲养动物的及时查处', task(3)),
    EV_CHARGING: route(
      'FIRE',
      ['URBAN', 'STREET'],
      '消防救援支队查处，城管下沉配合',
      `${duty(7)}；${task(3)}`,
    ),
    FIRE_LANE: route('FIRE', ['URBAN', 'STREET'], '消防救援支队查处，城管下沉配合', `${duty(7)}；${task(3)}`),
    FIRE_FACILITY: route('FIRE', ['STREET'], '消防救援支队督促物业整改', duty(7)),
    ELEVATOR: route('MARKET', [], '市场监管局监管，督促物业和维保单位', duty(5)),
    PUBLIC_ORDER: route('POLICE', [], '公安局查处', duty(3)),
    FACILITY: route(
      'HOUSING',
      ['UTILITIES', 'STREET'],
      '专业运营单位服务到最终用户；其余由物业维修',
      task(3),
    ),
    UTILITY_CUT: route('POLICE', ['HOUSING'], '公安局制止物业阻拦合法用水用电', `${duty(3)}；${task(17)}`),
    SERVICE_QUALITY: route('HOUSING', ['STREET'], '住建部门督促履约，每季度检查', `${duty(1)}；${task(4)}`),
    CONTRACT_FILING: route('HOUSING', ['STREET'], '签订后15个工作日内向住建部门和街道备案', task(4)),
    HANDOVER: jointRoute(
      'STREET',
      ['HOUSING', 'POLICE'],
      '街道社区监督移交，违法犯罪由公安查处',
      `${duty(3)}；${task(11)}`,
    ),
    FEE: route('MARKET', ['PRICE'], '超合同收费、扣押金由市场监管处罚；超政府指导价由发改处罚', task(6)),
    PUBLIC_INCOME: jointRoute(
      'HOUSING',
      ['POLICE', 'MARKET'],
      '住建、公安、市场监管联合执法，涉嫌犯罪的移送司法',
      task(7),
    ),
    MAINT_FUND: route(
      'HOUSING',
      ['STREET'],
      '专户存储、第三方审计、全程公示',
      `${POLICIES.zhoukou}三（四）14`,
    ),
    COMMITTEE: route(
      'STREET',
      ['COMMUNITY'],
      '街道指导监督，不合格成员依法罢免',
      `${duty(11)}；${POLICIES.zhoukou}三（五）14`,
    ),
    DEVELOPER: route(
      'HOUSING',
      ['PLANNING'],
      '承接查验整改闭环；规划遗留由自然资源部门协调',
      `${duty(8)}；${task(12)}`,
    ),
  }),
};
