import { type OpenedCheckpoint, openCheckpoint } from './checkpoint.ts';
import { isConsistent, sameHash } from './merkle-proof.ts';
import { noteKey } from './note-key.ts';
import type { LogPrimitives } from './primitives.ts';

/** What a log answers to who kept a checkpoint: its newest one, and the proof that it begins with the kept one. */
export interface ShownHead {
  readonly note: string;
  readonly path: readonly Uint8Array[];
}

/**
 * How what is shown stands to what was kept 分叉检查: the same or grown is well. Fewer leaves, another history, or a
 * checkpoint that no known key signed are each a sign that not everybody is shown the same log.
 */
export type Growth = 'SAME' | 'GREW' | 'FEWER' | 'FORKED' | 'UNSIGNED';

export const isAlarming = (growth: Growth): boolean => growth !== 'SAME' && growth !== 'GREW';

/** Throws nothing: a kept note that does not open any more counts as unsigned. */
export function compareHeads(
  primitives: LogPrimitives,
  log: { readonly origin: string; readonly publicKeys: readonly Uint8Array[] },
  kept: string,
  shown: ShownHead,
): Growth {
  const before = openHead(primitives, log, kept);
  const after = openHead(primitives, log, shown.note);
  if (before === null || after === null) return 'UNSIGNED';
  if (after.size < before.size) return 'FEWER';
  if (after.size === before.size) return sameHash(after.root, before.root) ? 'SAME' : 'FORKED';
  const claim = {
    first: before.size,
    firstRoot: before.root,
    second: after.size,
    secondRoot: after.root,
  };
  return isConsistent(primitives.sha256, claim, shown.path) ? 'GREW' : 'FORKED';
}

/** A checkpoint of the log that one of the keys signed; null where it is none. */
export function openHead(
  primitives: LogPrimitives,
  { origin, publicKeys }: { readonly origin: string; readonly publicKeys: readonly Uint8Array[] },
  note: string,
): OpenedCheckpoint | null {
  const keys = publicKeys.map((key) => noteKey(primitives, origin, 'LOG', key));
  return openCheckpoint(primitives, note, { origin, keys });
}
