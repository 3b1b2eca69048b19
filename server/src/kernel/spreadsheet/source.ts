import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { setImmediate } from 'node:timers/promises';

/** A spreadsheet's bytes: in memory, or a file by its path. */
export type SheetSource = Buffer | string;

const PIECE_BYTES = 65_536;

export async function sourceBytes(source: SheetSource): Promise<number> {
  return typeof source === 'string' ? (await stat(source)).size : source.length;
}

/** The first bytes, at most `length`. */
export async function sourceHead(source: SheetSource, length: number): Promise<Buffer> {
  if (typeof source !== 'string') return source.subarray(0, length);
  const file = await open(source);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/** The bytes piece by piece, so that a reader can be stopped between two. */
export async function* sourcePieces(source: SheetSource): AsyncGenerator<Buffer> {
  if (typeof source === 'string') {
    yield* createReadStream(source, { highWaterMark: PIECE_BYTES }) as AsyncIterable<Buffer>;
    return;
  }
  for (let start = 0; start < source.length; start += PIECE_BYTES) {
    yield source.subarray(start, start + PIECE_BYTES);
    // Nothing else waits when the bytes are at hand: without this turn a large file would hold up every other request.
    await setImmediate();
  }
}
