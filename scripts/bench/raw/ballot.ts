import { seal } from '../crypto.ts';
import { audit, newId, type RawContext } from './context.ts';
import { promise } from './promise.ts';
import type { Value } from './database.ts';

interface CastRow {
  readonly closes_at: number;
  readonly owner_id: string;
  readonly previous_id: string | null;
  readonly area_centi_sqm: number;
  readonly log_tag: string;
  readonly log_origin: string;
}
interface CastRequest {
  readonly principalId: string;
  readonly votes: readonly { readonly motionId: string; readonly choice: string }[];
}

/** A ballot: one read that decides, one transaction of three inserts. */
export async function ballot(
  context: RawContext,
  estateId: string,
  assemblyId: string,
  { principalId, votes }: CastRequest,
  key: string,
) {
  const { database, caller, fieldKey } = context;
  const receivedAt = Date.now();
  const row = await readVoter(context, estateId, assemblyId, principalId);
  if (row === undefined || row.closes_at < receivedAt) return null;
  const id = newId();
  const marks = Object.fromEntries(votes.map(({ motionId, choice }) => [motionId, choice]));
  const sealed = seal(fieldKey, JSON.stringify(marks), {
    table: 'ballots',
    column: 'votes_sealed',
    rowId: id,
  });
  const stored: Record<string, Value> = {
    id,
    assembly_id: assemblyId,
    estate_id: estateId,
    principal_id: principalId,
    cast_by: row.owner_id,
    person_id: caller.personId,
    channel: 'ONLINE',
    signed: 1,
    proxy_role: null,
    received_at: receivedAt,
    votes_sealed: sealed,
    action_key: key,
  };
  const promised = await database.transaction(async (statements) => {
    await statements.insert('ballots', stored);
    await audit(statements, caller, estateId, {
      action: 'BALLOT.CAST',
      subjectType: 'ballot',
      subjectId: id,
      after: { assemblyId, principalId, receivedAt },
    });
    return promise(statements, context, {
      assemblyId,
      origin: row.log_origin,
      principal: row.log_tag,
      area: row.area_centi_sqm,
      castBy: row.owner_id,
      ballotId: id,
      receivedAt,
      supersedes: row.previous_id,
      marks,
    });
  });
  const { previous_id: replaces, closes_at: closesAt } = row;
  return { ballotId: id, principalId, receivedAt, votes, replaces, closesAt, promise: promised };
}

async function readVoter(
  { database, caller }: RawContext,
  estateId: string,
  assemblyId: string,
  principalId: string,
): Promise<CastRow | undefined> {
  const [row] = await database.rows<CastRow>(
    `SELECT a.state, a.opens_at, a.closes_at, p.kind AS principal_kind, p.heads, p.delegate_person_id, p.area_centi_sqm, p.log_tag,
              (SELECT l.origin FROM ballot_logs l WHERE l.id = a.id) AS log_origin,
              (SELECT MIN(v.owner_id) FROM assembly_roll_owners v JOIN owners o ON o.id = v.owner_id
               WHERE v.principal_id = p.id AND o.person_id = ?) AS owner_id,
              (SELECT MAX(b.id) FROM ballots b WHERE b.principal_id = p.id AND b.person_id = ?) AS previous_id,
              EXISTS (SELECT 1 FROM assembly_representations r WHERE r.principal_id = p.id) AS represented,
              m.id AS motion_id, m.state AS motion_state, m.scope_json, m.election_id
       FROM assemblies a JOIN assembly_motions m ON m.assembly_id = a.id
       LEFT JOIN assembly_principals p ON p.id = ? AND p.assembly_id = a.id
       WHERE a.estate_id = ? AND a.id = ?`,
    [caller.personId, caller.personId, principalId, estateId, assemblyId],
  );
  return row;
}
