import { type RadarItem, each, overNationalRadar, radarItem, standing } from '../../disclosure/index.ts';
import { POLICIES } from '../routing/policies.ts';
import { NATIONAL_RADAR } from './national.ts';

const item = (number: number) => `${POLICIES.sishui}附件第${number}项`;
const OPEN = `${item(2)}：三会三公开`;
const DAYS = '时限为平台约定';

/** 泗水: 三公开, the street's uniform board (3), public income in the company's appraisal (11). */
export const SISHUI_RADAR: readonly RadarItem[] = overNationalRadar(NATIONAL_RADAR, [
  radarItem('SERVICE_STANDARD', 'COMPANY', standing(), OPEN),
  radarItem('FEE_STANDARD', 'COMPANY', standing(), OPEN),
  radarItem('COMPLAINT_CHANNELS', 'COMPANY', standing(180), OPEN),
  radarItem('PUBLIC_INCOME', 'COMPANY', each('QUARTER', 30), `${OPEN}；${item(11)}；${DAYS}`),
  radarItem('CONTACT_BOARD', 'STREET', standing(90), `${item(3)}：街道统一制作公示牌`),
  radarItem('JOINT_MEETING', 'STREET', each('QUARTER', 15), `${OPEN}：恳谈会、调解委员会、联席会；${DAYS}`),
]);
