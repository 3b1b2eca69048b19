import { tidyText } from '../kernel/index.ts';
import type { SheetFault, SheetFaultCode, SheetRow } from './rows.ts';

/** A column that a sheet may have: what it is called officially, and what people write instead. */
export interface SheetColumn<Key extends string> {
  readonly key: Key;
  readonly label: string;
  readonly synonyms: readonly string[];
  readonly required: boolean;
}

/** Where each column was found. */
export interface SheetHeader<Key extends string> {
  readonly row: number;
  /** Text of the title rows above the header, in reading order. */
  readonly title: readonly string[];
  readonly positions: ReadonlyMap<Key, number>;
  /** The sheet's own name of a column; the official label where the sheet has none. */
  nameOf(key: Key): string;
}

export type HeaderSearch<Key extends string> =
  | { readonly header: SheetHeader<Key>; readonly faults: readonly [] }
  | { readonly header: null; readonly faults: readonly SheetFault<SheetFaultCode>[] };

/** Titles, stamps and notes above the table; a header further down is a second table. */
const HEADER_WITHIN_ROWS = 20;

/** Finds the header row below the title rows: the row in which most of the known columns have a name. */
export function findHeader<Key extends string>(
  rows: readonly SheetRow[],
  columns: readonly SheetColumn<Key>[],
): HeaderSearch<Key> {
  const keys = keysByName(columns);
  let best: { row: SheetRow; hits: Key[] } | null = null;
  for (const row of rows.slice(0, HEADER_WITHIN_ROWS)) {
    const hits = row.cells.flatMap((cell) => keys.get(headerName(cell)) ?? []);
    if (hits.length > (best?.hits.length ?? 1)) best = { row, hits };
  }
  if (best === null) return { header: null, faults: [headerMissing(rows, columns)] };
  const faults = headerFaults(best.row, best.hits, columns);
  if (faults.length > 0) return { header: null, faults };
  return { header: headerAt(best.row, rows, keys, columns), faults: [] };
}

/** "金 额（元）*" and "金额" are the same header: blanks, a unit in brackets and marks do not count. */
export function headerName(cell: string): string {
  return tidyText(cell)
    .replace(/[\s*:]/g, '')
    .replace(/\([^()]*\)$/, '');
}

function keysByName<Key extends string>(columns: readonly SheetColumn<Key>[]): Map<string, Key> {
  const keys = new Map<string, Key>();
  for (const { key, label, synonyms } of columns) {
    for (const name of [label, ...synonyms]) keys.set(headerName(name), key);
  }
  return keys;
}

function headerAt<Key extends string>(
  row: SheetRow,
  rows: readonly SheetRow[],
  keys: Map<string, Key>,
  columns: readonly SheetColumn<Key>[],
): SheetHeader<Key> {
  const positions = new Map<Key, number>();
  const names = new Map<Key, string>(columns.map(({ key, label }) => [key, label]));
  row.cells.forEach((cell, index) => {
    const key = keys.get(headerName(cell));
    if (key === undefined) return;
    positions.set(key, index);
    names.set(key, tidyText(cell));
  });
  const title = rows
    .filter((above) => above.row < row.row)
    .flatMap((above) => above.cells.map(tidyText).filter((text) => text !== ''));
  return { row: row.row, title, positions, nameOf: (key) => names.get(key) ?? key };
}

function headerFaults<Key extends string>(
  row: SheetRow,
  hits: readonly Key[],
  columns: readonly SheetColumn<Key>[],
): SheetFault<SheetFaultCode>[] {
  const faults: SheetFault<SheetFaultCode>[] = [];
  for (const { key, label, synonyms, required } of columns) {
    const times = hits.filter((hit) => hit === key).length;
    if (required && times === 0) {
      faults.push({
        row: row.row,
        column: label,
        found: '没有这一列',
        expected: [
          `要有“${label}”列`,
          ...(synonyms.length > 0 ? [`也可以写作${synonyms.join('、')}`] : []),
        ].join('，'),
        code: 'SHEET.COLUMN_MISSING',
      });
    }
    if (times > 1) {
      faults.push({
        row: row.row,
        column: label,
        found: `有 ${times} 列`,
        expected: '只能有一列，请删掉多余的',
        code: 'SHEET.COLUMN_DUPLICATE',
      });
    }
  }
  return faults;
}

function headerMissing<Key extends string>(
  rows: readonly SheetRow[],
  columns: readonly SheetColumn<Key>[],
): SheetFault<SheetFaultCode> {
  const needed = columns.filter(({ required }) => required).map(({ label }) => label);
  return {
    row: rows[0]?.row ?? 1,
    column: '表头',
    found: rows.length === 0 ? '空表' : '没有找到表头',
    expected: `表头要有：${needed.join('、')}`,
    code: 'SHEET.HEADER_MISSING',
  };
}
