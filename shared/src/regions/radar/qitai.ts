import { type RadarItem, each, overNationalRadar, radarItem, standing } from '../../disclosure/index.ts';
import { POLICIES } from '../routing/policies.ts';
import { NATIONAL_RADAR } from './national.ts';

const FIVE = `${POLICIES.qitai}三（一）3：五公开`;
const BOARDS = `${POLICIES.qitai}三（一）4：不少于2处显著位置`;
const measure = (number: number) => `${POLICIES.qitai}三（二）${number}`;
const DAYS = '时限为平台约定';

/** 奇台: the 五公开, the board, and what measures 2, 7 and 11 add. The committee keeps and posts the income account. */
export const QITAI_RADAR: readonly RadarItem[] = overNationalRadar(NATIONAL_RADAR, [
  radarItem('MANAGER', 'COMPANY', standing(180), FIVE),
  radarItem('SERVICE_STANDARD', 'COMPANY', standing(), FIVE),
  radarItem('FEE_STANDARD', 'COMPANY', standing(), FIVE),
  radarItem('SERVICE_PHONES', 'COMPANY', standing(180), FIVE),
  radarItem(
    'PUBLIC_INCOME',
    'COMMITTEE',
    each('QUARTER', 30),
    `${FIVE}；${measure(11)}：每季度公示一次；${DAYS}`,
  ),
  radarItem('UTILITIES', 'COMPANY', each('MONTH', 30), `${measure(11)}：公共水电费分摊；${DAYS}`),
  radarItem('FEE_USE', 'COMPANY', each('YEAR', 90), `${measure(11)}：收费金额和使用情况；${DAYS}`),
  radarItem('MAINT_FUND', 'COMMITTEE', each('YEAR', 90), `${measure(7)}：落实使用情况公示制度；${DAYS}`),
  radarItem('CONTACT_BOARD', 'STREET', standing(90), BOARDS),
  radarItem('ELEVATOR_CARE', 'COMPANY', each('MONTH', 15), `${measure(2)}：维修保养单在电梯内公示；${DAYS}`),
  radarItem(
    'TANK_CLEANING',
    'COMPANY',
    each('HALF_YEAR', 30),
    `${measure(2)}：二次供水设施定期清洗；${DAYS}`,
  ),
]);
