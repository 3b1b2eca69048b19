import { Inject, Injectable } from '@nestjs/common';
import type { Leaf } from '@linli/shared/ballot-log';
import { canonicalJson, type CanonicalJson, leafHash, type LogHash } from '@linli/shared/transparency';
import type { Instant } from '@linli/shared/kernel';
import { Clock } from '../../kernel/clock/clock.ts';
import { FieldCipher, nodePrimitives, NoteSigner } from '../../kernel/crypto/index.ts';
import type { Reader, Transaction } from '../../kernel/database/index.ts';
import { Ids } from '../../kernel/ids/ids.ts';

const { sha256, toBase64, utf8 } = nodePrimitives;

/** A leaf that will be in the tree: what the promise is about. */
export interface PromisedLeaf {
  readonly origin: string;
  readonly hash: LogHash;
  readonly promisedAt: Instant;
}

/**
 * The way into a log 写入日志. A leaf is promised in the transaction that does what it tells of, so neither is there
 * without the other; the sequencer gives it its place in the tree a moment later.
 */
@Injectable()
export class BallotLog {
  constructor(
    @Inject(FieldCipher) private readonly cipher: FieldCipher,
    @Inject(NoteSigner) private readonly signer: NoteSigner,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
  ) {}

  /** Opens a log under an assembly's id. */
  async open(tx: Transaction, log: { id: string; estateId: string; origin: string }): Promise<void> {
    const { id, estateId, origin } = log;
    await tx.insert('ballot_logs', { id, estate_id: estateId, origin, created_at: this.clock.now() });
  }

  /** Null where the assembly has no log: one of before there were any. */
  async originOf(reader: Reader, logId: string): Promise<string | null> {
    const row = await reader.row<{ origin: string }>('SELECT origin FROM ballot_logs WHERE id = ?', [logId]);
    return row?.origin ?? null;
  }

  /** Promises a leaf; `subjectId` finds it again. */
  async promise(
    tx: Transaction,
    log: { readonly id: string; readonly origin: string },
    leaf: Leaf,
    subjectId: string | null = null,
  ): Promise<PromisedLeaf> {
    const text = canonicalJson(leaf as unknown as CanonicalJson);
    const hash = leafHash(sha256, utf8(text));
    const id = this.ids.next();
    const promisedAt = this.clock.now();
    await tx.insert('ballot_log_pending', {
      id,
      log_id: log.id,
      subject_id: subjectId,
      leaf_hash: toBase64(hash),
      leaf_sealed: this.cipher.seal(text, leafPlace(id)),
      promised_at: promisedAt,
    });
    return { origin: log.origin, hash, promisedAt };
  }

  /** The promise as the voter keeps it: a signed note of the leaf's hash and the time (C2SP signed-note). */
  signed({ origin, hash, promisedAt }: PromisedLeaf): string {
    return this.signer.signNote(origin, `${origin}\npromise\n${toBase64(hash)}\n${promisedAt}\n`);
  }

  openLeaf(promiseId: string, sealed: string): string {
    return this.cipher.open(sealed, leafPlace(promiseId));
  }
}

const leafPlace = (promiseId: string) => ({ table: 'ballot_log', column: 'leaf_sealed', rowId: promiseId });
