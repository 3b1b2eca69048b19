import { describe, expect, test } from '@jest/globals';
import {
  isConsistent,
  isIncluded,
  MerkleTree,
  nodeHash,
  placesReadBy,
  sameHash,
} from '../../src/transparency/index.ts';
import { nodePrimitives } from './node-primitives.ts';

const { sha256, utf8 } = nodePrimitives;
const hash = (name: string) => sha256(utf8(name));
const [a, b, c, d, x] = [hash('a'), hash('b'), hash('c'), hash('d'), hash('x')];
const ab = nodeHash(sha256, a, b);
const rootOf3 = nodeHash(sha256, ab, c);
const rootOf4 = nodeHash(sha256, ab, nodeHash(sha256, c, d));

describe('that a leaf is included is not believed', () => {
  const included = (index: number, size: number, root = a, path = [] as Uint8Array[]) =>
    isIncluded(sha256, { index, size, leaf: a, root }, path);

  test('where its root is made for the path, unless the path is as long as the tree is high', () => {
    expect(included(0, 1)).toBe(true);
    expect(included(0, 2)).toBe(false);
    expect(included(0, 2, ab, [b])).toBe(true);
    expect(included(0, 1, nodeHash(sha256, x, a), [x])).toBe(false);
  });

  test.each([
    ['before the first leaf', -1, 1],
    ['between two leaves', 0.5, 1],
    ['behind the last leaf', 1, 1],
    ['in less than a tree', 0, -1],
  ])('%s', (_, index, size) => {
    expect(included(index, size)).toBe(false);
  });
});

describe('that a tree begins with a smaller one is not believed', () => {
  const consistent = (
    first: number,
    firstRoot: Uint8Array,
    second: number,
    secondRoot: Uint8Array,
    path: Uint8Array[],
  ) => isConsistent(sha256, { first, firstRoot, second, secondRoot }, path);

  test('where the roots are made for the path, unless the path is as long as the trees are high', () => {
    expect(consistent(3, rootOf3, 4, rootOf4, [c, d, ab])).toBe(true);
    const longer = [nodeHash(sha256, x, rootOf3), nodeHash(sha256, x, rootOf4)] as const;
    expect(consistent(3, longer[0], 4, longer[1], [c, d, ab, x])).toBe(false);
    expect(consistent(3, c, 4, c, [c])).toBe(false);
  });

  test('with no proof, unless it is the same tree', () => {
    expect(consistent(3, rootOf3, 4, rootOf4, [])).toBe(false);
    expect(consistent(2, ab, 4, rootOf4, [])).toBe(false);
    expect(consistent(3, rootOf3, 3, rootOf3, [])).toBe(true);
    expect(consistent(3, rootOf3, 3, rootOf3, [c])).toBe(false);
  });

  test.each([
    ['of less than nothing', -1, 1],
    ['of a larger one', 3, 1],
    ['in half a leaf', 1, 0.5],
  ])('%s', (_, first, second) => {
    expect(consistent(first, a, second, a, [a])).toBe(false);
  });
});

test('hashes are the same only where both are whole', () => {
  expect(sameHash(a, Uint8Array.from(a))).toBe(true);
  expect(sameHash(a, b)).toBe(false);
  expect(sameHash(a.slice(1), a.slice(1))).toBe(false);
  expect(sameHash(a.slice(0, 31), a)).toBe(false);
  expect(sameHash(a, Uint8Array.of(...a, 0))).toBe(false);
});

describe('what a tree is asked for', () => {
  const tree = new MerkleTree(sha256, () => a);

  test.each([-1, 3, 4])('is no proof of leaf %i of three', (index) => {
    expect(() => tree.inclusion(index, 3)).toThrow(new RangeError(`leaf ${index} is not in a tree of 3`));
  });

  test.each([-1, 4])('is no proof that three leaves begin with %i', (first) => {
    expect(() => tree.consistency(first, 3)).toThrow(new RangeError(`3 leaves do not begin with ${first}`));
  });

  test('is nothing between a tree and itself, and reads nothing', () => {
    expect(tree.consistency(3, 3)).toEqual([]);
    expect(placesReadBy((asked) => asked.consistency(3, 3))).toEqual([]);
  });

  test('is known before it is read', () => {
    expect(placesReadBy((asked) => asked.inclusion(2, 5))).toEqual([
      { level: 0, position: 4 },
      { level: 1, position: 0 },
      { level: 0, position: 3 },
    ]);
  });
});
