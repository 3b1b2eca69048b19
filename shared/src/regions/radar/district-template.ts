import { type RadarItem, each, overNationalRadar, radarItem, standing } from '../../disclosure/index.ts';
import { POLICIES } from '../routing/policies.ts';
import { NATIONAL_RADAR } from './national.ts';

const FIRM = `${POLICIES.districtTemplate}四（二）2（1）`;
const POSTED = `${POLICIES.districtTemplate}四（二）4：醒目位置公示《条例》第三十九条内容`;

/** 区级模板: not posting is a named fault. Its list of debtors is not built. */
export const DISTRICT_TEMPLATE_RADAR: readonly RadarItem[] = overNationalRadar(NATIONAL_RADAR, [
  radarItem('SERVICE_STANDARD', 'COMPANY', standing(), `${POSTED}；${FIRM}`),
  radarItem('FEE_STANDARD', 'COMPANY', standing(), `${POSTED}；${FIRM}`),
  radarItem('PUBLIC_INCOME', 'COMPANY', each('QUARTER', 30), `${FIRM}：收益须公示；时限为平台约定`),
]);
