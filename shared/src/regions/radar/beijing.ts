import { type RadarItem, each, overNationalRadar, radarItem, standing } from '../../disclosure/index.ts';
import { POLICIES } from '../routing/policies.ts';
import { NATIONAL_RADAR } from './national.ts';

const posted = (part: string) => `${POLICIES.beijing}第70条（${part}）`;
const DAYS = '时限为平台约定';

/** 北京: article 70, kept up to date; yearly figures of the year before. */
export const BEIJING_RADAR: readonly RadarItem[] = overNationalRadar(NATIONAL_RADAR, [
  radarItem('MANAGER', 'COMPANY', standing(180), posted('一')),
  radarItem('SERVICE_PHONES', 'COMPANY', standing(180), posted('一')),
  radarItem('SERVICE_STANDARD', 'COMPANY', standing(), posted('二')),
  radarItem('FEE_STANDARD', 'COMPANY', standing(), posted('二')),
  radarItem('FACILITY_CARE', 'COMPANY', standing(180), posted('三')),
  radarItem('PERFORMANCE', 'COMPANY', each('YEAR', 90), `${posted('四')}；${DAYS}`),
  radarItem('UTILITIES', 'COMPANY', each('YEAR', 90), `${posted('五')}；${DAYS}`),
  radarItem('PUBLIC_INCOME', 'COMPANY', each('YEAR', 90), `${posted('五')}；${DAYS}`),
  radarItem(
    'MAINT_FUND',
    'COMPANY',
    each('YEAR', 90),
    `${posted('五')}；自行管理的按第84条每季度公布；${DAYS}`,
  ),
  radarItem('DECORATION', 'COMPANY', standing(90), posted('六')),
  radarItem('PARKING_SPACES', 'COMPANY', standing(90), posted('七')),
]);
