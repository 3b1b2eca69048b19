import type { LogKeysResponse } from '@linli/shared/ballot-log';
import { type KeySuccession, openSuccession, reachedKeys } from '@linli/shared/transparency';
import { readStored, writeStored } from '@/platform';
import { api } from '@/request';
import { phonePrimitives } from './phone-primitives';

const STORED = 'log-keys';

interface StoredKeys {
  /** In base64, the newest first. */
  readonly keys: readonly string[];
}

export interface KnownKeys {
  readonly publicKeys: readonly Uint8Array[];
}

/**
 * The keys that this phone trusts 本机认得的公钥: as first met, then only such as the known ones lead to by a change that
 * both signed. A server that comes with another key of its own is not believed, whatever address it gives itself.
 */
export function knownLogKeys(): KnownKeys | null {
  const stored = readStored<StoredKeys>(STORED);
  return stored === null ? null : { publicKeys: bytesOf(stored.keys) };
}

/** Asks the server, and keeps what the known keys lead to. Throws where it cannot be reached. */
export async function learnLogKeys(): Promise<KnownKeys> {
  const answer = await api.get<LogKeysResponse>('/api/public/log-keys', undefined, { anonymous: true });
  const known = knownLogKeys();
  const keys = known === null ? answer.keys : reachedFrom(known.publicKeys, answer);
  writeStored(STORED, { keys });
  return { publicKeys: bytesOf(keys) };
}

export async function logKeys(): Promise<KnownKeys> {
  return knownLogKeys() ?? (await learnLogKeys());
}

/** Forwards to the keys of today, then backwards to those under which older receipts stand. */
function reachedFrom(known: readonly Uint8Array[], { successions }: LogKeysResponse): readonly string[] {
  const steps = successions.flatMap((note): KeySuccession[] => {
    const step = openSuccession(phonePrimitives, note);
    return step === null ? [] : [step];
  });
  const later = reachedKeys(phonePrimitives, known, steps, 'next');
  return reachedKeys(phonePrimitives, later, steps, 'former').map(phonePrimitives.toBase64);
}

const bytesOf = (keys: readonly string[]): Uint8Array[] =>
  keys.flatMap((key) => {
    const bytes = phonePrimitives.fromBase64(key);
    return bytes === null ? [] : [bytes];
  });
