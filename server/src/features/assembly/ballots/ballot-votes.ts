import type { Mark } from '@linli/shared/assembly';
import type { FieldCipher } from '../../../kernel/crypto/index.ts';

/** What a ballot says: motion → mark. Sealed at rest; only the voter, the count and scrutineers open it. */
export type BallotVotes = Readonly<Record<string, Mark>>;

const place = (ballotId: string) => ({ table: 'ballots', column: 'votes_sealed', rowId: ballotId });

export function sealVotes(cipher: FieldCipher, ballotId: string, votes: BallotVotes): string {
  return cipher.seal(JSON.stringify(votes), place(ballotId));
}

export function openVotes(cipher: FieldCipher, ballotId: string, sealed: string): BallotVotes {
  return JSON.parse(cipher.open(sealed, place(ballotId))) as BallotVotes;
}
