import { fillMessage } from '../errors/index.ts';
import type { SheetFault, SheetFaultCode, SheetIgnored } from '../sheet/index.ts';
import { AREA_SOURCE_NAMES, UNIT_STATUS_NAMES, UNIT_USE_NAMES } from './estate.ts';
import { ROLL_LIMITS } from './limits.ts';
import { choiceText } from './roll-values.ts';

/** What is expected in place of what was found, for each fault a row of a roll can have. */
const ROLL_EXPECTATIONS = {
  'ROLL.BUILDING_MISSING': '写明楼栋，如 1号楼；商铺、车库也要写',
  'ROLL.ROOM_MISSING': '写明房号，如 101',
  'ROLL.ADDRESS_FORMAT': '写明楼栋和房号，如 1号楼1单元101',
  'ROLL.UNIT_DUPLICATE': '每户只写一行；{unit} 在第 {row} 行已经有了',
  'ROLL.USE_MISSING': `填 ${choiceText(UNIT_USE_NAMES)} 之一`,
  'ROLL.USE_UNKNOWN': `填 ${choiceText(UNIT_USE_NAMES)} 之一`,
  'ROLL.AREA_MISSING': '填面积，如 89.37',
  'ROLL.AREA_NOT_NUMBER': '填数字，如 89.37',
  'ROLL.AREA_NOT_POSITIVE': '面积要大于 0',
  'ROLL.AREA_DECIMALS': '最多两位小数，如 89.37',
  'ROLL.AREA_TOO_LARGE': `一户不超过 ${ROLL_LIMITS.areaCentiSqm / 100} ㎡，请检查单位`,
  'ROLL.AREA_SOURCE_UNKNOWN': `填 ${choiceText(AREA_SOURCE_NAMES)} 之一`,
  'ROLL.STATUS_MISSING': `填 ${choiceText(UNIT_STATUS_NAMES)} 之一`,
  'ROLL.STATUS_UNKNOWN': `填 ${choiceText(UNIT_STATUS_NAMES)} 之一`,
  'ROLL.OWNER_MISSING': '已交付的房屋要写产权人',
  'ROLL.OWNER_NAME': '只写姓名或单位名称，电话和证件号码写在各自的列里',
  'ROLL.OWNER_TOO_MANY': `一户最多 ${ROLL_LIMITS.coOwners} 位产权人和共有人`,
  'ROLL.ID_FORMAT': '填证件号码的后四位，如 0451、123X；Excel 吃掉的开头的 0 要补上',
  'ROLL.ID_COUNT': '只写产权人的后四位，或与产权人、共有人一一对应（共 {count} 位）',
  'ROLL.PHONE_INVALID': '填 11 位手机号，或带区号的固定电话',
  'ROLL.DEVELOPER_MISSING': '没有交付的房屋由开发企业投票和交费，请在产权人一列写明是哪一家',
  'ROLL.DEVELOPER_UNCLEAR': '名册里有几家开发企业，请在产权人一列写明这户属于哪一家',
  'ROLL.TEXT_TOO_LONG': '最多 {max} 个字',
  'ROLL.CELL_ERROR': '公式算不出结果，请改成数值或文字',
  'ROLL.CELL_FORMULA': '公式还没有算出结果，请用 Excel 或 WPS 打开并保存，或改成数值',
  'ROLL.TOO_MANY_FAULTS': '错误太多，后面的行没有再看；请先改正以上各处，或检查选对了文件',
} as const;

export type RollFaultCode = keyof typeof ROLL_EXPECTATIONS;
export type RollFault = SheetFault<RollFaultCode | SheetFaultCode>;

/** A value that was taken after tidying (full-width digits, units, blanks), so that nothing changes unseen. */
export interface RollNormalised {
  readonly row: number;
  readonly column: string;
  readonly found: string;
  readonly value: string;
}

/** A column the sheet lacks, and what was assumed for every row. */
export interface RollAssumption {
  readonly column: string;
  readonly assumed: string;
}

/** Everything that was found in a roll, whether or not it can be imported. */
export interface RollReport {
  /** Rows of data, faulty ones included; totals, notes and blank rows are not. */
  readonly rows: number;
  /** Rows without a fault. They are imported only where `errors` is empty. */
  readonly accepted: number;
  readonly errors: readonly RollFault[];
  readonly ignored: readonly SheetIgnored[];
  readonly normalised: readonly RollNormalised[];
  readonly assumptions: readonly RollAssumption[];
}

export function expectation(
  code: RollFaultCode,
  params: Readonly<Record<string, string | number>> = {},
): string {
  return fillMessage(ROLL_EXPECTATIONS[code], params);
}
