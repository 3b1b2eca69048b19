import { tidyText } from '../kernel/index.ts';
import type { DepartmentCode } from '../tickets/index.ts';

/**
 * How boards name departments: offices, bureaus, brigades of town, county and city. The first row that matches decides,
 * so what is more special stands first.
 */
const DEPARTMENT_NAMES: readonly (readonly [RegExp, DepartmentCode])[] = [
  [/12345|政务服务便民热线|市长热线/, 'HOTLINE'],
  [/消防/, 'FIRE'],
  [/人防|人民防空/, 'CIVIL_DEFENCE'],
  [/社区(居民)?(委员会|居委会|工作站|党)|居委会|居民委员会|村委会/, 'COMMUNITY'],
  [/公安|派出所|警务/, 'POLICE'],
  [/应急/, 'EMERGENCY'],
  [/生态环境|环保|环境(监察|监测|保护)/, 'ENVIRONMENT'],
  [/市场监(督|管)|市监|工商|质监|市场局/, 'MARKET'],
  [/发展(和)?改革|发改|物价/, 'PRICE'],
  [/自然资源|规划|国土/, 'PLANNING'],
  [/城市管理|城管|综合(行政)?执法|行政执法|执法局/, 'URBAN'],
  [/住(房)?(和)?(城乡)?建(设)?|房(屋|产)?管理|房管|建设局/, 'HOUSING'],
  [/司法/, 'JUSTICE'],
  [/财政/, 'FINANCE'],
  [/水务|水利/, 'WATER'],
  [/供电|电力|电网/, 'POWER'],
  [/供水|供气|燃气|供热|热力|自来水|通信|专营/, 'UTILITIES'],
  [/街道|办事处|人民政府|镇政府|乡政府|[镇乡]$/, 'STREET'],
];

/** Which body a board's line is about; null for one that no rule is written for. */
export function departmentOf(name: string): DepartmentCode | null {
  const text = tidyText(name).replace(/\s/g, '');
  return DEPARTMENT_NAMES.find(([pattern]) => pattern.test(text))?.[1] ?? null;
}
