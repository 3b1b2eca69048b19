import type { Instant } from '../kernel/index.ts';
import { type NoteKey, readUint32 } from './note-key.ts';
import type { LogPrimitives } from './primitives.ts';

/** One line under a note: who signed, and what. */
export interface NoteSignature {
  readonly name: string;
  readonly keyId: number;
  readonly bytes: Uint8Array;
}

/** A text with the signatures under it 签名笔记 (C2SP signed-note). */
export interface SignedNote {
  /** Ends with a newline; this is what is signed. */
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
}

/** A known key's signature that was checked. */
export interface CheckedSignature {
  readonly key: NoteKey;
  /** When a witness says it saw the note, to the second; a log's own signature says no time. */
  readonly at: Instant | null;
}

/** As many as a verifier must take (C2SP signed-note); more would be work for nothing. */
export const MOST_SIGNATURES = 16;

const DASH = '— ';
const KEY_ID_BYTES = 4;
const TIME_BYTES = 8;
const SECOND_MS = 1_000;
const UINT32 = 2 ** 32;

/** The line that puts a signature under a note. For a witness, the bytes begin with the time: see `witnessSignature`. */
export function signatureLine(
  primitives: LogPrimitives,
  key: Pick<NoteKey, 'name' | 'id'>,
  signature: Uint8Array,
): string {
  const bytes = new Uint8Array(KEY_ID_BYTES + signature.length);
  new DataView(bytes.buffer).setUint32(0, key.id);
  bytes.set(signature, KEY_ID_BYTES);
  return `${DASH}${key.name} ${primitives.toBase64(bytes)}\n`;
}

export function noteOf(text: string, lines: readonly string[]): string {
  return `${text}\n${lines.join('')}`;
}

/** What a witness signs: that it saw this note at this second (C2SP tlog-cosignature). */
export function cosignedText(text: string, at: Instant): string {
  return `cosignature/v1\ntime ${secondsOf(at)}\n${text}`;
}

/** A witness's signature as it stands in its line. */
export function witnessSignature(at: Instant, signature: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(TIME_BYTES + signature.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, Math.floor(secondsOf(at) / UINT32));
  view.setUint32(4, secondsOf(at) % UINT32);
  bytes.set(signature, TIME_BYTES);
  return bytes;
}

/** Null where it is no signed note. */
export function parseNote(primitives: LogPrimitives, note: string): SignedNote | null {
  const end = note.lastIndexOf('\n\n');
  if (end < 0 || hasControl(note) || !note.endsWith('\n')) return null;
  const lines = note.slice(end + 2, -1).split('\n');
  if (lines.length > MOST_SIGNATURES) return null;
  const signatures: NoteSignature[] = [];
  for (const line of lines) {
    const signature = parseSignature(primitives, line);
    if (signature === null) return null;
    signatures.push(signature);
  }
  return { text: note.slice(0, end + 1), signatures };
}

/**
 * The signatures of known keys. Unknown ones are passed over, as other people's keys are their own business; one of a
 * known key that does not hold spoils the whole note, and the answer is null.
 */
export function checkSignatures(
  primitives: LogPrimitives,
  note: SignedNote,
  keys: readonly NoteKey[],
): CheckedSignature[] | null {
  const checked: CheckedSignature[] = [];
  for (const signature of note.signatures) {
    const key = keys.find(({ name, id }) => name === signature.name && id === signature.keyId);
    if (key === undefined) continue;
    const at = key.type === 'WITNESS' ? timeOf(signature.bytes) : null;
    const message = at === null ? note.text : cosignedText(note.text, at);
    const bytes = key.type === 'WITNESS' ? signature.bytes.slice(TIME_BYTES) : signature.bytes;
    if (!primitives.isSignedBy(key.publicKey, primitives.utf8(message), bytes)) return null;
    checked.push({ key, at });
  }
  return checked;
}

/** ASCII control characters other than the newline have no place in a note. */
const hasControl = (note: string) => [...note].some((sign) => sign < ' ' && sign !== '\n');

function parseSignature(primitives: LogPrimitives, line: string): NoteSignature | null {
  const [name = '', encoded = '', ...rest] = line.startsWith(DASH) ? line.slice(DASH.length).split(' ') : [];
  const bytes = primitives.fromBase64(encoded);
  if (name === '' || rest.length > 0 || bytes === null || bytes.length <= KEY_ID_BYTES) return null;
  return { name, keyId: readUint32(bytes), bytes: bytes.slice(KEY_ID_BYTES) };
}

function timeOf(bytes: Uint8Array): Instant {
  if (bytes.length <= TIME_BYTES) return 0;
  return (readUint32(bytes) * UINT32 + readUint32(bytes.slice(4))) * SECOND_MS;
}

const secondsOf = (at: Instant) => Math.floor(at / SECOND_MS);
