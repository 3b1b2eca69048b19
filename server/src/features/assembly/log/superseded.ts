import { type BallotChannel, lastWords, type VotingRules } from '@linli/shared/assembly';
import type { Instant } from '@linli/shared/kernel';
import type { Reader } from '../../../kernel/database/index.ts';

/** When the same voter cast the ballot that took this one's place; null where this one still speaks. */
export async function supersededAt(reader: Reader, ballotId: string): Promise<Instant | null> {
  const rows = await reader.rows<{
    id: string;
    cast_by: string;
    channel: string;
    received_at: number;
    rules_json: string | null;
  }>(
    `SELECT o.id, o.cast_by, o.channel, o.received_at, a.rules_json
     FROM ballots b JOIN ballots o ON o.principal_id = b.principal_id AND o.cast_by = b.cast_by
     JOIN assemblies a ON a.id = b.assembly_id
     WHERE b.id = ? ORDER BY o.received_at, o.id`,
    [ballotId],
  );
  const rules = rows[0]?.rules_json ?? null;
  if (rules === null) return null;
  const cast = rows.map(({ id, cast_by: castBy, channel, received_at: at }) => ({
    id,
    castBy,
    channel: channel as BallotChannel,
    at,
  }));
  const [last] = lastWords(cast, JSON.parse(rules) as VotingRules);
  return last === undefined || last.id === ballotId ? null : last.at;
}
