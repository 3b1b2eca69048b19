export { SHEET_LIMITS, type SheetLimits } from './limits.ts';
export { readSheet } from './read-sheet.ts';
export { SHEET_ERRORS, SheetRefused, type SheetErrorCode } from './sheet-errors.ts';
export type { ReadSheetOptions, SheetProgress } from './sheet-row.ts';
export type { SheetSource } from './source.ts';
