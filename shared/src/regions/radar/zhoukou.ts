import { type RadarItem, each, overNationalRadar, radarItem, standing } from '../../disclosure/index.ts';
import { POLICIES } from '../routing/policies.ts';
import { NATIONAL_RADAR } from './national.ts';

const task = (number: number) => `${POLICIES.zhoukou}三.${number}`;
const LASTING = `${task(5)}：显著位置持续公示`;
const DAYS = '时限为平台约定';

/** 周口: posted without a break (5), income by the quarter with every line (7), meetings announced beforehand (16). */
export const ZHOUKOU_RADAR: readonly RadarItem[] = overNationalRadar(NATIONAL_RADAR, [
  radarItem('SERVICE_STANDARD', 'COMPANY', standing(), LASTING),
  radarItem('FEE_STANDARD', 'COMPANY', standing(), LASTING),
  radarItem(
    'PUBLIC_INCOME',
    'COMPANY',
    each('QUARTER', 30),
    `${LASTING}；${task(7)}：按季度公示收支明细；${DAYS}`,
  ),
  radarItem('COMPLAINT_LEVELS', 'COMPANY', standing(90), LASTING),
  radarItem(
    'MAINT_FUND',
    'COMMITTEE',
    each('YEAR', 90),
    `${POLICIES.zhoukou}三（四）14：使用情况全程公示；${DAYS}`,
  ),
  radarItem(
    'JOINT_MEETING',
    'COMMUNITY',
    each('QUARTER', 15),
    `${task(16)}：每季度至少一次，议题提前公示；${DAYS}`,
  ),
  radarItem(
    'REFERENCE_PRICE',
    'HOUSING',
    each('YEAR', 90),
    `${task(1)}：动态更新服务标准与参考价格；${DAYS}`,
  ),
  radarItem(
    'INCOME_AUDIT',
    'COMPANY',
    each('YEAR', 180),
    `${task(7)}：可以委托年度审计，结果须公示；${DAYS}`,
  ),
]);
