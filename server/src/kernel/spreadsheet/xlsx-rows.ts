import type { SheetRow } from '@linli/shared/sheet';
import { columnOfReference } from './cell-reference.ts';
import { ARCHIVE_LIMITS, type SheetLimits } from './limits.ts';
import { findDownMerges, mergeFiller, setCell } from './merged-cells.ts';
import { readCellFormats } from './number-formats.ts';
import { damaged, sheetRefused } from './sheet-errors.ts';
import { readSharedStrings } from './shared-strings.ts';
import { finishRow, type Reading } from './sheet-row.ts';
import type { SheetSource } from './source.ts';
import { readWorkbook } from './workbook.ts';
import { type Archive, openArchive } from './xlsx-archive.ts';
import { type CellContext, cellText } from './xlsx-cell.ts';
import { xmlReader, type XmlHandlers } from './xml-reader.ts';

/** The rows of an .xlsx, read from the zip as they are asked for. */
export async function* xlsxRows(source: SheetSource, reading: Reading): AsyncGenerator<SheetRow> {
  const archive = await openArchive(source, reading);
  try {
    yield* firstSheetRows(archive, reading);
  } finally {
    archive.close();
  }
}

async function* firstSheetRows(archive: Archive, reading: Reading): AsyncGenerator<SheetRow> {
  const { limits, onProgress } = reading;
  const workbook = await readWorkbook(archive);
  const partOf = (name: string | null) => (name === null ? null : archive.part(name));
  const sheet = partOf(workbook.sheetPart);
  if (sheet === null) throw damaged();

  const ready: SheetRow[] = [];
  let rows = 0;
  const fillMerged = mergeFiller(await findDownMerges(sheet));
  const reader = xmlReader(
    rowHandlers({
      strings: await readSharedStrings(partOf(workbook.stringsPart), limits),
      formats: await readCellFormats(partOf(workbook.stylesPart)),
      date1904: workbook.date1904,
      limits,
      onRow(row, cells) {
        fillMerged(row, cells);
        const finished = finishRow(row, cells, limits);
        if (finished === null) return;
        rows += 1;
        if (rows > limits.rows) throw sheetRefused('SHEET.TOO_MANY_ROWS', { max: limits.rows });
        ready.push(finished);
      },
    }),
  );

  let readBytes = 0;
  for await (const piece of sheet.text()) {
    readBytes += piece.length;
    reader.write(piece);
    yield* ready.splice(0);
    onProgress({ rows, share: Math.min(readBytes / Math.max(sheet.bytes, 1), 1) });
  }
  reader.end();
  yield* ready.splice(0);
  onProgress({ rows, share: 1 });
}

interface RowContext extends CellContext {
  readonly limits: SheetLimits;
  onRow(row: number, cells: string[]): void;
}

/** Turns the tags of a sheet into rows of texts. */
function rowHandlers(context: RowContext): XmlHandlers {
  const { limits, onRow } = context;
  const text = cellText(context);
  let row = 0;
  let cells: string[] = [];
  let column = -1;

  const openRow = (reference: string | undefined) => {
    const number = reference === undefined ? row + 1 : Number(reference);
    if (!Number.isInteger(number) || number <= row || number > ARCHIVE_LIMITS.lastRow) throw damaged();
    row = number;
    cells = [];
    column = -1;
  };

  const openCell = (attributes: Readonly<Record<string, string>>) => {
    const { r } = attributes;
    column = (r === undefined ? null : columnOfReference(r)) ?? column + 1;
    if (column >= ARCHIVE_LIMITS.lastColumn) throw damaged();
    text.begin(attributes);
  };

  const closeCell = () => {
    const found = text.finish();
    if (found === '') return;
    if (column >= limits.columns) throw sheetRefused('SHEET.TOO_MANY_COLUMNS', { row, max: limits.columns });
    setCell(cells, column, found);
  };

  return {
    open(name, attributes) {
      if (name === 'c') openCell(attributes);
      else if (name === 'row') openRow(attributes['r']);
      else text.open(name);
    },
    text: text.add,
    close(name) {
      if (name === 'c') closeCell();
      else if (name === 'row') onRow(row, cells);
      else text.close(name);
    },
  };
}
