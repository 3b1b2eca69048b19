import { checkRoll, type RollCheck } from '@linli/shared/estate';
import type { SheetRow } from '@linli/shared/sheet';

export const HEADER = [
  '楼栋',
  '单元',
  '房号',
  '用途',
  '专有部分面积(㎡)',
  '产权人',
  '共有人',
  '证件号码后四位',
  '联系电话',
  '面积来源',
  '交付状态',
];

export interface Cells {
  readonly 楼栋?: string;
  readonly 单元?: string;
  readonly 房号?: string;
  readonly 用途?: string;
  readonly 面积?: string;
  readonly 产权人?: string;
  readonly 共有人?: string;
  readonly 证件?: string;
  readonly 电话?: string;
  readonly 来源?: string;
  readonly 状态?: string;
}

/** A row under HEADER that is right in every cell but for those that a spec names. */
export function unitRow(cells: Cells = {}): string[] {
  return [
    cells.楼栋 ?? '1号楼',
    cells.单元 ?? '1单元',
    cells.房号 ?? '101',
    cells.用途 ?? '住宅',
    cells.面积 ?? '89.37',
    cells.产权人 ?? '张三',
    cells.共有人 ?? '',
    cells.证件 ?? '1234',
    cells.电话 ?? '13800000001',
    cells.来源 ?? '登记簿',
    cells.状态 ?? '已交付',
  ];
}

/** Checks lines as a sheet; a line that is null is a blank row. */
export async function checkLines(lines: readonly (readonly string[] | null)[]): Promise<RollCheck> {
  return checkRoll(sheetOf(lines));
}

/** Checks rows under HEADER, which stands in row 1. */
export async function checkUnits(...rows: readonly (readonly string[])[]): Promise<RollCheck> {
  return checkLines([HEADER, ...rows]);
}

export async function* sheetOf(lines: readonly (readonly string[] | null)[]): AsyncGenerator<SheetRow> {
  for (const [index, cells] of lines.entries()) if (cells !== null) yield { row: index + 1, cells };
}
