import type { Mark } from '../assembly/index.ts';
import type { Instant } from '../kernel/index.ts';
import type { BallotLeaf } from './leaves.ts';

/** What a receipt's leaf says to the person who holds it. */
export interface LoggedBallotFacts {
  readonly assemblyId: string;
  readonly ballotId: string;
  readonly at: Instant;
  readonly channel: BallotLeaf['channel'];
  readonly areaCentiSqm: number;
  readonly votes: readonly { readonly motionId: string; readonly mark: Mark }[];
}

/** Null where the leaf is no ballot, or its log none of an assembly. */
export function ballotOfLeaf(origin: string, leafText: string): LoggedBallotFacts | null {
  const assemblyId = /\/assemblies\/([0-9A-Z]{26})$/.exec(origin)?.[1];
  const leaf = parsed(leafText);
  if (assemblyId === undefined || leaf?.type !== 'ballot') return null;
  const { ballot, at, channel, area, votes } = leaf;
  return {
    assemblyId,
    ballotId: ballot,
    at,
    channel,
    areaCentiSqm: area,
    votes: Object.entries(votes).map(([motionId, mark]) => ({ motionId, mark })),
  };
}

/** The leaf was hashed and signed as it stands: whoever wrote it is who may be believed on its shape. */
function parsed(text: string): BallotLeaf | null {
  try {
    return JSON.parse(text) as BallotLeaf;
  } catch {
    return null;
  }
}
