import { type RadarItem, overNationalRadar, radarItem, standing } from '../../disclosure/index.ts';
import { POLICIES } from '../routing/policies.ts';
import { NATIONAL_RADAR } from './national.ts';

const task = (numbers: string) => `${POLICIES.shuangliao}任务${numbers}`;

/** 双辽: on the wall (19) and on the platform (5, 7). */
export const SHUANGLIAO_RADAR: readonly RadarItem[] = overNationalRadar(NATIONAL_RADAR, [
  radarItem('SERVICE_STANDARD', 'COMPANY', standing(), task('19：服务内容、服务标准公示上墙')),
  radarItem('FEE_STANDARD', 'COMPANY', standing(), task('19：收费金额公示上墙；任务7：街道核实')),
  radarItem('TENDER', 'STREET', standing(), task('5：公示物业中标、交接')),
]);
