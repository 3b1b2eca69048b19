import type { SheetRow } from '@linli/shared/sheet';
import {
  readSheet,
  SheetRefused,
  type ReadSheetOptions,
  type SheetSource,
} from '../../../src/kernel/spreadsheet/index.ts';

export async function rowsOf(source: SheetSource, options?: ReadSheetOptions): Promise<SheetRow[]> {
  const rows: SheetRow[] = [];
  for await (const row of readSheet(source, options)) rows.push(row);
  return rows;
}

/** Only the cells, for specs in which the row numbers say nothing. */
export async function cellsOf(source: SheetSource): Promise<(readonly string[])[]> {
  return (await rowsOf(source)).map(({ cells }) => cells);
}

/** The refusal of a file that must not be read. */
export async function refusalOf(source: SheetSource, options?: ReadSheetOptions): Promise<SheetRefused> {
  try {
    await rowsOf(source, options);
  } catch (error) {
    if (error instanceof SheetRefused) return error;
    throw error;
  }
  throw new Error('the file was read');
}
