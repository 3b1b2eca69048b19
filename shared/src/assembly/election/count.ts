import { moreThan, atLeast } from '../../kernel/index.ts';
import type { DoubleCount } from '../counts.ts';
import type { Outcome } from '../tally.ts';
import type { ApprovalThreshold } from '../voting-rules.ts';
import type { CommitteeRules } from './committee-rules.ts';

/** What an election fills, and what makes a committee. */
export interface ElectionTerms {
  /** To be filled now. */
  readonly seats: number;
  /** In office already: in a by-election those who sit, in a run-off those elected before it. */
  readonly sitting: number;
  /** Of the whole committee. */
  readonly committeeSeats: number;
  /** The committee stands where more than this share of its seats is filled. */
  readonly minElected: ApprovalThreshold;
  /** Alternates, at most; null for no limit. */
  readonly alternatesMax: number | null;
}

/** The count of one candidate's motion. */
export interface CandidateCount {
  readonly candidateId: string;
  readonly outcome: Outcome;
  readonly inFavour: DoubleCount;
}

export const ELECTION_OUTCOMES = ['COMPLETE', 'RUN_OFF', 'PARTIAL', 'FAILED', 'NO_QUORUM'] as const;
/**
 * 全部当选; 末位票数相同，重新投票; 部分当选，其余由候补或补选; 当选人数不够，选举不成立; 参与人数不够.
 */
export type ElectionOutcome = (typeof ELECTION_OUTCOMES)[number];

const ELECTION_REASONS = [
  'OK',
  'TIE_AT_LAST_SEAT',
  'SEATS_LEFT',
  'TOO_FEW_ELECTED',
  'QUORUM',
  'ALTERNATES_TIED',
] as const;
export type ElectionReason = (typeof ELECTION_REASONS)[number];

export interface ElectionResult {
  readonly outcome: ElectionOutcome;
  readonly reasons: readonly ElectionReason[];
  /** 当选, best first. */
  readonly elected: readonly string[];
  /** Equal in heads and in area at the last seat; they stand in the run-off. */
  readonly tied: readonly string[];
  /** 候补: passed, and no seat was left; in the order in which they step in. */
  readonly alternates: readonly string[];
  /** Not filled by this count. */
  readonly openSeats: number;
  /** Whether enough are in office for a committee, before any run-off. */
  readonly stands: boolean;
}

export function electionTerms(
  election: { readonly seats: number; readonly sitting: number; readonly committeeSeats: number },
  { minElected, alternatesMax }: Pick<CommitteeRules, 'minElected' | 'alternatesMax'>,
): ElectionTerms {
  const { seats, sitting, committeeSeats } = election;
  return {
    seats,
    sitting,
    committeeSeats,
    minElected,
    alternatesMax: alternatesMax === null ? null : committeeSeats,
  };
}

/**
 * Who is elected. Each candidate needs the double majority; of more who have it than there are seats, those with more
 * heads, then with more area; nobody is drawn by lot. Candidates come in the order of the agenda.
 */
export function countElection(counts: readonly CandidateCount[], terms: ElectionTerms): ElectionResult {
  const voted = counts.filter(({ outcome }) => outcome !== 'NOT_VOTED');
  const nobody = { elected: [], tied: [], alternates: [], openSeats: terms.seats, stands: false };
  if (voted.length > 0 && voted.every(({ outcome }) => outcome === 'NO_QUORUM'))
    return { outcome: 'NO_QUORUM', reasons: ['QUORUM'], ...nobody };
  const ranked = rank(voted.filter(({ outcome }) => outcome === 'PASSED'));
  const { elected, tied, rest } = seat(ranked, terms.seats);
  const openSeats = terms.seats - elected.length;
  const stands = makesCommittee(terms.sitting + elected.length, terms);
  const { alternates, cut } = alternatesOf(rest, terms.alternatesMax);
  const named = { elected: ids(elected), alternates: ids(alternates), openSeats, stands };
  const also: ElectionReason[] = cut ? ['ALTERNATES_TIED'] : [];
  if (tied.length > 0)
    return { outcome: 'RUN_OFF', reasons: ['TIE_AT_LAST_SEAT', ...also], tied: ids(tied), ...named };
  if (!stands) return { outcome: 'FAILED', reasons: ['TOO_FEW_ELECTED'], ...nobody };
  return openSeats === 0
    ? { outcome: 'COMPLETE', reasons: ['OK', ...also], tied: [], ...named }
    : { outcome: 'PARTIAL', reasons: ['SEATS_LEFT'], tied: [], ...named };
}

/** Whether so many members make a committee. */
function makesCommittee(
  members: number,
  { committeeSeats, minElected }: Pick<ElectionTerms, 'committeeSeats' | 'minElected'>,
): boolean {
  return (minElected.strict ? moreThan : atLeast)(members, committeeSeats, minElected.share);
}

/** More heads first, then more area; who is equal in both stays in the order of the agenda. */
function rank(passed: readonly CandidateCount[]): CandidateCount[] {
  return [...passed].sort((a, b) => compare(a.inFavour, b.inFavour));
}

function compare(a: DoubleCount, b: DoubleCount): number {
  return b.heads - a.heads || b.areaCentiSqm - a.areaCentiSqm;
}

function isEqual(a: CandidateCount | undefined, b: CandidateCount | undefined): boolean {
  return a !== undefined && b !== undefined && compare(a.inFavour, b.inFavour) === 0;
}

/** Fills the seats from the top; equals around the last seat wait for a run-off, all of them. */
function seat(ranked: readonly CandidateCount[], seats: number) {
  const last = ranked[seats - 1];
  if (!isEqual(last, ranked[seats]))
    return { elected: ranked.slice(0, seats), tied: [], rest: ranked.slice(seats) };
  const isTied = (candidate: CandidateCount) => isEqual(candidate, last);
  const first = ranked.findIndex(isTied);
  const tied = ranked.filter(isTied);
  return { elected: ranked.slice(0, first), tied, rest: ranked.slice(first + tied.length) };
}

/** As many as the region allows; equals around the last place are left out, as nobody is drawn by lot. */
function alternatesOf(rest: readonly CandidateCount[], most: number | null) {
  if (most === null || rest.length <= most) return { alternates: rest, cut: false };
  const { elected, tied } = seat(rest, most);
  return { alternates: elected, cut: tied.length > 0 };
}

const ids = (candidates: readonly CandidateCount[]) => candidates.map(({ candidateId }) => candidateId);

export interface VacancyPlan {
  /** Alternates who step in, in order. */
  readonly stepIn: readonly string[];
  /** Seats that are left for a by-election 补选. */
  readonly byElection: number;
  /** Too few are left: the whole committee is elected anew. */
  readonly electAnew: boolean;
}

/** What fills the seats of members who left: alternates first, then a by-election. */
export function planVacancies(
  committee: Pick<ElectionTerms, 'committeeSeats' | 'minElected'> & { readonly sitting: number },
  alternates: readonly string[],
): VacancyPlan {
  const vacant = Math.max(0, committee.committeeSeats - committee.sitting);
  const stepIn = alternates.slice(0, vacant);
  const byElection = vacant - stepIn.length;
  return { stepIn, byElection, electAnew: !makesCommittee(committee.sitting + stepIn.length, committee) };
}
