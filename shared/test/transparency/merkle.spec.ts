import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import {
  isConsistent,
  isIncluded,
  leafHash,
  type LogHash,
  MerkleTree,
  nodeHash,
  type NodePlace,
  placesCompletedBy,
  placesReadBy,
} from '../../src/transparency/index.ts';
import { tries } from '../tries.ts';

const LARGEST = tries(300, 40);
/** True claims are all tried; false ones at every so many, or the run would be hashing only. */
const FALSE_EVERY = 7;
const sha256 = (bytes: Uint8Array): LogHash => new Uint8Array(createHash('sha256').update(bytes).digest());
const leaves = Array.from({ length: LARGEST + 1 }, (_, index) => Uint8Array.of(index % 256, index >> 8));
const hashes = leaves.map((leaf) => leafHash(sha256, leaf));
const hex = (hash: LogHash) => Buffer.from(hash).toString('hex');
const hexes = (path: readonly LogHash[]) => path.map(hex);

/** The definitions of RFC 6962 §2.1 word for word, over slices. */
const naive = {
  memo: new Map<string, LogHash>(),
  split(count: number) {
    return 2 ** Math.ceil(Math.log2(count) - 1);
  },
  root(from: number, to: number): LogHash {
    const key = `${from}-${to}`;
    const known = naive.memo.get(key);
    if (known !== undefined) return known;
    const count = to - from;
    const hash =
      count === 0
        ? sha256(new Uint8Array(0))
        : count === 1
          ? (hashes[from] ?? sha256(new Uint8Array(0)))
          : nodeHash(
              sha256,
              naive.root(from, from + naive.split(count)),
              naive.root(from + naive.split(count), to),
            );
    naive.memo.set(key, hash);
    return hash;
  },
  path(m: number, from: number, to: number): LogHash[] {
    const count = to - from;
    if (count === 1) return [];
    const k = naive.split(count);
    return m < k
      ? [...naive.path(m, from, from + k), naive.root(from + k, to)]
      : [...naive.path(m - k, from + k, to), naive.root(from, from + k)];
  },
  subproof(m: number, from: number, to: number, whole: boolean): LogHash[] {
    const count = to - from;
    if (m === count) return whole ? [] : [naive.root(from, to)];
    const k = naive.split(count);
    return m <= k
      ? [...naive.subproof(m, from, from + k, whole), naive.root(from + k, to)]
      : [...naive.subproof(m - k, from + k, to, false), naive.root(from, from + k)];
  },
};

/** Only complete subtrees are kept, as the database keeps them. */
const nodes = new Map<string, LogHash>();
const keyOf = ({ level, position }: NodePlace) => `${level}:${position}`;
for (const [index, hash] of hashes.entries())
  for (const place of placesCompletedBy(index)) {
    const { level, position } = place;
    const child = (side: number) =>
      nodes.get(keyOf({ level: level - 1, position: position * 2 + side })) ?? new Uint8Array(0);
    nodes.set(keyOf(place), level === 0 ? hash : nodeHash(sha256, child(0), child(1)));
  }
const tree = new MerkleTree(sha256, (place) => {
  const node = nodes.get(keyOf(place));
  if (node === undefined) throw new Error(`no node at ${keyOf(place)}`);
  return node;
});
const changed = (hash: LogHash) => hash.map((byte, index) => (index === 7 ? byte ^ 1 : byte));

describe('a log of up to three hundred leaves', () => {
  test('has the root of the definition at every size', () => {
    for (let size = 0; size <= LARGEST; size += 1)
      expect(hex(tree.root(size))).toBe(hex(naive.root(0, size)));
  });

  test('proves every leaf at every size as the definition does, and only that leaf there', () => {
    for (let size = 1; size <= LARGEST; size += 1) {
      const root = tree.root(size);
      for (let index = 0; index < size; index += 1) {
        const path = tree.inclusion(index, size);
        const leaf = hashes[index] ?? root;
        const claim = { index, size, leaf, root };
        if (!isIncluded(sha256, claim, path)) throw new Error(`leaf ${index} of ${size}`);
        if ((index + size) % FALSE_EVERY !== 0) continue;
        const wrong = [
          isIncluded(sha256, { ...claim, leaf: changed(leaf) }, path),
          isIncluded(sha256, { ...claim, root: changed(root) }, path),
          isIncluded(sha256, { ...claim, index: size }, path),
          isIncluded(sha256, { ...claim, index: index + 1 }, path),
          isIncluded(sha256, claim, [...path, root]),
          path.length > 0 && isIncluded(sha256, claim, path.slice(1)),
        ];
        if (wrong.includes(true)) throw new Error(`leaf ${index} of ${size}: ${wrong.join()}`);
      }
      const probe = (size * 7) % size;
      expect(hexes(tree.inclusion(probe, size))).toEqual(hexes(naive.path(probe, 0, size)));
    }
  });

  test('proves every earlier size to every later one as the definition does, and no other history', () => {
    for (let second = 1; second <= LARGEST; second += 1)
      for (let first = 1; first <= second; first += 1) {
        const path = tree.consistency(first, second);
        const claim = {
          first,
          firstRoot: tree.root(first),
          second,
          secondRoot: tree.root(second),
        };
        const defined = naive.subproof(first, 0, second, true);
        if (hexes(path).join() !== hexes(defined).join()) throw new Error(`${first} → ${second} differs`);
        if (!isConsistent(sha256, claim, path)) throw new Error(`${first} → ${second}`);
        if ((first + second) % FALSE_EVERY !== 0) continue;
        const wrong = [
          isConsistent(sha256, { ...claim, firstRoot: changed(claim.firstRoot) }, path),
          isConsistent(sha256, { ...claim, secondRoot: changed(claim.secondRoot) }, path),
          isConsistent(sha256, claim, [...path, claim.firstRoot]),
          path.length > 0 && isConsistent(sha256, claim, path.slice(1)),
        ];
        if (wrong.includes(true)) throw new Error(`${first} → ${second}: ${wrong.join()}`);
      }
  });

  test('is never consistent with an empty one: who has seen nothing asks for nothing', () => {
    const root = tree.root(0);
    expect(isConsistent(sha256, { first: 0, firstRoot: root, second: 0, secondRoot: root }, [])).toBe(false);
    expect(isConsistent(sha256, { first: 0, firstRoot: root, second: 1, secondRoot: tree.root(1) }, [])).toBe(
      false,
    );
    expect(tree.consistency(0, 5)).toEqual([]);
  });

  test('reads no more nodes for a proof than twice the height', () => {
    for (const size of [1, 2, 3, 127, 128, 129, 299, 300, 999_999, 1_000_000]) {
      const height = Math.ceil(Math.log2(size)) + 1;
      for (const index of [0, Math.floor(size / 2), size - 1]) {
        const read = placesReadBy((recording) => recording.inclusion(index, size));
        expect(read.length).toBeLessThanOrEqual(2 * height);
      }
    }
  });
});
