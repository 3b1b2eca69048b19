import { randomId, readStored, removeStored, writeStored } from '@/platform';

/**
 * One key for one thing that a person does ("this complaint"), kept until the server has done it. Kept on the
 * phone under a name, it outlives the app: whoever comes back to a draft and sends it again does not file it twice.
 */
const PREFIX = 'action-key/';

export function keyOf(name: string): string {
  const kept = readStored<string>(PREFIX + name);
  if (kept !== null) return kept;
  const key = randomId();
  writeStored(PREFIX + name, key);
  return key;
}

export function forgetKey(name: string): void {
  removeStored(PREFIX + name);
}
