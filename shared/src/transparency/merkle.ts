/**
 * The Merkle tree of RFC 6962 §2.1 over the leaves of a log. Pure: it is given the hash and a way to read the nodes
 * of complete subtrees, which never change once written, so a proof reads at most 2·log2(size) of them.
 */

export const HASH_BYTES = 32;
/** SHA-256. */
export type LogHash = Uint8Array;
export type Sha256 = (bytes: Uint8Array) => LogHash;

/** The root of the complete subtree over the leaves [position·2^level, (position+1)·2^level). */
export interface NodePlace {
  readonly level: number;
  readonly position: number;
}
export type ReadNode = (place: NodePlace) => LogHash;

const LEAF_PREFIX = 0;
const NODE_PREFIX = 1;

export function leafHash(sha256: Sha256, data: Uint8Array): LogHash {
  const bytes = new Uint8Array(1 + data.length);
  bytes[0] = LEAF_PREFIX;
  bytes.set(data, 1);
  return sha256(bytes);
}

export function nodeHash(sha256: Sha256, left: LogHash, right: LogHash): LogHash {
  const bytes = new Uint8Array(1 + left.length + right.length);
  bytes[0] = NODE_PREFIX;
  bytes.set(left, 1);
  bytes.set(right, 1 + left.length);
  return sha256(bytes);
}

/** The nodes that a leaf completes when it is appended: itself first, then upwards. */
export function placesCompletedBy(index: number): NodePlace[] {
  const places: NodePlace[] = [{ level: 0, position: index }];
  for (let position = index, level = 1; position % 2 === 1; level += 1) {
    position = (position - 1) / 2;
    places.push({ level, position });
  }
  return places;
}

/** Roots and proofs of the first `size` leaves. */
export class MerkleTree {
  readonly #sha256: Sha256;
  readonly #read: ReadNode;

  constructor(sha256: Sha256, read: ReadNode) {
    this.#sha256 = sha256;
    this.#read = read;
  }

  /** MTH(D[size]); of no leaves, the hash of nothing. */
  root(size: number): LogHash {
    return size === 0 ? this.#sha256(new Uint8Array(0)) : this.#subtree(0, size);
  }

  /** PATH(index, D[size]): from the leaf's sibling up. */
  inclusion(index: number, size: number): LogHash[] {
    if (index < 0 || index >= size) throw new RangeError(`leaf ${index} is not in a tree of ${size}`);
    const path: LogHash[] = [];
    let start = 0;
    let count = size;
    while (count > 1) {
      const left = splitOf(count);
      if (index < start + left) {
        path.unshift(this.#subtree(start + left, count - left));
        count = left;
      } else {
        path.unshift(this.#subtree(start, left));
        start += left;
        count -= left;
      }
    }
    return path;
  }

  /** PROOF(first, D[second]): that the tree of `first` leaves is the beginning of the tree of `second`. */
  consistency(first: number, second: number): LogHash[] {
    if (first < 0 || first > second) throw new RangeError(`${second} leaves do not begin with ${first}`);
    if (first === 0) return [];
    const path: LogHash[] = [];
    let start = 0;
    let count = second;
    // Down to the subtree in which the first tree ends.
    while (start + count !== first) {
      const left = splitOf(count);
      if (first <= start + left) {
        path.unshift(this.#subtree(start + left, count - left));
        count = left;
      } else {
        path.unshift(this.#subtree(start, left));
        start += left;
        count -= left;
      }
    }
    // Where it is the whole first tree, the verifier knows its root already.
    if (start > 0) path.unshift(this.#subtree(start, count));
    return path;
  }

  #subtree(start: number, count: number): LogHash {
    const level = Math.log2(count);
    if (Number.isInteger(level)) return this.#read({ level, position: start / count });
    const left = splitOf(count);
    return nodeHash(this.#sha256, this.#subtree(start, left), this.#subtree(start + left, count - left));
  }
}

/** The nodes that an answer of the tree reads: to fetch them all at once before it is asked. */
export function placesReadBy(ask: (tree: MerkleTree) => unknown): NodePlace[] {
  const places: NodePlace[] = [];
  const nothing = new Uint8Array(0);
  ask(
    new MerkleTree(
      () => nothing,
      (place) => {
        places.push(place);
        return nothing;
      },
    ),
  );
  return places;
}

/** The largest power of two below `count`, which is at least 2. */
function splitOf(count: number): number {
  let left = 1;
  while (left * 2 < count) left *= 2;
  return left;
}
