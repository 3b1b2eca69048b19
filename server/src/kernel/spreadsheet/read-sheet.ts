import type { SheetRow } from '@linli/shared/sheet';
import { csvRows } from './csv-rows.ts';
import { fileKind, KIND_HEAD_BYTES } from './file-kind.ts';
import { SHEET_LIMITS } from './limits.ts';
import { sheetRefused } from './sheet-errors.ts';
import type { Reading, ReadSheetOptions } from './sheet-row.ts';
import { sourceBytes, sourceHead, type SheetSource } from './source.ts';
import { xlsxRows } from './xlsx-rows.ts';

/**
 * The rows of the first visible sheet of an .xlsx, or of a .csv, one at a time: memory does not grow with the file.
 * Cells are texts as Excel shows them, dates 'YYYY-MM-DD'; blank rows are not handed out, the row numbers tell the gap.
 * What cannot be read throws `SheetRefused` with a code and a sentence; leaving the loop early closes the file.
 */
export async function* readSheet(
  source: SheetSource,
  options: ReadSheetOptions = {},
): AsyncGenerator<SheetRow, void, undefined> {
  const reading: Reading = {
    limits: { ...SHEET_LIMITS, ...options.limits },
    signal: options.signal,
    onProgress: options.onProgress ?? (() => {}),
  };
  reading.signal?.throwIfAborted();
  const bytes = await sourceBytes(source);
  if (bytes > reading.limits.fileBytes) {
    const max = Math.floor(reading.limits.fileBytes / 1024 / 1024);
    throw sheetRefused('SHEET.FILE_TOO_LARGE', { max });
  }
  const kind = fileKind(await sourceHead(source, KIND_HEAD_BYTES));
  yield* kind === 'ZIP' ? xlsxRows(source, reading) : csvRows(source, bytes, reading);
}
