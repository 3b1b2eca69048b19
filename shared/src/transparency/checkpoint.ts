import { HASH_BYTES, type LogHash } from './merkle.ts';
import type { NoteKey } from './note-key.ts';
import type { LogPrimitives } from './primitives.ts';
import { type CheckedSignature, checkSignatures, parseNote } from './signed-note.ts';

/** What a log says of itself at one moment 检查点 (C2SP tlog-checkpoint). */
export interface Checkpoint {
  /** Names the log, everywhere and for good. */
  readonly origin: string;
  /** Number of leaves. */
  readonly size: number;
  readonly root: LogHash;
}

/** A checkpoint whose note was checked: the log's own signature is there, and these witnesses'. */
export interface OpenedCheckpoint extends Checkpoint {
  readonly note: string;
  readonly signedBy: readonly CheckedSignature[];
  readonly witnessedBy: readonly CheckedSignature[];
}

const SIZE = /^(0|[1-9]\d{0,14})$/;

/** The text that the log signs. */
export function checkpointText(primitives: LogPrimitives, { origin, size, root }: Checkpoint): string {
  return `${origin}\n${size}\n${primitives.toBase64(root)}\n`;
}

/** Null where it is none; says nothing of who signed it. */
export function parseCheckpoint(primitives: LogPrimitives, text: string): Checkpoint | null {
  const [origin = '', size = '', encoded = '', ...rest] = text.split('\n');
  const root = primitives.fromBase64(encoded);
  const ends = rest.length === 1 && rest[0] === '';
  if (origin === '' || !SIZE.test(size) || root?.length !== HASH_BYTES || !ends) return null;
  return { origin, size: Number(size), root };
}

/** Null unless the note is a checkpoint of this log, signed by one of the log's keys, and no known signature is false. */
export function openCheckpoint(
  primitives: LogPrimitives,
  note: string,
  expected: { readonly origin: string; readonly keys: readonly NoteKey[] },
): OpenedCheckpoint | null {
  const signed = parseNote(primitives, note);
  if (signed === null) return null;
  const checkpoint = parseCheckpoint(primitives, signed.text);
  if (checkpoint?.origin !== expected.origin) return null;
  const checked = checkSignatures(primitives, signed, expected.keys);
  if (checked === null) return null;
  const signedBy = checked.filter(({ key }) => key.type === 'LOG' && key.name === expected.origin);
  if (signedBy.length === 0) return null;
  return {
    ...checkpoint,
    note,
    signedBy,
    witnessedBy: checked.filter(({ key }) => key.type === 'WITNESS'),
  };
}
