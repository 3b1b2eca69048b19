import { type RadarItem, each, overNationalRadar, radarItem, standing } from '../../disclosure/index.ts';
import { POLICIES } from '../routing/policies.ts';
import { NATIONAL_RADAR } from './national.ts';

const article = (number: number) => `${POLICIES.shanghai}第${number}条`;
const DAYS = '时限为平台约定';

/** 上海: income by the quarter (66), its yearly audit (67). */
export const SHANGHAI_RADAR: readonly RadarItem[] = overNationalRadar(NATIONAL_RADAR, [
  radarItem('SERVICE_STANDARD', 'COMPANY', standing(), article(48)),
  radarItem('FEE_STANDARD', 'COMPANY', standing(), article(48)),
  radarItem('PUBLIC_INCOME', 'COMPANY', each('QUARTER', 30), `${article(66)}：每季度公布；${DAYS}`),
  radarItem('INCOME_AUDIT', 'COMMITTEE', each('YEAR', 180), `${article(67)}：年度审计，公告三十日；${DAYS}`),
]);
