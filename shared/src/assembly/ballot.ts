import type { Instant } from '../kernel/index.ts';
import type { Electorate, Principal } from './electorate.ts';
import type { PrincipalKey } from './principal.ts';
import type { VotingRules } from './voting-rules.ts';

export const CHOICES = ['FOR', 'AGAINST', 'ABSTAIN'] as const;
/** 同意, 反对, 弃权: what a voter can choose. */
export type Choice = (typeof CHOICES)[number];

export const CHOICE_LABELS: Readonly<Record<Choice, string>> = {
  FOR: '同意',
  AGAINST: '反对',
  ABSTAIN: '弃权',
};

export const MARKS = [...CHOICES, 'BLANK', 'INVALID'] as const;
/** What a ballot says on a motion; a paper one may also be left blank or be spoiled (e.g. marked twice). */
export type Mark = (typeof MARKS)[number];

export const BALLOT_CHANNELS = ['ONLINE', 'PAPER'] as const;
export type BallotChannel = (typeof BALLOT_CHANNELS)[number];

/** A ballot as received. It is never changed: a voter who thinks again sends another. */
export interface Ballot {
  readonly id: string;
  readonly principal: PrincipalKey;
  /** The person (or the developer) who cast it. */
  readonly castBy: string;
  /** Instant by the server's clock. */
  readonly receivedAt: Instant;
  readonly channel: BallotChannel;
  readonly signed: boolean;
  /** The written authority of one who is not an owner (民法典 165); null without one. */
  readonly proxy: { readonly role: string | null } | null;
  /** By motion: one mark, or a mark for each unit. A motion that is missing was left blank. */
  readonly votes: Readonly<Record<string, Mark | Readonly<Record<string, Mark>>>>;
  /** A paper that its owner objected to before the deadline, and rightly so. */
  readonly annulled?: boolean;
}

const REJECTION_REASONS = [
  'ANNULLED',
  'LATE',
  'UNSIGNED',
  'NOT_ON_ROLL',
  'NO_AUTHORITY',
  'PROXY_BARRED',
  'PROXY_CAP',
] as const;
/** Why a ballot takes no part at all. It is kept as evidence. */
export type RejectionReason = (typeof REJECTION_REASONS)[number];

export interface RejectedBallot {
  readonly ballotId: string;
  readonly reason: RejectionReason;
}

export interface Admission {
  /** The accepted ballots of each principal, in the order of receipt. */
  readonly accepted: ReadonlyMap<Principal, readonly Ballot[]>;
  readonly rejected: readonly RejectedBallot[];
}

/** Received in time? The deadline itself is still in time. */
export function isInTime(receivedAt: Instant, deadline: Instant): boolean {
  return receivedAt <= deadline;
}

/** Which ballots take part. In order of (receipt, id), so a replay always gives the same answer. */
export function admitBallots(
  ballots: readonly Ballot[],
  electorate: Electorate,
  rules: Pick<VotingRules, 'proxyCap' | 'proxyBarredRoles'>,
  deadline: Instant,
): Admission {
  const accepted = new Map<Principal, Ballot[]>();
  const rejected: RejectedBallot[] = [];
  const principalsOfProxy = new Map<string, Set<Principal>>();

  for (const ballot of inOrderOfReceipt(ballots)) {
    const reason = admit(ballot);
    if (reason !== null) rejected.push({ ballotId: ballot.id, reason });
  }
  return { accepted, rejected };

  /** Accepts the ballot, or says why not. */
  function admit(ballot: Ballot): RejectionReason | null {
    if (ballot.annulled === true) return 'ANNULLED';
    if (!isInTime(ballot.receivedAt, deadline)) return 'LATE';
    if (!ballot.signed) return 'UNSIGNED';
    const principal = electorate.find(ballot.principal);
    // A unit without a known owner counts in the whole, but nobody can vote or sign an authority for it.
    if (principal === undefined || principal.voters.size === 0) return 'NOT_ON_ROLL';
    if (!principal.voters.has(ballot.castBy)) {
      const reason = admitProxy(ballot, principal);
      if (reason !== null) return reason;
    }
    const earlier = accepted.get(principal);
    if (earlier === undefined) accepted.set(principal, [ballot]);
    else earlier.push(ballot);
    return null;
  }

  function admitProxy({ proxy, castBy }: Ballot, principal: Principal): RejectionReason | null {
    if (proxy === null) return 'NO_AUTHORITY';
    if (proxy.role !== null && rules.proxyBarredRoles.includes(proxy.role)) return 'PROXY_BARRED';
    const represented = principalsOfProxy.get(castBy) ?? new Set();
    const isNew = !represented.has(principal);
    if (isNew && rules.proxyCap !== null && represented.size >= rules.proxyCap) return 'PROXY_CAP';
    principalsOfProxy.set(castBy, represented.add(principal));
    return null;
  }
}

function inOrderOfReceipt(ballots: readonly Ballot[]): Ballot[] {
  return [...ballots].sort((a, b) => a.receivedAt - b.receivedAt || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
}
