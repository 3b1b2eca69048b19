import { FEE_TARGETS, FEE_UNITS } from './schedule.ts';

const labels = (table: Readonly<Record<string, { readonly label: string }>>) =>
  Object.values(table)
    .map(({ label }) => label)
    .join('、');

/** What is expected in place of what was found, for each fault a fee sheet can have. */
export const FEE_SHEET_EXPECTATIONS = {
  'FEE_SHEET.NAME_MISSING': '写收费项目的名称，如 住宅物业费（多层）',
  'FEE_SHEET.NAME_DUPLICATE': '同一适用对象的同名项目只写一行；第 {row} 行已经有了',
  'FEE_SHEET.TARGET_UNKNOWN': `填 ${labels(FEE_TARGETS)} 之一`,
  'FEE_SHEET.UNIT_UNKNOWN': `填 ${labels(FEE_UNITS)} 之一`,
  'FEE_SHEET.RATE_NOT_NUMBER': '填数字，最多四位小数，如 0.65',
  'FEE_SHEET.RATE_NEGATIVE': '不能小于 0',
  'FEE_SHEET.RATE_ZERO': '要大于 0；只有按实际用量分摊的项目可以填 0',
  'FEE_SHEET.BASIS_MISSING': '写明依据：合同第几条，或业主大会哪次会议的决议',
  'FEE_SHEET.REFERENCE_NOT_NUMBER': '填数字，最多四位小数；没有参考价就空着',
  'UTILITY_SHEET.NAME_MISSING': '写明是哪只表，如 公共照明用电',
  'UTILITY_SHEET.NAME_DUPLICATE': '每只表只写一行；第 {row} 行已经有了',
  'UTILITY_SHEET.READING_NOT_NUMBER': '填读数，最多两位小数',
  'UTILITY_SHEET.READING_BACKWARDS': '本期读数不能小于上期读数 {previous}；换了表请分两行写',
  'UTILITY_SHEET.USAGE_NOT_NUMBER': '填用量，最多两位小数',
  'UTILITY_SHEET.USAGE_MISMATCH': '应为 {expected}（本期读数减上期读数）',
  'UTILITY_SHEET.PRICE_NOT_NUMBER': '填单价，最多四位小数，如 0.55',
  'UTILITY_SHEET.AMOUNT_NOT_NUMBER': '填金额，最多两位小数',
  'UTILITY_SHEET.AMOUNT_MISMATCH': '应为 {expected}（用量乘单价）',
  'UTILITY_SHEET.SCOPE_UNKNOWN': '填 全体业主、全体住宅、全体商铺，或楼栋名称，如 9号楼',
  'UTILITY_SHEET.BUILDING_UNKNOWN': '名册里没有这栋楼；有：{buildings}',
  'UTILITY_SHEET.METHOD_UNKNOWN': '填 专有部分面积 或 按户',
  'UTILITY_SHEET.MONTH_MISSING': '标题里写明年月，如 2026年10月公共水电费分摊',
} as const;

export type FeeSheetFaultCode = keyof typeof FEE_SHEET_EXPECTATIONS;
