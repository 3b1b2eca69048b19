import { crc32 } from 'node:zlib';
import { type Entry, fromBufferPromise, openPromise, type ZipFile } from 'yauzl';
import { ARCHIVE_LIMITS } from './limits.ts';
import { damaged, sheetRefused, SheetRefused } from './sheet-errors.ts';
import type { Reading } from './sheet-row.ts';
import type { SheetSource } from './source.ts';

/** A part of the archive, e.g. `xl/workbook.xml`. */
export interface ArchivePart {
  readonly bytes: number;
  /** The part's bytes as they are unzipped. */
  pieces(): AsyncGenerator<Buffer>;
  /** The same as text. */
  text(): AsyncGenerator<string>;
}

export interface Archive {
  /** Names are compared without case, as some writers of .xlsx spell them their own way. */
  part(name: string): ArchivePart | null;
  close(): void;
}

/** Opens a zip and reads its directory; refuses what is encrypted or too much before anything is unzipped. */
export async function openArchive(source: SheetSource, reading: Reading): Promise<Archive> {
  const zip = await judged(reading, () =>
    typeof source === 'string' ? openPromise(source, { autoClose: false }) : fromBufferPromise(source),
  );
  try {
    const entries = await judged(reading, () => directory(zip, reading));
    return {
      part(name) {
        const entry = entries.get(name.toLowerCase());
        return entry === undefined ? null : archivePart(zip, entry, reading);
      },
      close: () => zip.close(),
    };
  } catch (error) {
    zip.close();
    throw error;
  }
}

async function directory(zip: ZipFile, { limits, signal }: Reading): Promise<Map<string, Entry>> {
  if (zip.entryCount > ARCHIVE_LIMITS.entries) throw sheetRefused('SHEET.UNSAFE');
  const entries = new Map<string, Entry>();
  let unzippedBytes = 0;
  for await (const entry of zip.eachEntry()) {
    signal?.throwIfAborted();
    if (entry.isEncrypted()) throw sheetRefused('SHEET.ENCRYPTED');
    unzippedBytes += entry.uncompressedSize;
    if (unzippedBytes > limits.unzippedBytes) throw sheetRefused('SHEET.UNZIPPED_TOO_LARGE');
    entries.set(entry.fileName.toLowerCase(), entry);
  }
  return entries;
}

function archivePart(zip: ZipFile, entry: Entry, reading: Reading): ArchivePart {
  // The zip library checks each part against the size that its directory states, so the sum above cannot lie; the
  // checksum it leaves to us.
  async function* pieces(): AsyncGenerator<Buffer> {
    const stream = await judged(reading, () => zip.openReadStreamPromise(entry));
    let checksum = 0;
    try {
      for await (const piece of stream as AsyncIterable<Buffer>) {
        reading.signal?.throwIfAborted();
        checksum = crc32(piece, checksum);
        yield piece;
      }
    } catch (error) {
      throw judgement(error, reading);
    } finally {
      stream.destroy();
    }
    if (checksum !== entry.crc32) throw damaged();
  }
  async function* text(): AsyncGenerator<string> {
    const decoder = new TextDecoder('utf-8', { fatal: true });
    for await (const piece of pieces()) yield decoded(() => decoder.decode(piece, { stream: true }));
    yield decoded(() => decoder.decode());
  }
  return { bytes: entry.uncompressedSize, pieces, text };
}

function decoded(decode: () => string): string {
  try {
    return decode();
  } catch (error) {
    throw damaged(error);
  }
}

async function judged<T>(reading: Reading, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw judgement(error, reading);
  }
}

/** What a library throws is the file's fault, but for an abort and a disk that fails. */
function judgement(error: unknown, { signal }: Reading): unknown {
  const isOurs = error instanceof SheetRefused || signal?.aborted === true;
  const isOfTheSystem = typeof error === 'object' && error !== null && 'syscall' in error;
  return isOurs || isOfTheSystem ? error : damaged(error);
}
