import { HASH_BYTES, type LogHash } from './merkle.ts';
import { checkpointText, parseCheckpoint } from './checkpoint.ts';
import type { LogPrimitives } from './primitives.ts';
import { formatReceipt, type LogReceipt, parseReceipt } from './receipt.ts';
import { type NoteSignature, noteOf, parseNote, signatureLine } from './signed-note.ts';
import { packText, unpackText } from './packed-text.ts';
import { utf8Text } from './utf8.ts';

/**
 * A receipt for a QR code 二维码: the same tlog-proof, said shortly and in digits, which a QR code holds at three to
 * the byte and which every scanner and address keeps as they are. Only the log's first signature goes along: the
 * witnesses' and that of a key on its way out are left to the text.
 */
const VERSION = 1;
const SIGNATURE_BYTES = 64;
/** Six bytes are fifteen digits; the last group may be shorter. */
const GROUP_BYTES = 6;
const DIGITS_OF_BYTES = [0, 3, 5, 8, 10, 13, 15] as const;
const GROUP_DIGITS = 15;

/** Null where the text is no receipt, or one that nobody signed. */
export function compactReceipt(primitives: LogPrimitives, text: string): string | null {
  const receipt = parseReceipt(primitives, text);
  const note = receipt === null ? null : parseNote(primitives, receipt.checkpoint);
  const checkpoint = note === null ? null : parseCheckpoint(primitives, note.text);
  const signature = note?.signatures.find(
    ({ name, bytes }) => name === checkpoint?.origin && bytes.length === SIGNATURE_BYTES,
  );
  const leaf = receipt === null ? null : utf8Text(receipt.leaf);
  if (receipt === null || checkpoint === null || signature === undefined || leaf === null) return null;
  // A leaf with control characters would be read as another one; JSON has none.
  if (unpackText(primitives, packText(primitives, leaf)) !== leaf) return null;
  const writer = new Writer();
  writer.byte(VERSION);
  writer.run(packText(primitives, leaf));
  writer.number(receipt.index);
  writer.number(checkpoint.size);
  writer.number(receipt.path.length);
  for (const hash of receipt.path) writer.bytes(hash);
  writer.run(packText(primitives, checkpoint.origin));
  writer.bytes(checkpoint.root);
  writer.uint32(signature.keyId);
  writer.bytes(signature.bytes);
  return digitsOf(writer.whole());
}

/** The receipt's text again; null where the digits are none of a receipt. */
export function expandReceipt(primitives: LogPrimitives, digits: string): string | null {
  const bytes = bytesOf(digits);
  if (bytes === null || bytes[0] !== VERSION) return null;
  const reader = new Reader(bytes, 1);
  const leaf = unpackText(primitives, reader.run());
  const index = reader.number();
  const size = reader.number();
  const path: LogHash[] = [];
  for (let left = reader.number(); left > 0 && !reader.failed; left -= 1) path.push(reader.take(HASH_BYTES));
  const origin = unpackText(primitives, reader.run());
  const root = reader.take(HASH_BYTES);
  const keyId = reader.uint32();
  const signature: NoteSignature = { name: origin ?? '', keyId, bytes: reader.take(SIGNATURE_BYTES) };
  if (leaf === null || origin === null || reader.failed || !reader.isAtEnd) return null;
  const receipt: LogReceipt = {
    leaf,
    index,
    path,
    checkpoint: noteOf(checkpointText(primitives, { origin, size, root }), [
      signatureLine(primitives, { name: origin, id: keyId }, signature.bytes),
    ]),
  };
  return formatReceipt(primitives, receipt);
}

function digitsOf(bytes: Uint8Array): string {
  let digits = '';
  for (let from = 0; from < bytes.length; from += GROUP_BYTES) {
    const group = bytes.subarray(from, from + GROUP_BYTES);
    let value = 0;
    for (const byte of group) value = value * 256 + byte;
    digits += String(value).padStart(DIGITS_OF_BYTES[group.length] ?? GROUP_DIGITS, '0');
  }
  return digits;
}

function bytesOf(digits: string): Uint8Array | null {
  if (!/^\d+$/.test(digits)) return null;
  const bytes: number[] = [];
  for (let from = 0; from < digits.length; from += GROUP_DIGITS) {
    const group = digits.slice(from, from + GROUP_DIGITS);
    const count = DIGITS_OF_BYTES.findIndex((length) => length === group.length);
    let value = Number(group);
    if (count < 1 || value >= 256 ** count) return null;
    const taken: number[] = [];
    for (let left = count; left > 0; left -= 1) {
      taken.unshift(value % 256);
      value = Math.floor(value / 256);
    }
    bytes.push(...taken);
  }
  return Uint8Array.from(bytes);
}

class Writer {
  readonly #bytes: number[] = [];

  byte(value: number): void {
    this.#bytes.push(value);
  }

  bytes(values: Uint8Array): void {
    for (const value of values) this.byte(value);
  }

  /** Seven bits a byte, the lowest first; the eighth says that more follow. */
  number(value: number): void {
    let left = value;
    for (; left >= 128; left = Math.floor(left / 128)) this.byte((left % 128) + 128);
    this.byte(left);
  }

  uint32(value: number): void {
    const bytes = new Uint8Array(4);
    new DataView(bytes.buffer).setUint32(0, value);
    this.bytes(bytes);
  }

  run(values: Uint8Array): void {
    this.number(values.length);
    this.bytes(values);
  }

  whole(): Uint8Array {
    return Uint8Array.from(this.#bytes);
  }
}

/** Reads what `Writer` wrote; where there is too little, it goes on with nothing and `failed` says so. */
class Reader {
  readonly #bytes: Uint8Array;
  #at: number;
  failed = false;

  constructor(bytes: Uint8Array, at: number) {
    this.#bytes = bytes;
    this.#at = at;
  }

  get isAtEnd(): boolean {
    return this.#at === this.#bytes.length;
  }

  take(count: number): Uint8Array {
    const taken = this.#bytes.slice(this.#at, this.#at + count);
    if (taken.length < count) this.failed = true;
    this.#at += taken.length;
    return taken;
  }

  number(): number {
    let value = 0;
    for (let unit = 1; ; unit *= 128) {
      const [byte = 0] = this.take(1);
      value += (byte % 128) * unit;
      if (byte < 128) break;
      if (unit > 2 ** 42) this.failed = true;
      if (this.failed) break;
    }
    return value;
  }

  uint32(): number {
    const bytes = this.take(4);
    return this.failed ? 0 : new DataView(bytes.buffer).getUint32(0);
  }

  run(): Uint8Array {
    return this.take(this.number());
  }
}
