import {
  countElection,
  type ElectionBallot,
  type ElectionResult,
  type TallyResult,
} from '@linli/shared/assembly';
import type { Motion } from '../assemblies.repository.ts';
import type { Election } from './elections.repository.ts';

export interface CountedElection {
  readonly election: Election;
  /** Candidates are named by their motions. */
  readonly result: ElectionResult;
}

/** The election that a motion stands in, with those of its motions that are voted on. Pure. */
export function ballotOf(
  motion: Motion,
  motions: readonly Motion[],
  elections: readonly Election[],
): ElectionBallot | null {
  const election = elections.find(({ id }) => id === motion.electionId);
  if (election === undefined) return null;
  const motionIds = motions
    .filter(({ electionId, state }) => electionId === election.id && state === 'ON_AGENDA')
    .map(({ id }) => id);
  return { seats: election.seats, motionIds };
}

/** Who is elected by a count. Pure. */
export function electionResults(
  elections: readonly Election[],
  counts: readonly {
    readonly motion: Motion;
    readonly result: Pick<TallyResult, 'outcome' | 'inFavour'>;
  }[],
): CountedElection[] {
  return elections.flatMap((election) => {
    const { id, terms } = election;
    if (terms === null) return [];
    const candidates = counts
      .filter(({ motion }) => motion.electionId === id)
      .map(({ motion, result: { outcome, inFavour } }) => ({ candidateId: motion.id, outcome, inFavour }));
    return [{ election, result: countElection(candidates, terms) }];
  });
}
