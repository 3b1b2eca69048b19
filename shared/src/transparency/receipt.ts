import { HASH_BYTES, type LogHash } from './merkle.ts';
import type { LogPrimitives } from './primitives.ts';

/** That one leaf is in the log, to be checked offline 回执 (C2SP tlog-proof). */
export interface LogReceipt {
  /** The leaf itself, as it was hashed. */
  readonly leaf: string;
  readonly index: number;
  readonly path: readonly LogHash[];
  /** The signed note of the checkpoint that the path leads to. */
  readonly checkpoint: string;
}

const FIRST_LINE = 'c2sp.org/tlog-proof@v1';
const INDEX = /^index (0|[1-9]\d{0,14})$/;
const EXTRA = /^extra (\S+)$/;

export function formatReceipt(
  primitives: LogPrimitives,
  { leaf, index, path, checkpoint }: LogReceipt,
): string {
  const extra = primitives.toBase64(primitives.utf8(leaf));
  const hashes = path.map((hash) => primitives.toBase64(hash));
  return [FIRST_LINE, `extra ${extra}`, `index ${index}`, ...hashes, '', checkpoint].join('\n');
}

/** A receipt as it stands on paper: the leaf is still bytes, since it may be anything. Null where it is none. */
export function parseReceipt(
  primitives: LogPrimitives,
  text: string,
): (Omit<LogReceipt, 'leaf'> & { readonly leaf: Uint8Array }) | null {
  const end = text.indexOf('\n\n');
  if (end < 0) return null;
  const [first, extra = '', index = '', ...hashes] = text.slice(0, end).split('\n');
  const encoded = EXTRA.exec(extra)?.[1];
  const number = INDEX.exec(index)?.[1];
  if (first !== FIRST_LINE || encoded === undefined || number === undefined) return null;
  const leaf = primitives.fromBase64(encoded);
  const path = hashes.map((hash) => primitives.fromBase64(hash));
  if (leaf === null) return null;
  const whole = path.filter((hash): hash is LogHash => hash?.length === HASH_BYTES);
  if (whole.length !== path.length) return null;
  return { leaf, index: Number(number), path: whole, checkpoint: text.slice(end + 2) };
}
