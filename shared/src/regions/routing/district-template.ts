import type { TicketRules } from '../../tickets/index.ts';
import { NATIONAL_TICKET_RULES } from './national.ts';
import { POLICIES } from './policies.ts';
import { jointRoute, overNational, route } from './route-rows.ts';

const FIRM = `${POLICIES.districtTemplate}四（二）2（1）`;
const BODIES = `${POLICIES.districtTemplate}四（二）2（4）`;
const FAST = `${POLICIES.districtTemplate}五、二：三联单，从快处理`;

/**
 * 区级模板: its own list names faults of every party and few departments; what it does not assign stays national.
 * Things the public suffers from most (私搭乱建、车辆堵门) are to be handled fast.
 */
export const DISTRICT_TEMPLATE_TICKET_RULES: TicketRules = {
  ...NATIONAL_TICKET_RULES,
  departmentNames: {
    STREET: '街道办事处',
    HOUSING: '区住房和城乡建设局',
    JUSTICE: '区司法局',
    POLICE: '公安分局',
    URBAN: '区城市综合管理局',
    PLANNING: '规划分局',
    ENVIRONMENT: '环保分局',
    EMERGENCY: '区应急管理局',
    CIVIL_DEFENCE: '区人防办',
    MARKET: '区市场监督管理局',
    FINANCE: '区财政局',
  },
  routes: overNational(NATIONAL_TICKET_RULES.routes, {
    ILLEGAL_BUILD: jointRoute(
      'URBAN',
      ['PLANNING', 'STREET'],
      '规划部门认定后及时拆除，从快处理',
      `${FIRM}；${BODIES}；${FAST}`,
      {
        slaClass: 'NORMAL',
      },
    ),
    PARKING: jointRoute(
      'POLICE',
      ['STREET', 'URBAN'],
      '故意堵塞出入口、车辆堵门的从快处理',
      `${BODIES}；${FAST}`,
      {
        slaClass: 'SIMPLE',
      },
    ),
    EV_CHARGING: route('FIRE', ['EMERGENCY', 'STREET'], '私拉电线、电动车上楼、飞线充电及时处理', BODIES),
    FIRE_LANE: route('FIRE', ['POLICE', 'STREET'], '占用消防通道及时处理', BODIES),
    FIRE_FACILITY: route('FIRE', ['EMERGENCY', 'HOUSING'], '物业须开展消防设施维保和年度检测', FIRM),
    SPACE_OCCUPY: route('URBAN', ['HOUSING', 'STREET'], '侵占绿地、占用公共通道及时处理', BODIES),
    GREEN_DAMAGE: route('URBAN', ['STREET'], '侵占绿地及时处理', BODIES),
    LITTER: route('STREET', ['URBAN', 'HOUSING'], '生活垃圾日产日清', FIRM),
    NOISE_FUME: route('ENVIRONMENT', ['URBAN'], '油烟、噪声、排污及时处理', BODIES),
    PET_DOG: route('POLICE', ['URBAN'], '履行小区养犬管理职责', BODIES),
    DECORATION: route('HOUSING', ['URBAN'], '物业劝阻无效须报告主管部门', FIRM),
    ELEVATOR: route('MARKET', ['HOUSING'], '对特种设备及时检测', BODIES),
    SERVICE_QUALITY: route(
      'HOUSING',
      ['STREET', 'MARKET'],
      '有效投诉须及时处理，落实首问责任',
      `${FIRM}；五、二`,
    ),
    UTILITY_CUT: route('HOUSING', ['POLICE', 'STREET'], '不得停水停电停暖，不得以不予充值变相停供', FIRM),
    CONTRACT_FILING: route('HOUSING', ['STREET'], '按规定签订合同、按时备案', FIRM),
    HANDOVER: jointRoute('STREET', ['HOUSING', 'POLICE'], '按规定移交，不得擅自撤离', FIRM),
    FEE: route('MARKET', ['HOUSING'], '违规收费及时查处', BODIES),
    PUBLIC_INCOME: route('HOUSING', ['MARKET', 'STREET'], '收益须单独列账、公示、惠及业主', FIRM),
    COMMITTEE: route(
      'STREET',
      ['COMMUNITY', 'HOUSING'],
      '违反议事规则、不换届、以权谋私的由街道处理',
      `${POLICIES.districtTemplate}四（二）2（2）`,
    ),
    DEVELOPER: route(
      'HOUSING',
      ['PLANNING'],
      '保修、配套、承接查验、车位只售不租',
      `${POLICIES.districtTemplate}四（二）2（3）`,
    ),
  }),
};
