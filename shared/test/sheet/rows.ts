import type { SheetRow } from '../../src/sheet/index.ts';

/** Rows of a sheet out of a text: one line a row, cells between bars. The first line that is not empty is row 1. */
export function rowsOf(text: string): SheetRow[] {
  return text
    .replace(/^\n/, '')
    .split('\n')
    .map((line, index) => ({ row: index + 1, cells: line.split('|') }));
}
