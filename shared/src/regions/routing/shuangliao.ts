import type { TicketRules } from '../../tickets/index.ts';
import { NATIONAL_TICKET_RULES } from './national.ts';
import { POLICIES } from './policies.ts';
import { jointRoute, overNational, route } from './route-rows.ts';

/** 二（六）names eight kinds for joint enforcement: the townships and streets lead, these co-operate. */
const JOINT = `${POLICIES.shuangliao}二（六）3；任务18`;
const WHISTLE = '乡镇街牵头，召集部门联合执法（吹哨报到）';

/** 双辽（吉林）: a draft; only what it names is overridden. */
export const SHUANGLIAO_TICKET_RULES: TicketRules = {
  ...NATIONAL_TICKET_RULES,
  departmentNames: {
    STREET: '乡镇街',
    HOUSING: '市住建局',
    POLICE: '市公安局',
    PLANNING: '市自然资源局',
    URBAN: '市执法局',
    FIRE: '市消防救援大队',
    MARKET: '市市场局',
    JUSTICE: '市司法局',
    FINANCE: '市财政局',
  },
  routes: overNational(NATIONAL_TICKET_RULES.routes, {
    ILLEGAL_BUILD: jointRoute('STREET', ['HOUSING', 'POLICE', 'PLANNING', 'URBAN', 'FIRE'], WHISTLE, JOINT),
    GREEN_DAMAGE: jointRoute('STREET', ['HOUSING', 'URBAN', 'PLANNING'], WHISTLE, JOINT),
    LITTER: jointRoute('STREET', ['HOUSING', 'URBAN'], WHISTLE, JOINT),
    PET_DOG: jointRoute('STREET', ['POLICE', 'URBAN'], WHISTLE, JOINT),
    LIVESTOCK: jointRoute('STREET', ['URBAN', 'HOUSING'], WHISTLE, JOINT),
    EV_CHARGING: jointRoute('STREET', ['FIRE', 'POLICE', 'HOUSING', 'URBAN'], WHISTLE, JOINT),
    FIRE_LANE: jointRoute('STREET', ['FIRE', 'POLICE', 'HOUSING', 'URBAN'], WHISTLE, JOINT),
    GAS: jointRoute('STREET', ['HOUSING', 'URBAN', 'MARKET'], `${WHISTLE}；文件未指定燃气部门`, JOINT),
    ELEVATOR: jointRoute('STREET', ['MARKET', 'HOUSING'], WHISTLE, JOINT),
    SERVICE_QUALITY: route(
      'STREET',
      ['MARKET', 'HOUSING'],
      '乡镇街督促物业建立投诉快速处理机制',
      `${POLICIES.shuangliao}二（七）；任务20`,
    ),
    FEE: route(
      'STREET',
      ['HOUSING', 'MARKET'],
      '街道审核收费价格真实性；收费须上墙公示',
      `${POLICIES.shuangliao}任务7、19`,
    ),
    MAINT_FUND: route(
      'HOUSING',
      ['FINANCE', 'STREET'],
      '市住建局监管专户，街道社区核实申请材料',
      `${POLICIES.shuangliao}二（一）；任务1至3`,
    ),
    COMMITTEE: route(
      'STREET',
      ['HOUSING'],
      '街道考评业委会，可暂停负面清单成员资格',
      `${POLICIES.shuangliao}二（四）；任务10至13`,
    ),
    CONTRACT_FILING: route(
      'STREET',
      ['HOUSING'],
      '乡镇街审核备案后上传平台',
      `${POLICIES.shuangliao}二（三）；任务5、8`,
    ),
  }),
};
