import { Inject, Injectable } from '@nestjs/common';
import {
  assemblyStateAt,
  type AssemblyState,
  type BallotReceipt,
  CAST_TIME_LIMIT_MS,
  type CastBallotRequest,
  choosesTooMany,
  isInTime,
  type MotionScope,
  type MotionState,
  type VotingRules,
} from '@linli/shared/assembly';
import type { Tag } from '@linli/shared/ballot-log';
import type { CentiSqm, Instant } from '@linli/shared/kernel';
import { type Caller, OWNERS } from '../../../kernel/access/index.ts';
import { Audit } from '../../../kernel/audit/audit.ts';
import { Clock } from '../../../kernel/clock/clock.ts';
import { FieldCipher } from '../../../kernel/crypto/index.ts';
import { Database, type Transaction, violates } from '../../../kernel/database/index.ts';
import { refuse, Refused } from '../../../kernel/errors/refused.ts';
import { Ids } from '../../../kernel/ids/ids.ts';
import { LogReader } from '../../ballot-log/index.ts';
import { AssemblyLog, type OpenLog } from '../log/assembly-log.service.ts';
import { ActingFor, type ActingVoter } from '../proxies/acting-for.ts';
import { type BallotVotes, openVotes, sealVotes } from './ballot-votes.ts';
import { readRepresentative } from './representatives.service.ts';
import { transactionWithin } from './within-limit.ts';

/** How a ballot names the developer's delegate; an owner is named by id. */
export const DEVELOPER_CASTER = 'DEVELOPER';

/** Everything that decides a cast: one row for each motion of the meeting. */
interface CastRow {
  state: string;
  opens_at: number | null;
  closes_at: number | null;
  principal_kind: string | null;
  heads: number | null;
  delegate_person_id: string | null;
  area_centi_sqm: number | null;
  log_tag: string | null;
  /** Null for a meeting of before there were logs. */
  log_origin: string | null;
  owner_id: string | null;
  previous_id: string | null;
  /** 1 where co-owners have begun to choose one of them. */
  represented: number;
  motion_id: string;
  motion_state: string;
  scope_json: string;
  election_id: string | null;
}

interface Voter {
  readonly castBy: string;
  /** Null for an owner, a guardian and the developer's delegate. */
  readonly proxy: ActingVoter['proxy'];
  /** As the log names it; null in a meeting without a log. */
  readonly logged: {
    readonly log: OpenLog;
    readonly principal: Tag;
    readonly area: CentiSqm;
    readonly castBy: string;
  } | null;
  readonly closesAt: Instant;
  readonly replaces: string | null;
}

/**
 * Casts a ballot 投票. The request's moment of arrival is the ballot's; the row is written once and never changed. The
 * frozen roll decides who may; nothing here reads a flag that closing would set, so closing cannot race with it.
 */
@Injectable()
export class CastBallotService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(FieldCipher) private readonly cipher: FieldCipher,
    @Inject(AssemblyLog) private readonly log: AssemblyLog,
    @Inject(LogReader) private readonly logs: LogReader,
    @Inject(ActingFor) private readonly acting: ActingFor,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
  ) {}

  /**
   * A tap that is repeated gets the first one's receipt, also when the ballot could not be cast any more: it may come
   * again because the answer was lost on its way, or because the phone was told "too slow" while the commit ran.
   */
  async cast(
    caller: Caller,
    estateId: string,
    assemblyId: string,
    request: CastBallotRequest,
    key: string,
  ): Promise<BallotReceipt> {
    try {
      return await this.castAnew(caller, estateId, assemblyId, request, key);
    } catch (error) {
      const known = violates(error, 'uq_ballots_action');
      if (!known && !(error instanceof Refused)) throw error;
      const first = await this.castBefore(caller, assemblyId, request, key);
      if (first !== null) return first;
      throw known ? refuse('IDEMPOTENCY.IN_FLIGHT') : error;
    }
  }

  private async castAnew(
    caller: Caller,
    estateId: string,
    assemblyId: string,
    request: CastBallotRequest,
    key: string,
  ): Promise<BallotReceipt> {
    const receivedAt = this.clock.now();
    const { principalId } = request;
    const rows = await this.readCast(caller, estateId, assemblyId, principalId);
    const voter = await this.voterOf(caller, { estateId, assemblyId, principalId }, rows, receivedAt);
    const votes = await this.checkedVotes(principalId, request, rows);
    if (voter.proxy !== null) await this.checkProxy(voter.proxy, votes, assemblyId);
    const ballotId = this.ids.next();
    const promise = await transactionWithin(
      this.database,
      {
        clock: this.clock,
        until: receivedAt + CAST_TIME_LIMIT_MS,
        late: () => refuse('BALLOT.TOO_SLOW'),
      },
      (tx) =>
        this.store(tx, caller, key, {
          ballotId,
          estateId,
          assemblyId,
          principalId,
          receivedAt,
          voter,
          votes,
        }),
    );
    return receipt({ ballotId, principalId, receivedAt, votes, promise, ...voter });
  }

  /** One read: the meeting, its motions, and whether this person votes for this principal. */
  private readCast(
    caller: Caller,
    estateId: string,
    assemblyId: string,
    principalId: string,
  ): Promise<CastRow[]> {
    return this.database.rows<CastRow>(
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
  }

  /** Who votes here, or why this person does not. */
  private async voterOf(
    caller: Caller,
    where: { readonly estateId: string; readonly assemblyId: string; readonly principalId: string },
    rows: readonly CastRow[],
    receivedAt: Instant,
  ): Promise<Voter> {
    const { estateId, assemblyId, principalId } = where;
    const [row] = rows;
    if (row === undefined || row.state === 'DRAFT') throw refuse('NOT_FOUND');
    const { opens_at: opensAt, closes_at: closesAt } = row;
    if (opensAt === null || closesAt === null) throw refuse('BALLOT.NOT_OPEN');
    const state = assemblyStateAt(row.state as AssemblyState, { opensAt, closesAt }, receivedAt);
    if (!isInTime(receivedAt, closesAt)) throw refuse('BALLOT.CLOSED');
    if (state !== 'VOTING') throw refuse('BALLOT.NOT_OPEN');
    const isDelegate = row.delegate_person_id === caller.personId;
    const acting = row.owner_id === null && !isDelegate ? await this.acting.voter(caller, where) : null;
    if (row.owner_id === null && !isDelegate && acting === null)
      throw refuse(caller.has(estateId, OWNERS) ? 'BALLOT.NOT_ON_ROLL' : 'BALLOT.OWNERS_ONLY');
    if (row.heads === 0) throw refuse('BALLOT.NOTHING_COUNTED');
    const castBy = row.owner_id ?? acting?.castBy ?? DEVELOPER_CASTER;
    const representative =
      row.represented === 1 ? await readRepresentative(this.database, principalId) : null;
    if (representative !== null && representative !== castBy) throw refuse('BALLOT.NOT_REPRESENTATIVE');
    const logged = await this.loggedVoter(row, assemblyId, principalId, castBy);
    return { castBy, proxy: acting?.proxy ?? null, logged, closesAt, replaces: row.previous_id };
  }

  /** What the owner authorised, by the rules that were frozen with the notice. */
  private async checkProxy(
    proxy: NonNullable<Voter['proxy']>,
    votes: BallotVotes,
    assemblyId: string,
  ): Promise<void> {
    const row = await this.database.row<{ rules_json: string | null }>(
      'SELECT rules_json FROM assemblies WHERE id = ?',
      [assemblyId],
    );
    const rules = row?.rules_json == null ? null : (JSON.parse(row.rules_json) as VotingRules);
    this.acting.check(proxy, votes, rules);
  }

  private async loggedVoter(
    { log_origin: origin, log_tag: principal, area_centi_sqm: area }: CastRow,
    assemblyId: string,
    principalId: string,
    castBy: string,
  ): Promise<Voter['logged']> {
    if (origin === null || principal === null || area === null) return null;
    const name = castBy === DEVELOPER_CASTER ? await this.developerOf(principalId) : castBy;
    return { log: { id: assemblyId, origin }, principal, area, castBy: name };
  }

  private async developerOf(principalId: string): Promise<string> {
    const row = await this.database.row<{ developer: string }>(
      'SELECT developer FROM assembly_roll_units WHERE principal_id = ? AND developer IS NOT NULL LIMIT 1',
      [principalId],
    );
    return row?.developer ?? '';
  }

  private async checkedVotes(
    principalId: string,
    { votes, confirmed }: CastBallotRequest,
    rows: readonly CastRow[],
  ): Promise<BallotVotes> {
    if (!confirmed) throw refuse('BALLOT.NOT_CONFIRMED');
    if (votes.length === 0) throw refuse('BALLOT.EMPTY');
    const motions = new Map(rows.map((row) => [row.motion_id, row]));
    const marks: Record<string, BallotVotes[string]> = {};
    for (const { motionId, choice } of votes) {
      const motion = motions.get(motionId);
      if (motion === undefined) throw refuse('BALLOT.MOTION_UNKNOWN');
      if ((motion.motion_state as MotionState) !== 'ON_AGENDA') throw refuse('BALLOT.MOTION_NOT_VOTED');
      if (motionId in marks) throw refuse('BALLOT.MOTION_TWICE');
      const scope = JSON.parse(motion.scope_json) as MotionScope;
      if (scope.kind !== 'ESTATE' && !(await this.hasUnitIn(principalId, scope)))
        throw refuse('BALLOT.OUT_OF_SCOPE');
      marks[motionId] = choice;
    }
    await this.checkElections(marks, rows);
    return marks;
  }

  /** Too many chosen would be void in the count; a phone can say so at once. */
  private async checkElections(votes: BallotVotes, rows: readonly CastRow[]): Promise<void> {
    for (const electionId of new Set(rows.map((row) => row.election_id))) {
      if (electionId === null) continue;
      const motionIds = rows
        .filter((row) => row.election_id === electionId && row.motion_state === 'ON_AGENDA')
        .map((row) => row.motion_id);
      const election = await this.database.row<{ seats: number }>(
        'SELECT seats FROM elections WHERE id = ?',
        [electionId],
      );
      const seats = election?.seats ?? 0;
      if (choosesTooMany(votes, { seats, motionIds }))
        throw refuse('BALLOT.TOO_MANY_CHOSEN', { params: { seats } });
    }
  }

  private async hasUnitIn(
    principalId: string,
    scope: Exclude<MotionScope, { kind: 'ESTATE' }>,
  ): Promise<boolean> {
    const units = await this.database.rows<{ unit_id: string; building: string }>(
      'SELECT unit_id, building FROM assembly_roll_units WHERE principal_id = ? AND counted = 1',
      [principalId],
    );
    return units.some(({ unit_id, building }) =>
      scope.kind === 'BUILDINGS' ? scope.buildings.includes(building) : scope.unitIds.includes(unit_id),
    );
  }

  /** The ballot, that it was cast, and its leaf, of which the promise is answered. What it says is in no clear text. */
  private async store(
    tx: Transaction,
    caller: Caller,
    key: string,
    ballot: {
      readonly ballotId: string;
      readonly estateId: string;
      readonly assemblyId: string;
      readonly principalId: string;
      readonly receivedAt: Instant;
      readonly voter: Voter;
      readonly votes: BallotVotes;
    },
  ): Promise<string | null> {
    const { ballotId, estateId, assemblyId, principalId, receivedAt, voter, votes } = ballot;
    await tx.insert('ballots', {
      id: ballotId,
      assembly_id: assemblyId,
      estate_id: estateId,
      principal_id: principalId,
      cast_by: voter.castBy,
      person_id: caller.personId,
      channel: 'ONLINE',
      signed: 1,
      proxy_role: voter.proxy?.role ?? null,
      received_at: receivedAt,
      votes_sealed: sealVotes(this.cipher, ballotId, votes),
      action_key: key,
    });
    await this.audit.record(tx, caller, {
      action: 'BALLOT.CAST',
      estateId,
      subjectType: 'ballot',
      subjectId: ballotId,
      after: { assemblyId, principalId, receivedAt },
    });
    const { proxy } = voter;
    if (proxy !== null) await this.acting.castUnder(tx, proxy.mandateId, { ballotId, assemblyId });
    if (voter.logged === null) return null;
    const { log, ...named } = voter.logged;
    return this.log.ballot(tx, log, {
      ...named,
      ballot: ballotId,
      at: receivedAt,
      channel: 'ONLINE',
      signed: true,
      proxy: proxy === null ? null : { mandate: proxy.mandateId, role: proxy.role },
      supersedes: voter.replaces,
      votes,
    });
  }

  /** What this tap cast when it came first, never a second ballot; null where nothing is stored of it. */
  private async castBefore(
    caller: Caller,
    assemblyId: string,
    { principalId, votes }: CastBallotRequest,
    key: string,
  ): Promise<BallotReceipt | null> {
    const first = await this.database.row<{
      id: string;
      assembly_id: string;
      principal_id: string;
      received_at: number;
      votes_sealed: string;
      closes_at: number;
    }>(
      `SELECT b.id, b.assembly_id, b.principal_id, b.received_at, b.votes_sealed, a.closes_at
       FROM ballots b JOIN assemblies a ON a.id = b.assembly_id WHERE b.person_id = ? AND b.action_key = ?`,
      [caller.personId, key],
    );
    if (first === null) return null;
    const cast = openVotes(this.cipher, first.id, first.votes_sealed);
    const asked = votes.map(({ motionId, choice }): [string, string] => [motionId, choice]);
    const same = JSON.stringify(Object.entries(cast).sort()) === JSON.stringify(asked.sort());
    if (first.assembly_id !== assemblyId || first.principal_id !== principalId || !same)
      throw refuse('IDEMPOTENCY.MISMATCH');
    return receipt({
      ballotId: first.id,
      principalId,
      receivedAt: first.received_at,
      votes: cast,
      closesAt: first.closes_at,
      replaces: null,
      promise: (await this.logs.leafAbout(assemblyId, first.id))?.promise ?? null,
    });
  }
}

function receipt(ballot: {
  readonly ballotId: string;
  readonly principalId: string;
  readonly receivedAt: Instant;
  readonly votes: BallotVotes;
  readonly closesAt: Instant;
  readonly replaces: string | null;
  readonly promise: string | null;
}): BallotReceipt {
  const { ballotId, principalId, receivedAt, votes, closesAt, replaces, promise } = ballot;
  return {
    ballotId,
    principalId,
    castByMe: true,
    hasReceipt: promise !== null,
    channel: 'ONLINE',
    receivedAt,
    votes: Object.entries(votes).map(([motionId, mark]) => ({ motionId, mark })),
    replaces,
    notCounted: null,
    closesAt,
    promise,
  };
}
