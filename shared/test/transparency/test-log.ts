import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import {
  checkpointText,
  formatReceipt,
  leafHash,
  type LogHash,
  MerkleTree,
  nodeHash,
  noteKey,
  noteOf,
  placesCompletedBy,
  signatureLine,
} from '../../src/transparency/index.ts';
import { nodePrimitives } from './node-primitives.ts';

const { sha256, utf8 } = nodePrimitives;
export const ORIGIN = 'linli.example/assemblies/01KAMR3DY8D1VJ7W7R8F5YQ2ZC';

export interface Pair {
  readonly secret: KeyObject;
  readonly publicKey: Uint8Array;
}
export function pair(): Pair {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const raw = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32);
  return { secret: privateKey, publicKey: new Uint8Array(raw) };
}

export const lineOf = (name: string, { secret, publicKey }: Pair, text: string) =>
  signatureLine(
    nodePrimitives,
    noteKey(nodePrimitives, name, 'LOG', publicKey),
    sign(null, utf8(text), secret),
  );

/** A log in memory over these leaves. */
export function logOf(leaves: readonly string[], logKey: Pair) {
  const nodes = new Map<string, LogHash>();
  const at = (level: number, position: number) => nodes.get(`${level}:${position}`) ?? new Uint8Array();
  for (const [index, leaf] of leaves.entries())
    for (const { level, position } of placesCompletedBy(index))
      nodes.set(
        `${level}:${position}`,
        level === 0
          ? leafHash(sha256, utf8(leaf))
          : nodeHash(sha256, at(level - 1, position * 2), at(level - 1, position * 2 + 1)),
      );
  const tree = new MerkleTree(sha256, ({ level, position }) => at(level, position));
  const note = (size: number, keys: readonly Pair[] = [logKey]) => {
    const text = checkpointText(nodePrimitives, { origin: ORIGIN, size, root: tree.root(size) });
    return noteOf(
      text,
      keys.map((key) => lineOf(ORIGIN, key, text)),
    );
  };
  const receipt = (index: number, keys?: readonly Pair[]) =>
    formatReceipt(nodePrimitives, {
      leaf: leaves[index] ?? '',
      index,
      path: tree.inclusion(index, leaves.length),
      checkpoint: note(leaves.length, keys),
    });
  return { tree, note, receipt };
}
