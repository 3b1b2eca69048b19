import type { TicketRules } from '../../tickets/index.ts';
import { NATIONAL_TICKET_RULES } from './national.ts';
import { POLICIES } from './policies.ts';
import { jointRoute, overNational, route } from './route-rows.ts';

/** 附件 numbers its measures 1–20; each names a lead 牵头单位 and responsible bodies 责任单位. */
const item = (number: number) => `${POLICIES.sishui}附件第${number}项`;
const JOINT = item(3);

/** 泗水（山东）. */
export const SISHUI_TICKET_RULES: TicketRules = {
  ...NATIONAL_TICKET_RULES,
  departmentNames: {
    STREET: '街道办事处',
    HOUSING: '县住房城乡建设局',
    URBAN: '县综合行政执法局',
    POLICE: '县公安局',
    EMERGENCY: '县应急管理局',
    MARKET: '县市场监管局',
    PRICE: '县发展改革局',
    PLANNING: '县自然资源和规划局',
    ENVIRONMENT: '济宁市生态环境局泗水县分局',
    FINANCE: '县财政局',
    WATER: '县水务局',
    POWER: '县供电公司',
  },
  routes: overNational(NATIONAL_TICKET_RULES.routes, {
    GREEN_DAMAGE: jointRoute(
      'STREET',
      ['URBAN', 'POLICE', 'HOUSING'],
      '街道督促，综合行政执法局处理，严重扰乱秩序的由公安处理',
      `${item(9)}；${JOINT}`,
    ),
    SMALL_ADS: route('STREET', ['HOUSING', 'URBAN'], '街道督促整改，综合行政执法局处理', item(10)),
    PUBLIC_INCOME: route('MARKET', ['HOUSING', 'STREET'], '街道督促，拒不整改的由市场监管局处理', item(11)),
    FIRE_LANE: jointRoute(
      'EMERGENCY',
      ['POLICE', 'HOUSING', 'STREET'],
      '公安局处罚，应急管理局处罚拒不整改的物业',
      `${item(12)}；${JOINT}`,
    ),
    PARKING: jointRoute(
      'EMERGENCY',
      ['POLICE', 'HOUSING', 'STREET'],
      '街道督促物业处理，堵塞出入口的由公安处罚',
      `${item(12)}；${JOINT}`,
    ),
    EV_CHARGING: jointRoute(
      'EMERGENCY',
      ['POLICE', 'HOUSING', 'STREET'],
      '应急管理局、公安局处罚',
      `${item(13)}；${JOINT}`,
    ),
    ELEVATOR: route('MARKET', ['STREET'], '市场监管局处理维保不到位', item(15)),
    ZOMBIE_CAR: route('POLICE', ['STREET', 'HOUSING'], '公安局核实，报废、无年检的处理', item(17)),
    FACILITY: route(
      'STREET',
      ['HOUSING', 'UTILITIES', 'FINANCE', 'EMERGENCY', 'POLICE', 'POWER'],
      '建台账、销号管理；保修期内由住建局督促开发商维修',
      `${item(7)}、18项`,
    ),
    FIRE_FACILITY: route('STREET', ['HOUSING', 'EMERGENCY', 'FINANCE'], '消防设施不达标的排查改造', item(7)),
    LIVESTOCK: route('URBAN', ['STREET'], '综合行政执法局处理', item(19)),
    PET_DOG: route('POLICE', ['STREET'], '公安局处理', item(20)),
    SERVICE_QUALITY: route('STREET', ['HOUSING'], '街道社区测评，住建局考核', item(8)),
    COMMITTEE: route('STREET', ['HOUSING'], '街道负责业委会换届，监督依法履职', item(6)),
    DEVELOPER: route('HOUSING', ['STREET'], '督促开发商履行保修责任；承接查验是上房要件', `${item(5)}、18项`),
    FEE: route('MARKET', ['PRICE', 'HOUSING'], '按星级标准核查服务和收费', item(4)),
  }),
};
