import { parseCheckpoint } from './checkpoint.ts';
import { leafHash } from './merkle.ts';
import { isIncluded } from './merkle-proof.ts';
import { type NoteKey, noteKey } from './note-key.ts';
import type { LogPrimitives } from './primitives.ts';
import { parseReceipt } from './receipt.ts';
import { checkSignatures, parseNote } from './signed-note.ts';
import { utf8Text } from './utf8.ts';

/** What a receipt says of itself, and what of it was found to be so. */
export interface CheckedReceipt {
  readonly origin: string;
  readonly index: number;
  /** Leaves of the checkpoint that the path leads to. */
  readonly size: number;
  /** The leaf's text. */
  readonly leaf: string;
  /** The checkpoint's note, to ask for a consistency proof from. */
  readonly checkpoint: string;
  /** By one of the keys that the reader knows, and by none of them falsely; the key that signed. */
  readonly signedBy: NoteKey | null;
  /** The path leads from the leaf to the checkpoint's root. */
  readonly isIncluded: boolean;
}

/** Checks a receipt without asking anybody. Null where the text is no receipt. */
export function checkReceipt(
  primitives: LogPrimitives,
  text: string,
  publicKeys: readonly Uint8Array[],
): CheckedReceipt | null {
  const receipt = parseReceipt(primitives, text);
  const note = receipt === null ? null : parseNote(primitives, receipt.checkpoint);
  const checkpoint = note === null ? null : parseCheckpoint(primitives, note.text);
  const leaf = receipt === null ? null : utf8Text(receipt.leaf);
  if (receipt === null || note === null || checkpoint === null || leaf === null) return null;
  const { origin, size, root } = checkpoint;
  const keys = isKeyName(origin) ? publicKeys.map((key) => noteKey(primitives, origin, 'LOG', key)) : [];
  const hash = leafHash(primitives.sha256, receipt.leaf);
  const { index, path } = receipt;
  return {
    origin,
    index,
    size,
    leaf,
    checkpoint: receipt.checkpoint,
    signedBy: checkSignatures(primitives, note, keys)?.[0]?.key ?? null,
    isIncluded: isIncluded(primitives.sha256, { index, size, leaf: hash, root }, path),
  };
}

const isKeyName = (name: string) => /^[^\s+]+$/u.test(name);
