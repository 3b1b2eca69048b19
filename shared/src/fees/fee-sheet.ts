import { parseRate, tidyText } from '../kernel/index.ts';
import {
  type RowReader,
  type SheetColumn,
  type SheetReport,
  type SheetRow,
  isDash,
  openTable,
} from '../sheet/index.ts';
import { FEE_TARGETS, FEE_UNITS, type FeeItem, type FeeTarget, type FeeUnit, ledgerOf } from './schedule.ts';
import { FEE_SHEET_EXPECTATIONS, type FeeSheetFaultCode } from './sheet-faults.ts';

const FEE_SHEET_COLUMNS = [
  { key: 'name', label: '收费项目', synonyms: ['项目', '项目名称', '收费名称', '收费内容'], required: true },
  {
    key: 'target',
    label: '适用对象',
    synonyms: ['收费对象', '适用范围', '收费范围', '对象'],
    required: true,
  },
  { key: 'unit', label: '计费单位', synonyms: ['单位', '计价单位', '收费单位'], required: true },
  {
    key: 'rate',
    label: '收费标准',
    synonyms: ['标准', '单价', '价格', '收费单价', '执行标准'],
    required: true,
  },
  { key: 'grade', label: '服务等级', synonyms: ['等级', '服务标准', '星级'], required: false },
  { key: 'basis', label: '依据', synonyms: ['收费依据', '定价依据', '合同依据', '文件依据'], required: true },
  { key: 'note', label: '说明', synonyms: ['备注', '收费说明'], required: false },
  { key: 'reference', label: '参考价', synonyms: ['政府指导价', '指导价', '参考标准'], required: false },
] as const satisfies readonly SheetColumn<string>[];

type FeeColumn = (typeof FEE_SHEET_COLUMNS)[number]['key'];
type Reader = RowReader<FeeColumn, FeeSheetFaultCode>;

/** Reads a published fee schedule 收费公示表 into items; charges that exist keep their code by name. */
export function readFeeSheet(
  rows: readonly SheetRow[],
  known: readonly FeeItem[] = [],
): SheetReport<readonly FeeItem[], FeeSheetFaultCode> {
  const table = openTable<FeeColumn, FeeSheetFaultCode>(rows, FEE_SHEET_COLUMNS, FEE_SHEET_EXPECTATIONS);
  const codes = new ItemCodes(known);
  const seen = new Map<string, number>();
  const items = table.rows.flatMap((row) => readItem(row, codes, seen) ?? []);
  return table.report(items);
}

function readItem(row: Reader, codes: ItemCodes, seen: Map<string, number>): FeeItem | null {
  const name = row.required('name', 'FEE_SHEET.NAME_MISSING');
  const target = row.parse('target', parseTarget, 'FEE_SHEET.TARGET_UNKNOWN');
  const unit = row.parse('unit', parseFeeUnit, 'FEE_SHEET.UNIT_UNKNOWN');
  const rate = row.parse('rate', parseRate, 'FEE_SHEET.RATE_NOT_NUMBER');
  const basis = row.required('basis', 'FEE_SHEET.BASIS_MISSING');
  const referenceRate = row.parseOptional('reference', parseRate, 'FEE_SHEET.REFERENCE_NOT_NUMBER', null);
  if (rate !== null && rate < 0) row.fault('rate', 'FEE_SHEET.RATE_NEGATIVE');
  if (rate === 0 && unit !== null && unit !== 'SQM_SHARED') row.fault('rate', 'FEE_SHEET.RATE_ZERO');
  if (name === null || target === null || unit === null || rate === null || basis === null) return null;

  const key = itemKey(name, target);
  const earlier = seen.get(key);
  if (earlier !== undefined) {
    row.fault('name', 'FEE_SHEET.NAME_DUPLICATE', { row: earlier });
    return null;
  }
  seen.set(key, row.row);
  return {
    code: codes.codeOf(name, target),
    name,
    target,
    unit,
    rateTenThousandthYuan: rate,
    serviceGrade: isDash(row.text('grade')) ? null : row.prose('grade'),
    basis,
    note: isDash(row.text('note')) ? '' : row.prose('note'),
    ledger: ledgerOf(target, name),
    reference: referenceRate === null ? null : { rateTenThousandthYuan: referenceRate, source: '' },
  };
}

/** 多层住宅, 高层, 产权车位 …; null for what is nobody known. */
export function parseTarget(text: string): FeeTarget | null {
  return byName(FEE_TARGETS, text);
}

/** 元/㎡·月 in any of its spellings. */
export function parseFeeUnit(text: string): FeeUnit | null {
  return byName(FEE_UNITS, text);
}

function byName<Key extends string>(
  table: Readonly<Record<Key, { readonly label: string; readonly synonyms: readonly string[] }>>,
  text: string,
): Key | null {
  const wanted = plain(text);
  for (const [key, { label, synonyms }] of Object.entries(table) as [
    Key,
    { label: string; synonyms: string[] },
  ][]) {
    if ([label, ...synonyms].some((name) => plain(name) === wanted)) return key;
  }
  return null;
}

/** The many dots, slashes and squares people type mean the same: 元／平方米．月 = 元/㎡·月. */
function plain(text: string): string {
  return tidyText(text)
    .replace(/\s/g, '')
    .replace(/[•・‧∙⋅.。、*×]/g, '·')
    .replace(/每/g, '/')
    .replace(/(平方米|平米|m2|m²|M2|M²)/g, '㎡');
}

/** The same charge, however its brackets and blanks are typed. */
function itemKey(name: string, target: FeeTarget): string {
  return `${tidyText(name).replace(/\s/g, '')}·${target}`;
}

/** Codes for the charges of a sheet: what is known by name keeps its code, what is new gets the next free one. */
class ItemCodes {
  private readonly byName: Map<string, string>;
  private readonly taken: Set<string>;

  constructor(known: readonly FeeItem[]) {
    this.byName = new Map(known.map(({ name, target, code }) => [itemKey(name, target), code]));
    this.taken = new Set(known.map(({ code }) => code));
  }

  codeOf(name: string, target: FeeTarget): string {
    const known = this.byName.get(itemKey(name, target));
    if (known !== undefined) return known;
    let number = 1;
    while (this.taken.has(`${target}-${number}`)) number += 1;
    const code = `${target}-${number}`;
    this.taken.add(code);
    return code;
  }
}
