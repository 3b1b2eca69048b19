import type { LogPrimitives } from './primitives.ts';
import { utf8Text } from './utf8.ts';

/**
 * Text in fewer bytes: what often stands in a ballot's leaf is one byte each, ids and tags are packed. JSON has no
 * control characters, so those bytes are free. The order of the words is the format: a printed QR code lives for
 * years, so words may be added after the last one and none may move.
 */
const WORDS = [
  '{"area":',
  ',"at":',
  ',"ballot":"',
  '","cast_by":"',
  '","channel":"',
  'ONLINE',
  'PAPER',
  '","principal":"',
  '","proxy":null,"salt":"',
  '","proxy":{"',
  '},"salt":"',
  '","signed":true,"supersedes":',
  '","signed":false,"supersedes":',
  'null,"type":"ballot","v":1,"votes":{"',
  '","type":"ballot","v":1,"votes":{"',
  '":"FOR"',
  '":"AGAINST"',
  '":"ABSTAIN"',
  '":"BLANK"',
  '":"INVALID"',
  ',"',
  '}}',
  '/assemblies/',
] as const;
/** The codes of the runs of signs that follow packed. */
const RUNS = [
  {
    code: 30,
    length: 22,
    bits: 6,
    signs: 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_',
    /** A tag or salt fills its string. */
    pattern: /^[A-Za-z0-9_-]{22}(?=")/,
  },
  {
    code: 31,
    length: 26,
    bits: 5,
    signs: '0123456789ABCDEFGHJKMNPQRSTVWXYZ',
    pattern: /^[0-9A-HJKMNP-TV-Z]{26}/,
  },
] as const;
type Run = (typeof RUNS)[number];

const bytesOfRun = ({ length, bits }: Run) => Math.ceil((length * bits) / 8);

export function packText(primitives: LogPrimitives, text: string): Uint8Array {
  const packed: number[] = [];
  for (let rest = text; rest !== '';) {
    const word = WORDS.findIndex((candidate) => rest.startsWith(candidate));
    const run = RUNS.find(({ pattern }) => pattern.test(rest));
    if (word >= 0) {
      packed.push(word);
      rest = rest.slice(WORDS[word]?.length ?? 0);
    } else if (run !== undefined) {
      packed.push(run.code, ...packRun(run, rest.slice(0, run.length)));
      rest = rest.slice(run.length);
    } else {
      const sign = String.fromCodePoint(rest.codePointAt(0) ?? 0);
      packed.push(...primitives.utf8(sign));
      rest = rest.slice(sign.length);
    }
  }
  return Uint8Array.from(packed);
}

/** Null where it is no text. */
export function unpackText(primitives: LogPrimitives, packed: Uint8Array): string | null {
  const bytes: number[] = [];
  for (let at = 0; at < packed.length; at += 1) {
    const code = packed[at] ?? 0;
    const run = RUNS.find((candidate) => candidate.code === code);
    const word = WORDS[code];
    if (run !== undefined) {
      const taken = packed.subarray(at + 1, at + 1 + bytesOfRun(run));
      bytes.push(...primitives.utf8(unpackRun(run, taken)));
      at += bytesOfRun(run);
    } else if (word !== undefined) {
      bytes.push(...primitives.utf8(word));
    } else {
      bytes.push(code);
    }
  }
  return utf8Text(Uint8Array.from(bytes));
}

function packRun({ bits, signs, length }: Run, text: string): number[] {
  const packed = Array<number>(Math.ceil((length * bits) / 8)).fill(0);
  for (let at = 0; at < length * bits; at += 1) {
    const value = signs.indexOf(text.charAt(Math.floor(at / bits)));
    const isSet = Math.floor(value / 2 ** (bits - 1 - (at % bits))) % 2 === 1;
    if (isSet) packed[at >> 3] = (packed[at >> 3] ?? 0) + 2 ** (7 - (at % 8));
  }
  return packed;
}

function unpackRun({ bits, signs, length }: Run, packed: Uint8Array): string {
  let text = '';
  for (let sign = 0; sign < length; sign += 1) {
    let value = 0;
    for (let at = sign * bits; at < (sign + 1) * bits; at += 1)
      value = value * 2 + (Math.floor((packed[at >> 3] ?? 0) / 2 ** (7 - (at % 8))) % 2);
    text += signs.charAt(value);
  }
  return text;
}
