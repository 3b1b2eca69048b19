import type { Ballot } from '../ballot.ts';
import { choosesTooMany } from './ballot.ts';

/** A motion as a ballot asks about it. */
export interface AskedMotion {
  readonly id: string;
  /** Motions of one election share it; null otherwise. */
  readonly electionId: string | null;
  /** How many of the election's candidates a ballot may choose; null where it is no election. */
  readonly electionSeats: number | null;
}

/** What a ballot asks in one go: a motion, or all candidates of an election. */
export type AskedStep<M extends AskedMotion> =
  | { readonly kind: 'MOTION'; readonly motion: M }
  | { readonly kind: 'ELECTION'; readonly seats: number; readonly candidates: readonly M[] };

/** In the order of the agenda; an election stands where its first candidate stood. */
export function askedSteps<M extends AskedMotion>(motions: readonly M[]): AskedStep<M>[] {
  const steps: AskedStep<M>[] = [];
  for (const motion of motions) {
    const { electionId, electionSeats } = motion;
    if (electionId === null || electionSeats === null) steps.push({ kind: 'MOTION', motion });
    else if (motions.find((each) => each.electionId === electionId) === motion)
      steps.push({
        kind: 'ELECTION',
        seats: electionSeats,
        candidates: motions.filter((each) => each.electionId === electionId),
      });
  }
  return steps;
}

/** 选举业委会委员：3号 张三 → 3号 张三 */
export function candidateName({ title }: { readonly title: string }): string {
  return title.slice(title.indexOf('：') + 1);
}

/** An election in which a ballot chose more than there are seats: all of it is void 选票作废, the rest of the ballot stands. */
export interface SpoiledElection {
  readonly seats: number;
  readonly chosen: number;
}

export function spoiledElections(votes: Ballot['votes'], motions: readonly AskedMotion[]): SpoiledElection[] {
  return askedSteps(motions).flatMap((step) => {
    if (step.kind === 'MOTION') return [];
    const { seats, candidates } = step;
    const motionIds = candidates.map(({ id }) => id);
    const chosen = motionIds.filter((id) => votes[id] === 'FOR').length;
    return choosesTooMany(votes, { seats, motionIds }) ? [{ seats, chosen }] : [];
  });
}

/** 应选 5 人，选了 6 人，这一选举作废 */
export const spoiledWords = ({ seats, chosen }: SpoiledElection): string =>
  `应选 ${seats} 人，选了 ${chosen} 人，这一选举作废`;
