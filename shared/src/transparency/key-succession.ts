import { isKeyName, noteKey } from './note-key.ts';
import type { LogPrimitives } from './primitives.ts';
import { checkSignatures, parseNote } from './signed-note.ts';

/**
 * A change of the logs' key 换钥: a note that both keys sign, so that who knows one of them comes to the other. Old
 * checkpoints stay under the old key for good; a phone that was away while both signed learns the new one from here. It
 * speaks of keys alone: the address at which the logs are kept may change, and the keys go along.
 */
export interface KeySuccession {
  readonly former: Uint8Array;
  readonly next: Uint8Array;
}

/** Whose note it is; the older ones bear the "host:port" of their day and hold all the same. */
export const SUCCESSION_NAME = 'linli/log-keys';
const TITLE = 'key succession';
const KEY_BYTES = 32;

export function successionText(primitives: LogPrimitives, { former, next }: KeySuccession): string {
  return `${SUCCESSION_NAME}\n${TITLE}\n${primitives.toBase64(former)}\n${primitives.toBase64(next)}\n`;
}

/** Null unless both keys signed it. */
export function openSuccession(primitives: LogPrimitives, note: string): KeySuccession | null {
  const signed = parseNote(primitives, note);
  const [name = '', title, formerText = '', nextText = '', ...rest] = signed?.text.split('\n') ?? [];
  const former = primitives.fromBase64(formerText);
  const next = primitives.fromBase64(nextText);
  if (signed === null || !isKeyName(name) || title !== TITLE || rest.join() !== '') return null;
  if (former?.length !== KEY_BYTES || next?.length !== KEY_BYTES) return null;
  const keys = [former, next].map((key) => noteKey(primitives, name, 'LOG', key));
  const signers = checkSignatures(primitives, signed, keys) ?? [];
  return keys.every(({ id }) => signers.some(({ key }) => key.id === id)) ? { former, next } : null;
}

/**
 * The known keys, and those that changes lead to from them: to later keys for a phone, to earlier ones for the log
 * itself. Never both ways, or a stolen old key could name a new one of its own.
 */
export function reachedKeys(
  primitives: LogPrimitives,
  known: readonly Uint8Array[],
  successions: readonly KeySuccession[],
  towards: 'next' | 'former',
): Uint8Array[] {
  const from = towards === 'next' ? 'former' : 'next';
  const steps = successions.map((step) => [step[from], step[towards]].map((key) => primitives.toBase64(key)));
  const reached = known.map((key) => primitives.toBase64(key));
  // A list that grows while it is walked: each key once.
  for (const key of reached)
    for (const [start, end] of steps)
      if (start === key && end !== undefined && !reached.includes(end)) reached.push(end);
  return reached.flatMap((text) => primitives.fromBase64(text) ?? []);
}
