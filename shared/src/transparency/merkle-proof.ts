import { HASH_BYTES, type LogHash, nodeHash, type Sha256 } from './merkle.ts';

/** Whether the leaf is at this index of the tree with this root (RFC 9162 §2.1.3.2). */
export function isIncluded(
  sha256: Sha256,
  claim: { readonly index: number; readonly size: number; readonly leaf: LogHash; readonly root: LogHash },
  path: readonly LogHash[],
): boolean {
  const { index, size, leaf, root } = claim;
  if (!isCount(index) || !isCount(size) || index >= size) return false;
  let node = index;
  let last = size - 1;
  let hash = leaf;
  for (const sibling of path) {
    if (last === 0) return false;
    if (isOdd(node) || node === last) {
      hash = nodeHash(sha256, sibling, hash);
      while (!isOdd(node) && node > 0) [node, last] = [half(node), half(last)];
    } else {
      hash = nodeHash(sha256, hash, sibling);
    }
    [node, last] = [half(node), half(last)];
  }
  return last === 0 && sameHash(hash, root);
}

/**
 * Whether the larger tree begins with the smaller one (RFC 9162 §2.1.4.2). Never so for an empty one: it has nothing to
 * prove, and whoever claims it may have forgotten what was seen.
 */
export function isConsistent(
  sha256: Sha256,
  claim: {
    readonly first: number;
    readonly firstRoot: LogHash;
    readonly second: number;
    readonly secondRoot: LogHash;
  },
  path: readonly LogHash[],
): boolean {
  const { first, firstRoot, second, secondRoot } = claim;
  if (!isCount(first) || !isCount(second) || first === 0 || first > second) return false;
  if (first === second) return path.length === 0 && sameHash(firstRoot, secondRoot);
  const [seed, ...siblings] = isPowerOfTwo(first) ? [firstRoot, ...path] : path;
  if (seed === undefined || path.length === 0) return false;
  let node = first - 1;
  let last = second - 1;
  while (isOdd(node)) [node, last] = [half(node), half(last)];
  let fromFirst = seed;
  let fromSecond = seed;
  for (const sibling of siblings) {
    if (last === 0) return false;
    if (isOdd(node) || node === last) {
      fromFirst = nodeHash(sha256, sibling, fromFirst);
      fromSecond = nodeHash(sha256, sibling, fromSecond);
      while (!isOdd(node) && node > 0) [node, last] = [half(node), half(last)];
    } else {
      fromSecond = nodeHash(sha256, fromSecond, sibling);
    }
    [node, last] = [half(node), half(last)];
  }
  return last === 0 && sameHash(fromFirst, firstRoot) && sameHash(fromSecond, secondRoot);
}

export function sameHash(a: LogHash, b: LogHash): boolean {
  return a.length === HASH_BYTES && b.length === HASH_BYTES && a.every((byte, index) => byte === b[index]);
}

const isCount = (value: number) => Number.isSafeInteger(value) && value >= 0;
const isOdd = (value: number) => value % 2 === 1;
const half = (value: number) => Math.floor(value / 2);
/** Logarithms alone would take 2⁴⁹ − 1 for one. */
const isPowerOfTwo = (value: number) => 2 ** Math.round(Math.log2(value)) === value;
