import type { TicketCategoryCode, TicketRoute, TicketRules } from '../../tickets/index.ts';
import { POLICIES } from './policies.ts';
import { jointRoute, route } from './route-rows.ts';

const CC286 = `${POLICIES.civilCode}第286条`;
const { regulation: TL, product: OURS } = POLICIES;

/**
 * What holds where a region says nothing. The Civil Code only says that the departments must handle it (286); the
 * regulation gives property matters to the housing authority (5, 48) and has the company stop and report the rest (45).
 */
const NATIONAL_ROUTES: Readonly<Record<TicketCategoryCode, TicketRoute>> = {
  FIRE_LANE: route(
    'FIRE',
    ['POLICE', 'STREET'],
    '消防救援机构责令改正；公安机关协助',
    `《消防法》第28、60条；${CC286}`,
  ),
  GAS: route('URBAN', ['EMERGENCY', 'HOUSING'], '燃气主管部门查处，燃气公司抢修', `${TL}第45、51条；${OURS}`),
  ELEVATOR: route(
    'MARKET',
    ['HOUSING'],
    '市场监管部门监管电梯安全，物业和维保单位修复',
    `《特种设备安全法》；${TL}第55条`,
  ),
  EV_CHARGING: route('FIRE', ['EMERGENCY', 'POLICE'], '消防救援机构查处', `《消防法》；${TL}第45条`),
  FIRE_FACILITY: route(
    'FIRE',
    ['HOUSING'],
    '消防救援机构责令改正，物业恢复并维保',
    '《消防法》第16、18、60条',
  ),
  FACILITY: route('HOUSING', ['STREET'], '物业维修；保修期内由开发商负责', `${TL}第31、48、55条`),
  PUBLIC_ORDER: route('POLICE', ['COMMUNITY'], '派出所处理，社区调解', `${TL}第45、46条`),

  ILLEGAL_BUILD: jointRoute('URBAN', ['PLANNING', 'STREET'], '自然资源部门认定，综合执法部门查处', CC286),
  SPACE_OCCUPY: route('HOUSING', ['URBAN', 'STREET'], '住建部门责令限期改正并处罚', `${TL}第50、63条`),
  GREEN_DAMAGE: route('URBAN', ['HOUSING', 'STREET'], '综合执法部门处理，物业恢复', `${CC286}；${OURS}`),
  DECORATION: route('HOUSING', ['URBAN'], '物业制止并报告，住建部门处理', `${TL}第45、52条`),

  LITTER: route('STREET', ['URBAN', 'HOUSING'], '物业清理，街道督促', `${CC286}；${OURS}`),
  WASTE_SORTING: route('URBAN', ['STREET'], '综合执法部门处理，街道督促', OURS),
  SMALL_ADS: route('URBAN', ['STREET', 'HOUSING'], '物业清理，综合执法部门处理', OURS),
  NOISE_FUME: route(
    'ENVIRONMENT',
    ['URBAN', 'POLICE'],
    '生态环境部门查处，社会生活噪声由公安处理',
    `${CC286}；${TL}第45条`,
  ),
  PET_DOG: route('POLICE', ['URBAN', 'COMMUNITY'], '公安机关处理', CC286),
  LIVESTOCK: route('URBAN', ['STREET'], '综合执法部门处理', CC286),

  PARKING: route('STREET', ['POLICE', 'HOUSING'], '物业疏导，堵门堵通道由公安处理', OURS),
  ZOMBIE_CAR: route('POLICE', ['STREET', 'HOUSING'], '公安机关核实并处理', OURS),

  SERVICE_QUALITY: route('HOUSING', ['STREET'], '住建部门处理对物业的投诉', `${TL}第5、48条`),
  UTILITY_CUT: route(
    'HOUSING',
    ['POLICE', 'STREET'],
    '责令恢复；不得以停水停电催费',
    `${POLICIES.civilCode}第944条；${TL}第48条`,
  ),
  CONTRACT_FILING: route('HOUSING', ['STREET'], '住建部门责令签订、备案', `${TL}第5、34条`),
  HANDOVER: jointRoute('HOUSING', ['STREET', 'POLICE'], '住建部门责令移交，街道协调', `${TL}第38、58条`),
  PERSONAL_DATA: route('POLICE', ['HOUSING'], '公安机关依法处理', `《个人信息保护法》第66、71条；${OURS}`),

  FEE: route(
    'MARKET',
    ['PRICE', 'HOUSING'],
    '市场监管部门查处违规收费',
    `${TL}第40、42条；《明码标价和禁止价格欺诈规定》第8条`,
  ),
  PUBLIC_INCOME: route(
    'HOUSING',
    ['MARKET', 'STREET'],
    '住建部门责令改正，收益归全体业主',
    `${POLICIES.civilCode}第282条；${TL}第54、63条`,
  ),
  MAINT_FUND: route('HOUSING', ['STREET', 'FINANCE'], '住建部门监管，挪用的追回', `${TL}第53、60条`),

  COMMITTEE: route(
    'STREET',
    ['HOUSING', 'COMMUNITY'],
    '街道指导监督，违法的决定责令改正或撤销',
    `${TL}第10、19条`,
  ),
  DEVELOPER: route('HOUSING', ['PLANNING', 'STREET'], '住建部门督促开发商履行保修和交接', `${TL}第28至31条`),

  OTHER: route('STREET', [], '街道分办', OURS),
};

/** Periods and levels where no text sets them: the platform's own 平台约定, to be replaced by a region's. */
export const NATIONAL_TICKET_RULES: TicketRules = {
  levels: [
    { code: 'COMPANY', label: '物业', duty: '先行处理' },
    { code: 'COMMITTEE', label: '业委会（物管会）', duty: '配合' },
    { code: 'COMMUNITY', label: '社区', duty: '受理调解' },
    { code: 'STREET', label: '街道（乡镇）', duty: '兜底，召集部门' },
    { code: 'COUNTY', label: '县（市、区）', duty: '保障' },
    { code: 'CITY', label: '市', duty: '保障' },
  ],
  levelsSource: `${OURS}：参照${POLICIES.zhoukou}三（七）18的五级`,
  departmentNames: {},
  routes: NATIONAL_ROUTES,
  terms: {
    accept: { unit: 'HOUR', count: 24 },
    sla: {
      URGENT: {
        firstReply: { unit: 'HOUR', count: 2 },
        onSite: { unit: 'MINUTE', count: 30 },
        finish: { unit: 'HOUR', count: 24 },
        finishFrom: 'SUBMITTED',
      },
      SIMPLE: periods(3),
      NORMAL: periods(5),
      ENFORCEMENT: periods(15),
    },
    extension: { max: 1, longest: { unit: 'WORKING_DAY', count: 15 }, approverLevel: 3 },
    residentAnswer: { unit: 'DAY', count: 7 },
    mediation: { unit: 'DAY', count: 30 },
    autoConfirm: { unit: 'DAY', count: 7 },
    reopen: { window: { unit: 'DAY', count: 15 }, max: 2 },
  },
  termsSource: OURS,
  escalation: {
    steps: [
      { misses: 1, action: 'URGE' },
      { misses: 2, action: 'RAISE' },
    ],
    urged: {
      URGENT: { unit: 'HOUR', count: 2 },
      SIMPLE: { unit: 'WORKING_DAY', count: 1 },
      NORMAL: { unit: 'WORKING_DAY', count: 1 },
      ENFORCEMENT: { unit: 'WORKING_DAY', count: 3 },
    },
    unsafeLevel: 3,
  },
  escalationSource: `${OURS}：参照${POLICIES.zhoukou}二.2“久拖不决的提级办理、带案督办”`,
};

function periods(finishWorkingDays: number): TicketRules['terms']['sla']['NORMAL'] {
  return {
    firstReply: { unit: 'WORKING_DAY', count: 1 },
    onSite: null,
    finish: { unit: 'WORKING_DAY', count: finishWorkingDays },
    finishFrom: 'ACCEPTED',
  };
}
