import type { TicketRules } from '../../tickets/index.ts';
import { NATIONAL_TICKET_RULES } from './national.ts';
import { POLICIES } from './policies.ts';
import { overNational, route } from './route-rows.ts';

const article = (text: string) => `${POLICIES.beijing}第${text}条`;
const penalty = (number: string) => article(`98（${number}）`);

/** 北京: chapter 7 of the regulation gives each fault to the body that punishes it. */
export const BEIJING_TICKET_RULES: TicketRules = {
  ...NATIONAL_TICKET_RULES,
  departmentNames: {
    STREET: '街道办事处、乡镇人民政府',
    HOUSING: '区住房和城乡建设（房屋）主管部门',
    URBAN: '城市管理综合行政执法部门',
    FIRE: '消防救援机构',
    POLICE: '公安机关',
    PLANNING: '规划自然资源主管部门',
    WATER: '水主管部门',
  },
  routes: overNational(NATIONAL_TICKET_RULES.routes, {
    ILLEGAL_BUILD: route('URBAN', ['STREET'], '城管执法部门责令拆除或回填', penalty('三')),
    SPACE_OCCUPY: route('URBAN', ['STREET'], '占用共用部位由城管执法部门责令改正', penalty('十')),
    FIRE_LANE: route('FIRE', ['STREET'], '消防救援机构责令改正并处罚', penalty('十')),
    FIRE_FACILITY: route(
      'FIRE',
      ['HOUSING'],
      '损坏消防设施由消防救援机构责令改正',
      `${penalty('十')}；${article('100')}`,
    ),
    EV_CHARGING: route('FIRE', ['STREET'], '消防救援机构责令改正，拒不改正的处罚', penalty('五')),
    ELEVATOR: route(
      'MARKET',
      ['HOUSING'],
      '物业加强巡查养护，住建部门责令改正',
      `${article('88')}；${article('100')}`,
    ),
    FACILITY: route(
      'HOUSING',
      ['UTILITIES', 'STREET'],
      '物业养护；专业设施由专业运营单位维修',
      `${article('87')}；${article('88')}`,
    ),
    GREEN_DAMAGE: route('URBAN', ['STREET'], '城管执法部门责令改正', penalty('九')),
    DECORATION: route(
      'HOUSING',
      ['STREET'],
      '拆改承重结构由住建部门处罚',
      `${article('79')}；${penalty('一')}`,
    ),
    NOISE_FUME: route('POLICE', ['ENVIRONMENT'], '制造超标噪音由公安机关责令改正', penalty('八')),
    PET_DOG: route('POLICE', ['STREET'], '公安机关处罚', penalty('十二')),
    LIVESTOCK: route('POLICE', ['STREET'], '违反规定饲养动物由公安机关处罚', penalty('十二')),
    WASTE_SORTING: route('URBAN', ['STREET'], '城管执法部门依生活垃圾管理法规处理', article('92')),
    PUBLIC_INCOME: route(
      'HOUSING',
      ['STREET'],
      '住建部门责令退还，处二倍以下罚款',
      `${article('74')}；${article('96')}`,
    ),
    SERVICE_QUALITY: route('HOUSING', ['STREET'], '住建部门警告、罚款', article('92')),
    PERSONAL_DATA: route('POLICE', [], '公安机关依法处理', article('92')),
    CONTRACT_FILING: route('STREET', ['HOUSING'], '街道责令限期备案', `${article('63')}；${article('91')}`),
    HANDOVER: route(
      'HOUSING',
      ['STREET', 'POLICE'],
      '三十日内交接退出，逾期处罚',
      `${article('76')}；${article('97')}`,
    ),
    COMMITTEE: route(
      'STREET',
      ['COMMUNITY'],
      '街道责令改正、撤销决定，可组织重新选举',
      `${article('47')}；${article('48')}；${article('51')}`,
    ),
    DEVELOPER: route(
      'HOUSING',
      ['STREET'],
      '承接查验问题三十日内整改；车位须先满足业主',
      `${article('20')}；${article('90')}；${article('99')}`,
    ),
    MAINT_FUND: route(
      'HOUSING',
      ['STREET'],
      '住建部门指导监督筹集、管理和使用',
      `${article('6')}；${article('84')}`,
    ),
  }),
};
