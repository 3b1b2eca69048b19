import type { SheetRow } from '@linli/shared/sheet';
import type { SheetLimits } from './limits.ts';
import { sheetRefused } from './sheet-errors.ts';

/** How far the reading is; `share` of the file goes from 0 to 1. */
export interface SheetProgress {
  readonly rows: number;
  readonly share: number;
}

export interface ReadSheetOptions {
  readonly limits?: Partial<SheetLimits>;
  /** Aborting makes the next row throw the signal's reason; the file is closed. */
  readonly signal?: AbortSignal;
  /** Called after each piece of the file. */
  readonly onProgress?: (progress: SheetProgress) => void;
}

/** What the readers of each format are handed. */
export interface Reading {
  readonly limits: SheetLimits;
  readonly signal: AbortSignal | undefined;
  readonly onProgress: (progress: SheetProgress) => void;
}

/** Checks a row against the limits; null where nothing is in it. */
export function finishRow(row: number, cells: readonly string[], limits: SheetLimits): SheetRow | null {
  let length = cells.length;
  while (length > 0 && isBlank(cells[length - 1])) length -= 1;
  if (length === 0) return null;
  if (length > limits.columns) throw sheetRefused('SHEET.TOO_MANY_COLUMNS', { row, max: limits.columns });
  const kept = cells.slice(0, length);
  if (kept.some((cell) => cell.length > limits.cellChars))
    throw sheetRefused('SHEET.CELL_TOO_LONG', { row, max: limits.cellChars });
  return { row, cells: kept };
}

export function isBlank(text: string | undefined): boolean {
  return text === undefined || text.trim() === '';
}
