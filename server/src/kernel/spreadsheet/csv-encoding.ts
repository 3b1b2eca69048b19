import iconv from 'iconv-lite';
import { isUtf16 } from './file-kind.ts';
import { sheetRefused } from './sheet-errors.ts';
import { sourcePieces, type SheetSource } from './source.ts';

export type CsvEncoding = 'utf-8' | 'gb18030' | 'utf-16le' | 'utf-16be';

/**
 * The encoding of a text file. A byte order mark tells; otherwise what is valid UTF-8 from end to end is UTF-8,
 * as Chinese text in GB18030 practically never is by accident; the rest is GB18030, which Excel writes in China.
 */
export async function csvEncoding(source: SheetSource, head: Buffer): Promise<CsvEncoding> {
  if (isUtf16(head)) return head[0] === 0xff ? 'utf-16le' : 'utf-16be';
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    for await (const piece of sourcePieces(source)) decoder.decode(piece, { stream: true });
    decoder.decode();
    return 'utf-8';
  } catch (error) {
    if (isNotUtf8(error)) return 'gb18030';
    throw error;
  }
}

/** Decodes piece by piece, without the byte order mark; refuses bytes that the encoding does not know. */
export function csvDecoder(encoding: CsvEncoding): { write(piece: Buffer): string; end(): string } {
  const decoder = iconv.getDecoder(encoding, { stripBOM: true });
  return { write: (piece) => checked(decoder.write(piece)), end: () => checked(decoder.end()) };
}

/** Not `instanceof`: a fault of the disk must not pass for another encoding. */
function isNotUtf8(error: unknown): boolean {
  return (error as { readonly code?: unknown }).code === 'ERR_ENCODING_INVALID_ENCODED_DATA';
}

function checked(text: string | undefined): string {
  if (text?.includes('\uFFFD') === true) throw sheetRefused('SHEET.ENCODING');
  return text ?? '';
}
