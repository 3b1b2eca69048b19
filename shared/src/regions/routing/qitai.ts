import type { TicketRules } from '../../tickets/index.ts';
import { NATIONAL_TICKET_RULES } from './national.ts';
import { POLICIES } from './policies.ts';
import { jointRoute, overNational, route } from './route-rows.ts';

const DUTIES = `${POLICIES.qitai}三（一）3`;
const TOWN = `${POLICIES.qitai}三（一）1`;
const measure = (number: number) => `${POLICIES.qitai}三（二）${number}`;

/** 奇台（新疆）: the whole duty list of the plan; the town government is the street level. */
export const QITAI_TICKET_RULES: TicketRules = {
  ...NATIONAL_TICKET_RULES,
  levels: [
    { code: 'COMPANY', label: '物业', duty: '先行处理' },
    { code: 'COMMITTEE', label: '业委会', duty: '配合' },
    { code: 'COMMUNITY', label: '社区', duty: '受理调解' },
    { code: 'STREET', label: '奇台镇', duty: '兜底，社区吹哨、部门报到' },
    { code: 'COUNTY', label: '奇台县', duty: '12345催办督办' },
    { code: 'CITY', label: '昌吉州', duty: '保障' },
  ],
  levelsSource: `${DUTIES}；${POLICIES.qitai}三（一）4；五级参照${POLICIES.zhoukou}三（七）18`,
  departmentNames: {
    STREET: '奇台镇人民政府',
    HOUSING: '住房和城乡建设局',
    PLANNING: '自然资源局',
    PRICE: '发展和改革委员会',
    MARKET: '市场监督管理局',
    HOTLINE: '12345政务服务便民热线',
  },
  routes: overNational(NATIONAL_TICKET_RULES.routes, {
    FIRE_LANE: jointRoute(
      'FIRE',
      ['EMERGENCY', 'HOUSING', 'POLICE', 'PLANNING', 'STREET'],
      '消防救援大队查处，应急、住建、公安、自然资源和镇政府一起清理',
      `${DUTIES}；${measure(4)}`,
    ),
    EV_CHARGING: jointRoute(
      'FIRE',
      ['EMERGENCY', 'HOUSING', 'POLICE', 'PLANNING', 'STREET'],
      '消防救援大队查处，各部门集中清理电动车违规停放充电',
      `${DUTIES}；${measure(4)}`,
    ),
    FIRE_FACILITY: jointRoute(
      'FIRE',
      ['EMERGENCY', 'HOUSING', 'POLICE'],
      '消防救援大队查处，物业维保检测并报备',
      `${DUTIES}；${measure(3)}`,
    ),
    GAS: route('HOUSING', ['MARKET', 'EMERGENCY'], '排查水电气热管网漏损，及时消除隐患', measure(2)),
    ELEVATOR: route('MARKET', ['HOUSING', 'EMERGENCY'], '市场监管局监管电梯安全', `${DUTIES}；${measure(2)}`),
    FACILITY: route(
      'HOUSING',
      ['STREET', 'EMERGENCY', 'MARKET'],
      '物业维修养护，住建局督促',
      `${measure(1)}、2`,
    ),
    PUBLIC_ORDER: route('POLICE', [], '公安局查处治安案件和纠纷', DUTIES),

    ILLEGAL_BUILD: jointRoute(
      'STREET',
      ['PLANNING', 'HOUSING'],
      '自然资源局认定，奇台镇处理，住建局配合拆除；主次干道两侧由住建局巡查处置',
      `${TOWN}；${DUTIES}`,
    ),
    GREEN_DAMAGE: route('HOUSING', [], '物业或业委会劝阻无效的，住建局查处', DUTIES),
    LITTER: route('HOUSING', ['STREET'], '物业清扫，住建局指导环卫保洁', DUTIES),
    WASTE_SORTING: route(
      'STREET',
      ['HOUSING'],
      '奇台镇监督物业开展垃圾分类，住建局指导',
      `${TOWN}；${DUTIES}`,
    ),
    SMALL_ADS: route('HOUSING', [], '劝阻无效的乱贴乱画、乱拉乱挂由住建局查处', DUTIES),
    NOISE_FUME: route('ENVIRONMENT', [], '生态环境局查处噪声、粉尘、油烟污染', DUTIES),
    LIVESTOCK: route('HOUSING', [], '劝阻无效的饲养家禽由住建局查处', DUTIES),
    PARKING: route(
      'STREET',
      ['HOUSING', 'POLICE'],
      '物业规范停放，堵通道的由公安等部门处理',
      `${measure(1)}、4`,
    ),

    SERVICE_QUALITY: route('HOUSING', ['STREET'], '住建局行业监管，奇台镇检查考评', `${TOWN}；${DUTIES}`),
    CONTRACT_FILING: route('HOUSING', ['STREET'], '住建局办理五备案', DUTIES),
    HANDOVER: jointRoute('STREET', ['HOUSING'], '奇台镇参与物业项目有序交接', TOWN),

    FEE: route('MARKET', ['PRICE'], '市场监管局查处违规收费；发改委定收费范围和标准', DUTIES),
    PUBLIC_INCOME: route(
      'STREET',
      ['MARKET', 'PRICE', 'HOUSING'],
      '业委会单独开户建账、每季度公示，奇台镇和社区监督指导',
      measure(11),
    ),
    MAINT_FUND: route(
      'HOUSING',
      ['STREET', 'JUSTICE', 'FINANCE'],
      '社区初审，住建局审查；挪用的移交司法',
      measure(7),
    ),

    COMMITTEE: route('STREET', ['COMMUNITY', 'HOUSING'], '奇台镇指导、监督业委会成立、改选和换届', TOWN),
    DEVELOPER: route(
      'HOUSING',
      ['STREET', 'MARKET', 'PLANNING'],
      '承接查验发现的问题由住建局督促解决',
      measure(8),
    ),
  }),
};
