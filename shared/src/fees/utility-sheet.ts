import {
  type Month,
  parseDecimal,
  parseRate,
  parseYuan,
  tidyText,
  toHalfWidth,
  yuanText,
} from '../kernel/index.ts';
import {
  type RowReader,
  type SheetColumn,
  type SheetReport,
  type SheetRow,
  isDash,
  openTable,
} from '../sheet/index.ts';
import { meterAmount } from './arithmetic.ts';
import { FEE_SHEET_EXPECTATIONS, type FeeSheetFaultCode } from './sheet-faults.ts';
import {
  type UtilityCharge,
  type UtilityMethod,
  type UtilityMonth,
  type UtilityScope,
  namesBuilding,
  quantityText,
} from './utilities.ts';

const UTILITY_SHEET_COLUMNS = [
  { key: 'name', label: '项目', synonyms: ['名称', '表名', '分摊项目', '费用项目'], required: true },
  { key: 'previous', label: '上期读数', synonyms: ['上月读数', '起码', '起度', '期初读数'], required: true },
  { key: 'current', label: '本期读数', synonyms: ['本月读数', '止码', '止度', '期末读数'], required: true },
  { key: 'usage', label: '用量', synonyms: ['本期用量', '实际用量', '度数'], required: true },
  { key: 'price', label: '单价', synonyms: ['价格', '电价', '水价'], required: true },
  { key: 'amount', label: '金额', synonyms: ['费用', '合计金额', '应分摊金额'], required: true },
  { key: 'scope', label: '分摊范围', synonyms: ['范围', '分摊对象'], required: true },
  { key: 'method', label: '分摊方式', synonyms: ['分摊方法', '分摊依据', '方式'], required: true },
] as const satisfies readonly SheetColumn<string>[];

type UtilityColumn = (typeof UTILITY_SHEET_COLUMNS)[number]['key'];
type Reader = RowReader<UtilityColumn, FeeSheetFaultCode>;

/** Reads a month's common utilities 公共水电费分摊表. `buildings` are the names of the roll; without it any may stand. */
export function readUtilitySheet(
  rows: readonly SheetRow[],
  buildings: readonly string[] | null = null,
): SheetReport<UtilityMonth, FeeSheetFaultCode> {
  const table = openTable<UtilityColumn, FeeSheetFaultCode>(
    rows,
    UTILITY_SHEET_COLUMNS,
    FEE_SHEET_EXPECTATIONS,
  );
  const month = monthInTitle(table.header?.title ?? []);
  if (table.header !== null && month === null) {
    const found = table.header.title[0] ?? '没有标题';
    table.fault({ row: 1, column: '标题', found }, 'UTILITY_SHEET.MONTH_MISSING');
  }
  const seen = new Map<string, number>();
  const charges = table.rows.flatMap((row) => readCharge(row, buildings, seen) ?? []);
  return table.report({ month: month ?? '', charges });
}

/** 2026年10月 in a title. */
function monthInTitle(title: readonly string[]): Month | null {
  for (const text of title) {
    const match = /(\d{4})\s*年\s*(1[0-2]|0?[1-9])\s*月(?!\s*\d{1,2}\s*日)/.exec(toHalfWidth(text));
    if (match !== null) return `${match[1] ?? ''}-${(match[2] ?? '').padStart(2, '0')}`;
  }
  return null;
}

function readCharge(
  row: Reader,
  buildings: readonly string[] | null,
  seen: Map<string, number>,
): UtilityCharge | null {
  const name = readName(row, seen);
  const previous = row.parse('previous', twoDecimals, 'UTILITY_SHEET.READING_NOT_NUMBER');
  const current = row.parse('current', twoDecimals, 'UTILITY_SHEET.READING_NOT_NUMBER');
  const usage = row.parse('usage', twoDecimals, 'UTILITY_SHEET.USAGE_NOT_NUMBER');
  const price = row.parse('price', parseRate, 'UTILITY_SHEET.PRICE_NOT_NUMBER');
  const amount = row.parse('amount', parseYuan, 'UTILITY_SHEET.AMOUNT_NOT_NUMBER');
  const scope = row.parse('scope', parseScope, 'UTILITY_SHEET.SCOPE_UNKNOWN');
  const method = row.parse('method', parseMethod, 'UTILITY_SHEET.METHOD_UNKNOWN');
  checkArithmetic(row, { previous, current, usage, price, amount });
  checkBuildings(row, scope, buildings);
  if (name === null || previous === null || current === null || usage === null) return null;
  if (price === null || amount === null || scope === null || method === null) return null;
  return {
    name,
    previousCenti: previous,
    currentCenti: current,
    usageCenti: usage,
    priceTenThousandthYuan: price,
    amountFen: amount,
    scope,
    method,
  };
}

/** Every number that can be checked is checked, also where another cell of the row is at fault. */
function checkArithmetic(
  row: Reader,
  {
    previous,
    current,
    usage,
    price,
    amount,
  }: Readonly<Record<'previous' | 'current' | 'usage' | 'price' | 'amount', number | null>>,
): void {
  if (previous !== null && current !== null) {
    if (current < previous)
      row.fault('current', 'UTILITY_SHEET.READING_BACKWARDS', { previous: quantityText(previous) });
    else if (usage !== null && usage !== current - previous)
      row.fault('usage', 'UTILITY_SHEET.USAGE_MISMATCH', { expected: quantityText(current - previous) });
  }
  if (usage === null || price === null || amount === null || usage < 0 || price < 0) return;
  const expected = meterAmount(usage, price);
  if (amount !== expected)
    row.fault('amount', 'UTILITY_SHEET.AMOUNT_MISMATCH', { expected: yuanText(expected) });
}

function checkBuildings(row: Reader, scope: UtilityScope | null, buildings: readonly string[] | null): void {
  if (buildings === null || scope?.kind !== 'BUILDINGS') return;
  const unknown = scope.buildings.filter((name) => !namesBuilding(buildings, name));
  if (unknown.length > 0)
    row.fault('scope', 'UTILITY_SHEET.BUILDING_UNKNOWN', { buildings: buildings.join('、') });
}

function readName(row: Reader, seen: Map<string, number>): string | null {
  const name = row.text('name');
  const earlier = seen.get(name);
  if (isDash(name)) row.fault('name', 'UTILITY_SHEET.NAME_MISSING');
  else if (earlier !== undefined) row.fault('name', 'UTILITY_SHEET.NAME_DUPLICATE', { row: earlier });
  else {
    seen.set(name, row.row);
    return row.prose('name');
  }
  return null;
}

const SCOPES: readonly (readonly [RegExp, UtilityScope])[] = [
  [/^(全体|所有|全部)?(业主|住户|用户|小区)$/, { kind: 'ALL' }],
  [/^(全体|所有|全部)(住宅)(业主|住户)?$/, { kind: 'HOMES' }],
  [/^(全体|所有|全部)(商铺|商业|商户|底商)(业主)?$/, { kind: 'SHOPS' }],
];

/** 全体业主, 全体住宅, 9号楼, 9号楼、10号楼. */
export function parseScope(text: string): UtilityScope | null {
  const name = tidyText(text).replace(/\s/g, '');
  for (const [pattern, scope] of SCOPES) if (pattern.test(name)) return scope;
  const buildings = name.split(/[、,;/和及]/).filter((part) => part !== '');
  const named = buildings.every((part) =>
    /^[0-9A-Za-z一二三四五六七八九十]+(号|#)?(楼|栋|幢|座|#)$/.test(part),
  );
  return named && buildings.length > 0 ? { kind: 'BUILDINGS', buildings } : null;
}

/** 专有部分面积, 按户. */
export function parseMethod(text: string): UtilityMethod | null {
  const name = tidyText(text).replace(/[\s按]/g, '');
  if (/^(专有部分|专有|建筑)?面积(分摊|比例)?$/.test(name)) return 'AREA';
  return /^(户|户数|每户)(均摊|平摊|分摊|平均)?$/.test(name) ? 'HOUSEHOLD' : null;
}

const twoDecimals = (text: string): number | null => parseDecimal(text, 2);
