import { Inject, Injectable } from '@nestjs/common';
import { type BallotChannel, type BallotReceipt, prevails } from '@linli/shared/assembly';
import type { Page } from '@linli/shared/kernel';
import type { Caller } from '../../../kernel/access/index.ts';
import { FieldCipher } from '../../../kernel/crypto/index.ts';
import { Database } from '../../../kernel/database/index.ts';
import { toPage } from '../../../kernel/http/paging.ts';
import type { Assembly } from '../assemblies.repository.ts';
import { NOT_TAKEN_BACK } from '../proxies/taken-back.ts';
import { openVotes } from '../ballots/ballot-votes.ts';

interface ReceiptRow {
  id: string;
  principal_id: string;
  /** 1 where the reader cast it: with the phone, or by the own signature on paper. */
  mine: number;
  annulled: number;
  channel: string;
  received_at: number;
  votes_sealed: string;
  reason: string | null;
  proxy_role: string | null;
}

/** Takes the reader three times. Who read a paper for the desk did not cast it; who signed it, as owner or agent, did. */
const RECEIPT = `b.id, b.principal_id, b.channel, b.received_at, b.votes_sealed, b.proxy_role, d.reason,
  CASE WHEN (b.channel = 'ONLINE' AND b.person_id = ?)
    OR (b.channel = 'PAPER' AND (b.cast_by = ? OR EXISTS (SELECT 1 FROM owners o WHERE o.id = b.cast_by AND o.person_id = ?))) THEN 1 ELSE 0 END AS mine,
  CASE WHEN EXISTS (SELECT 1 FROM paper_return_ballots r WHERE r.ballot_id = b.id AND r.annulled_at IS NOT NULL)
    THEN 1 ELSE 0 END AS annulled
  FROM ballots b LEFT JOIN ballot_dispositions d ON d.ballot_id = b.id`;

/** The reader's own in one meeting: cast online, or signed on paper. */
const MINE = `SELECT id FROM ballots WHERE person_id = ? AND assembly_id = ? AND channel = 'ONLINE'
  UNION SELECT w.id FROM owners o JOIN assembly_roll_owners v ON v.owner_id = o.id AND v.assembly_id = ?
    JOIN ballots w ON w.principal_id = v.principal_id AND w.cast_by = o.id AND w.channel = 'PAPER'
    WHERE o.person_id = ?`;
const mineOf = (personId: string, assemblyId: string) => [
  personId,
  personId,
  personId,
  personId,
  assemblyId,
  assemblyId,
  personId,
];
const asCast = ({ channel }: ReceiptRow) => ({ channel: channel as BallotChannel });

/** Ballots as their voters see them again. Only ever asked for principals that the reader votes for. */
@Injectable()
export class BallotReceipts {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(FieldCipher) private readonly cipher: FieldCipher,
  ) {}

  /** The ballot of each principal that stands now: the reader's own last word, then a co-owner's, then an agent's. */
  async standing(
    caller: Caller,
    assembly: Assembly,
    principalIds: readonly string[],
  ): Promise<ReadonlyMap<string, BallotReceipt>> {
    const rows = await this.database.rows<ReceiptRow>(
      `SELECT ${RECEIPT} WHERE b.principal_id IN (${principalIds.map(() => '?').join(', ')}) AND ${NOT_TAKEN_BACK}
       ORDER BY b.received_at, b.id`,
      [caller.personId, caller.personId, caller.personId, ...principalIds],
    );
    const standing = new Map<string, BallotReceipt>();
    const inPerson = new Set<string>();
    for (const row of rows) {
      const earlier = standing.get(row.principal_id);
      const mine = Number(row.mine) === 1;
      if (Number(row.annulled) === 1 || (earlier?.castByMe === true && !mine)) continue;
      // Of the reader's own, the one that the rules let speak.
      if (
        earlier?.castByMe === true &&
        assembly.rules !== null &&
        !prevails(asCast(row), earlier, assembly.rules)
      )
        continue;
      if (row.proxy_role === null) inPerson.add(row.principal_id);
      else if (!mine && inPerson.has(row.principal_id)) continue;
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
      `SELECT ${RECEIPT} JOIN (${MINE}) own ON own.id = b.id ${after === undefined ? '' : 'WHERE b.id < ?'}
       ORDER BY b.id DESC LIMIT ${limit + 1}`,
      [...mineOf(caller.personId, assembly.id), ...(after === undefined ? [] : [after])],
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
      hasReceipt: castByMe || row.channel === 'PAPER' || row.proxy_role !== null,
      channel: row.channel as BallotChannel,
      receivedAt: row.received_at,
      votes: Object.entries(votes).map(([motionId, mark]) => ({ motionId, mark })),
      replaces,
      notCounted: (Number(row.annulled) === 1 ? 'ANNULLED' : row.reason) as BallotReceipt['notCounted'],
      promise: null,
      closesAt: assembly.closesAt ?? 0,
    };
  }
}
