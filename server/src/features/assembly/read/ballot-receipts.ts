import { Inject, Injectable } from '@nestjs/common';
import type { BallotChannel, BallotReceipt } from '@linli/shared/assembly';
import type { Page } from '@linli/shared/kernel';
import type { Caller } from '../../../kernel/access/index.ts';
import { FieldCipher } from '../../../kernel/crypto/index.ts';
import { Database } from '../../../kernel/database/index.ts';
import { toPage } from '../../../kernel/http/paging.ts';
import type { Assembly } from '../assemblies.repository.ts';
import { openVotes } from '../ballots/ballot-votes.ts';

interface ReceiptRow {
  id: string;
  principal_id: string;
  person_id: string;
  channel: string;
  received_at: number;
  votes_sealed: string;
  reason: string | null;
}

const RECEIPT = `b.id, b.principal_id, b.person_id, b.channel, b.received_at, b.votes_sealed, d.reason
  FROM ballots b LEFT JOIN ballot_dispositions d ON d.ballot_id = b.id`;

/** Ballots as their voters see them again. Only ever asked for principals that the reader votes for. */
@Injectable()
export class BallotReceipts {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(FieldCipher) private readonly cipher: FieldCipher,
  ) {}

  /** The ballot of each principal that stands now: the reader's own last word before a co-owner's. */
  async standing(
    caller: Caller,
    assembly: Assembly,
    principalIds: readonly string[],
  ): Promise<ReadonlyMap<string, BallotReceipt>> {
    const rows = await this.database.rows<ReceiptRow>(
      `SELECT ${RECEIPT} WHERE b.principal_id IN (${principalIds.map(() => '?').join(', ')})
       ORDER BY b.received_at, b.id`,
      principalIds,
    );
    const standing = new Map<string, BallotReceipt>();
    for (const row of rows) {
      const earlier = standing.get(row.principal_id);
      const mine = row.person_id === caller.personId;
      if (earlier?.castByMe === true && !mine) continue;
      const replaces = mine && earlier?.castByMe === true ? earlier.ballotId : null;
      standing.set(row.principal_id, this.toReceipt(row, mine, replaces, assembly));
    }
    return standing;
  }

  /** Everything the reader ever cast in this meeting, newest first, replaced ballots included. */
  async mine(
    caller: Caller,
    assembly: Assembly,
    query: { readonly after?: string; readonly limit: number },
  ): Promise<Page<BallotReceipt>> {
    const { after, limit } = query;
    const rows = await this.database.rows<ReceiptRow>(
      `SELECT ${RECEIPT} WHERE b.person_id = ? AND b.assembly_id = ? ${after === undefined ? '' : 'AND b.id < ?'}
       ORDER BY b.id DESC LIMIT ${limit + 1}`,
      [caller.personId, assembly.id, ...(after === undefined ? [] : [after])],
    );
    const replaced = (row: ReceiptRow) =>
      rows.find((other) => other.principal_id === row.principal_id && other.id < row.id)?.id ?? null;
    return toPage(
      rows,
      limit,
      (row) => row.id,
      (row) => this.toReceipt(row, true, replaced(row), assembly),
    );
  }

  private toReceipt(
    row: ReceiptRow,
    castByMe: boolean,
    replaces: string | null,
    assembly: Assembly,
  ): BallotReceipt {
    const votes = openVotes(this.cipher, row.id, row.votes_sealed);
    return {
      ballotId: row.id,
      principalId: row.principal_id,
      castByMe,
      channel: row.channel as BallotChannel,
      receivedAt: row.received_at,
      votes: Object.entries(votes).map(([motionId, mark]) => ({ motionId, mark })),
      replaces,
      notCounted: row.reason as BallotReceipt['notCounted'],
      promise: null,
      closesAt: assembly.closesAt ?? 0,
    };
  }
}
