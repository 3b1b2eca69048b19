import { Injectable } from '@nestjs/common';
import {
  type LogHash,
  MerkleTree,
  nodeHash,
  type NodePlace,
  placesCompletedBy,
  placesReadBy,
} from '@linli/shared/transparency';
import { nodePrimitives } from '../../kernel/crypto/index.ts';
import type { Reader, Transaction } from '../../kernel/database/index.ts';

const { sha256, toBase64 } = nodePrimitives;
/** A proof of a tree of a million leaves reads forty. */
const PLACES_A_QUERY = 200;

interface NodeRow {
  node_level: number;
  position: number;
  node_hash: string;
}

/** The nodes of complete subtrees, from which every root and proof is made. */
@Injectable()
export class LogTreeRepository {
  /** What the tree answers, with the nodes it asks for read in one query. */
  async ask<T>(reader: Reader, logId: string, question: (tree: MerkleTree) => T): Promise<T> {
    const nodes = await this.read(reader, logId, placesReadBy(question));
    return question(new MerkleTree(sha256, (place) => nodeAt(nodes, place)));
  }

  /** Appends leaves after the first `size` and answers the new root. */
  async append(tx: Transaction, logId: string, size: number, leaves: readonly LogHash[]): Promise<LogHash> {
    const total = size + leaves.length;
    // The roots of the complete subtrees so far: whatever is completed now hangs on one of them.
    const nodes = await this.read(tx, logId, size === 0 ? [] : placesReadBy((tree) => tree.root(size)));
    const added: NodeRow[] = [];
    for (const [offset, leaf] of leaves.entries())
      for (const place of placesCompletedBy(size + offset)) {
        const hash = place.level === 0 ? leaf : parentOf(nodes, place);
        nodes.set(keyOf(place), hash);
        added.push({ node_level: place.level, position: place.position, node_hash: toBase64(hash) });
      }
    await tx.insert('ballot_log_nodes', ...added.map((row) => ({ log_id: logId, ...row })));
    return new MerkleTree(sha256, (place) => nodeAt(nodes, place)).root(total);
  }

  private async read(
    reader: Reader,
    logId: string,
    places: readonly NodePlace[],
  ): Promise<Map<string, LogHash>> {
    const nodes = new Map<string, LogHash>();
    for (let from = 0; from < places.length; from += PLACES_A_QUERY) {
      const wanted = places.slice(from, from + PLACES_A_QUERY);
      const rows = await reader.rows<NodeRow>(
        `SELECT node_level, position, node_hash FROM ballot_log_nodes
         WHERE log_id = ? AND (${wanted.map(() => '(node_level = ? AND position = ?)').join(' OR ')})`,
        [logId, ...wanted.flatMap(({ level, position }) => [level, position])],
      );
      for (const { node_level: level, position, node_hash } of rows)
        nodes.set(keyOf({ level, position }), Buffer.from(node_hash, 'base64'));
    }
    return nodes;
  }
}

const keyOf = ({ level, position }: NodePlace) => `${level}:${position}`;

function nodeAt(nodes: ReadonlyMap<string, LogHash>, place: NodePlace): LogHash {
  const node = nodes.get(keyOf(place));
  if (node === undefined) throw new Error(`The log has no node ${keyOf(place)}`);
  return node;
}

function parentOf(nodes: ReadonlyMap<string, LogHash>, { level, position }: NodePlace): LogHash {
  const child = (side: 0 | 1) => nodeAt(nodes, { level: level - 1, position: position * 2 + side });
  return nodeHash(sha256, child(0), child(1));
}
