import { pipeline, Readable } from 'node:stream';
import type { SheetRow } from '@linli/shared/sheet';
import { CsvError, parse } from 'csv-parse';
import { csvDelimiter } from './csv-delimiter.ts';
import { csvDecoder, csvEncoding } from './csv-encoding.ts';
import { KIND_HEAD_BYTES } from './file-kind.ts';
import { ARCHIVE_LIMITS, type SheetLimits } from './limits.ts';
import { sheetRefused } from './sheet-errors.ts';
import { finishRow, type Reading } from './sheet-row.ts';
import { sourceHead, sourcePieces, type SheetSource } from './source.ts';

const SAMPLE_CHARS = 32_768;

/** The rows of a .csv. A row's number is what Excel shows: blank lines count, a text over two lines is one row. */
export async function* csvRows(
  source: SheetSource,
  bytes: number,
  reading: Reading,
): AsyncGenerator<SheetRow> {
  const { limits } = reading;
  let rows = 0;
  const onPiece = (readBytes: number) => reading.onProgress({ rows, share: readBytes / bytes });
  let record = 0;
  try {
    for await (const cells of csvRecords(source, reading, onPiece)) {
      record += 1;
      if (record > ARCHIVE_LIMITS.lastRow) throw sheetRefused('SHEET.TOO_MANY_ROWS', { max: limits.rows });
      const finished = finishRow(record, cells.map(plainCell), limits);
      if (finished === null) continue;
      rows += 1;
      if (rows > limits.rows) throw sheetRefused('SHEET.TOO_MANY_ROWS', { max: limits.rows });
      yield finished;
    }
  } catch (error) {
    throw error instanceof CsvError ? refusedRecord(error, limits) : error;
  }
  reading.onProgress({ rows, share: 1 });
}

async function* csvRecords(
  source: SheetSource,
  reading: Reading,
  onPiece: (readBytes: number) => void,
): AsyncGenerator<string[]> {
  const text = csvText(source, reading, onPiece);
  const { sample, whole } = await withSample(text);
  const parser = parse({
    delimiter: csvDelimiter(sample),
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    relax_quotes: true,
    // In bytes: a quote that is never closed must not collect the whole file.
    max_record_size: longestLine(reading.limits),
  });
  // A fault of either end reaches the loop through the parser; leaving the loop closes both.
  pipeline(Readable.from(whole), parser, () => {});
  yield* parser as AsyncIterable<string[]>;
}

async function* csvText(
  source: SheetSource,
  { limits, signal }: Reading,
  onPiece: (readBytes: number) => void,
): AsyncGenerator<string> {
  const decoder = csvDecoder(await csvEncoding(source, await sourceHead(source, KIND_HEAD_BYTES)));
  const longest = longestLine(limits);
  let readBytes = 0;
  let lineChars = 0;
  for await (const piece of sourcePieces(source)) {
    signal?.throwIfAborted();
    const text = decoder.write(piece);
    const lastBreak = Math.max(text.lastIndexOf('\n'), text.lastIndexOf('\r'));
    lineChars = lastBreak === -1 ? lineChars + text.length : text.length - lastBreak;
    // The parser would collect a line of nothing but delimiters cell by cell.
    if (lineChars > longest) throw sheetRefused('SHEET.UNSAFE');
    yield text;
    readBytes += piece.length;
    onPiece(readBytes);
  }
  yield decoder.end();
}

/** The first characters, to find the delimiter by, and the whole text again. */
async function withSample(
  text: AsyncGenerator<string>,
): Promise<{ sample: string; whole: AsyncGenerator<string> }> {
  let sample = '';
  while (sample.length < SAMPLE_CHARS) {
    const next = await text.next();
    if (next.done === true) break;
    sample += next.value;
  }
  async function* whole(): AsyncGenerator<string> {
    try {
      yield sample;
      yield* text;
    } finally {
      // Left before the rest was asked for: the file must be let go all the same.
      await text.return(undefined);
    }
  }
  return { sample, whole: whole() };
}

/** Bytes or characters that no row within the limits needs. */
function longestLine({ columns, cellChars }: SheetLimits): number {
  return columns * cellChars * 4;
}

/** `="0451"` is how a csv keeps Excel from eating a leading zero. */
function plainCell(text: string): string {
  return /^="([^"]*)"$/.exec(text)?.[1] ?? text;
}

function refusedRecord(error: CsvError, limits: SheetLimits): Error {
  // Rows that were parsed but not handed out yet are counted by the parser only.
  const row = Number(error['records'] ?? 0) + 1;
  if (error.code === 'CSV_QUOTE_NOT_CLOSED') return sheetRefused('SHEET.QUOTE', { row });
  if (error.code === 'CSV_MAX_RECORD_SIZE')
    return sheetRefused('SHEET.CELL_TOO_LONG', { row, max: limits.cellChars });
  return error;
}
