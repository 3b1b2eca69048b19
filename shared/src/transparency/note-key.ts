import type { LogPrimitives } from './primitives.ts';

/** Signature types of C2SP signed-note: a log signs the note itself, a witness signs it with the time. */
const NOTE_KEY_TYPES = { LOG: 0x01, WITNESS: 0x04 } as const;
export type NoteKeyType = keyof typeof NOTE_KEY_TYPES;

/** A public key that checks notes 验签公钥 (C2SP signed-note). Name and id together are the key's identity. */
export interface NoteKey {
  /** Without spaces and "+". */
  readonly name: string;
  readonly type: NoteKeyType;
  /** The first 32 bits of SHA-256(name ‖ 0x0A ‖ type ‖ key). */
  readonly id: number;
  /** 32 bytes of Ed25519. */
  readonly publicKey: Uint8Array;
}

const PUBLIC_KEY_BYTES = 32;
const NAME = /^[^\s+]+$/u;

export const isKeyName = (text: string): boolean => NAME.test(text);

export function noteKey(
  primitives: LogPrimitives,
  name: string,
  type: NoteKeyType,
  publicKey: Uint8Array,
): NoteKey {
  if (!isKeyName(name)) throw new RangeError(`not a key name: "${name}"`);
  if (publicKey.length !== PUBLIC_KEY_BYTES) throw new RangeError('not an Ed25519 public key');
  const typed = typedKey(type, publicKey);
  const named = primitives.utf8(`${name}\n`);
  const bytes = new Uint8Array(named.length + typed.length);
  bytes.set(named);
  bytes.set(typed, named.length);
  return { name, type, id: readUint32(primitives.sha256(bytes)), publicKey };
}

/** `name+hex(id)+base64(type ‖ key)`, as people hand it to each other. */
export function formatNoteKey(primitives: LogPrimitives, { name, type, id, publicKey }: NoteKey): string {
  return `${name}+${hexOf(id)}+${primitives.toBase64(typedKey(type, publicKey))}`;
}

/** Null where the text is no key, or its id is not that of its key. */
export function parseNoteKey(primitives: LogPrimitives, text: string): NoteKey | null {
  const first = text.indexOf('+');
  const second = text.indexOf('+', first + 1);
  if (first < 0 || second < 0) return null;
  const name = text.slice(0, first);
  const typed = primitives.fromBase64(text.slice(second + 1));
  const type = (Object.keys(NOTE_KEY_TYPES) as NoteKeyType[]).find(
    (candidate) => NOTE_KEY_TYPES[candidate] === typed?.[0],
  );
  if (typed === null || type === undefined || !isKeyName(name)) return null;
  if (typed.length !== 1 + PUBLIC_KEY_BYTES) return null;
  const key = noteKey(primitives, name, type, typed.slice(1));
  return hexOf(key.id) === text.slice(first + 1, second) ? key : null;
}

export function readUint32(bytes: Uint8Array): number {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(0);
}

const hexOf = (id: number) => id.toString(16).padStart(8, '0');

function typedKey(type: NoteKeyType, publicKey: Uint8Array): Uint8Array {
  const typed = new Uint8Array(1 + publicKey.length);
  typed[0] = NOTE_KEY_TYPES[type];
  typed.set(publicKey, 1);
  return typed;
}
