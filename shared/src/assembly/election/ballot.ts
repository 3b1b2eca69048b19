import type { Ballot, Mark } from '../ballot.ts';

/** One election among the motions of a meeting: who may be chosen, and how many at most. */
export interface ElectionBallot {
  readonly seats: number;
  /** The motions of its candidates that are voted on. */
  readonly motionIds: readonly string[];
}

/**
 * Whether a ballot chooses more than there are seats: then its whole election is void, since nobody can say which of
 * them it means. Where it says something for each unit, one unit that does so is enough.
 */
export function choosesTooMany(votes: Ballot['votes'], { seats, motionIds }: ElectionBallot): boolean {
  let whole = 0;
  const ofUnit = new Map<string, number>();
  for (const id of motionIds) {
    const vote = votes[id];
    if (vote === undefined) continue;
    if (typeof vote === 'string') whole += isChosen(vote);
    else
      for (const [unitId, mark] of Object.entries(vote))
        ofUnit.set(unitId, (ofUnit.get(unitId) ?? 0) + isChosen(mark));
  }
  return whole + Math.max(0, ...ofUnit.values()) > seats;
}

const isChosen = (mark: Mark) => (mark === 'FOR' ? 1 : 0);
