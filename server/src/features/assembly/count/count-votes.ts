import {
  type Ballot,
  type BallotChannel,
  type ElectionBallot,
  type MotionToTally,
  type PrincipalKey,
  electorateOf,
  principalKeyOf,
  tally,
  type TallyResult,
  type VotingRules,
  WHOLE_ESTATE,
} from '@linli/shared/assembly';
import type { Instant } from '@linli/shared/kernel';
import type { BallotVotes } from '../ballots/ballot-votes.ts';
import { DEVELOPER_CASTER } from '../ballots/cast-ballot.service.ts';
import type { Motion } from '../assemblies.repository.ts';
import { ballotOf } from '../election/election-results.ts';
import type { Election } from '../election/elections.repository.ts';
import { type FrozenUnit, sha256 } from '../roll/frozen-roll.repository.ts';

export interface StoredBallot {
  readonly id: string;
  readonly principalId: string;
  readonly castBy: string;
  readonly channel: BallotChannel;
  readonly signed: boolean;
  readonly proxyRole: string | null;
  readonly receivedAt: Instant;
  readonly votes: BallotVotes;
  readonly annulled: boolean;
}

export interface CountInput {
  readonly roll: readonly FrozenUnit[];
  readonly ballots: readonly StoredBallot[];
  readonly motions: readonly Motion[];
  /** What the meeting elects; mostly nothing. */
  readonly elections: readonly Election[];
  readonly rules: VotingRules;
  /** Principal → owner. */
  readonly representatives: ReadonlyMap<string, string>;
  readonly deadline: Instant;
}

export interface MotionCount {
  readonly motion: Motion;
  readonly result: TallyResult;
}

/** Hands what is stored to the one function that counts. Pure. */
export function countVotes(input: CountInput): MotionCount[] {
  const { roll, motions, elections, rules, deadline } = input;
  const keyOf = principalKeys(roll, rules);
  const ballots = input.ballots.map((ballot) => toBallot(ballot, keyOf, roll));
  const representatives = Object.fromEntries(
    [...input.representatives].map(([principalId, ownerId]) => [keyOf.get(principalId) ?? '', ownerId]),
  );
  return motions.map((motion) => ({
    motion,
    result: tally(
      roll,
      ballots,
      toTally(motion, representatives, ballotOf(motion, motions, elections)),
      rules,
      deadline,
    ),
  }));
}

/** Why a ballot counts for nothing: for the whole of it, so the reason must hold for every motion it names. */
export function dispositions(counts: readonly MotionCount[], ballots: readonly StoredBallot[]) {
  const reasons = new Map<string, { reason: string; motions: number }>();
  const voted = counts.filter(({ result }) => result.outcome !== 'NOT_VOTED');
  for (const { result } of voted)
    for (const { ballotId, reason } of [...result.rejected, ...result.setAside])
      reasons.set(ballotId, { reason, motions: (reasons.get(ballotId)?.motions ?? 0) + 1 });
  return ballots.flatMap(({ id }) => {
    const found = reasons.get(id);
    return found !== undefined && found.motions === voted.length
      ? [{ ballotId: id, reason: found.reason }]
      : [];
  });
}

/** Commits to the ballots that were counted, in the order of receipt. */
export function ballotsHash(ballots: readonly StoredBallot[]): string {
  const ordered = [...ballots].sort((a, b) => a.receivedAt - b.receivedAt || (a.id < b.id ? -1 : 1));
  return sha256(
    ordered
      .map(({ id, principalId, castBy, channel, signed, proxyRole, receivedAt, votes, annulled }) =>
        JSON.stringify([
          id,
          principalId,
          castBy,
          channel,
          signed,
          proxyRole,
          receivedAt,
          Object.entries(votes).sort(),
          ...(annulled ? ['ANNULLED'] : []),
        ]),
      )
      .join('\n'),
  );
}

function principalKeys(roll: readonly FrozenUnit[], rules: VotingRules): Map<string, PrincipalKey> {
  const electorate = electorateOf(roll, WHOLE_ESTATE, rules);
  return new Map(
    roll.map((unit) => {
      const own = principalKeyOf(unit);
      return [unit.principalId, electorate.find(own)?.key ?? own];
    }),
  );
}

function toBallot(
  ballot: StoredBallot,
  keyOf: ReadonlyMap<string, PrincipalKey>,
  roll: readonly FrozenUnit[],
): Ballot {
  const { id, principalId, castBy, channel, signed, proxyRole, receivedAt, votes, annulled } = ballot;
  return {
    id,
    principal: keyOf.get(principalId) ?? '',
    castBy:
      castBy === DEVELOPER_CASTER
        ? (roll.find((unit) => unit.principalId === principalId)?.developer ?? castBy)
        : castBy,
    receivedAt,
    channel,
    signed,
    proxy: proxyRole === null ? null : { role: proxyRole },
    votes,
    annulled,
  };
}

function toTally(
  motion: Motion,
  representatives: Readonly<Record<PrincipalKey, string>>,
  election: ElectionBallot | null,
): MotionToTally {
  const { id, voteClass, scope, state } = motion;
  return {
    id,
    voteClass,
    scope,
    notVoted: state === 'WITHDRAWN' ? 'WITHDRAWN' : state === 'ON_AGENDA' ? null : 'NOT_ON_AGENDA',
    representatives,
    // The log does not tell to whom a ballot was delivered, so nobody who is silent is added to a majority.
    served: [],
    ...(election === null ? {} : { election }),
  };
}
