import { type Instant, atLeast, moreThan } from '../kernel/index.ts';
import { type Ballot, type Mark, type RejectedBallot, admitBallots } from './ballot.ts';
import { type DoubleCount, NOTHING, addCounts } from './counts.ts';
import { type ElectionBallot, choosesTooMany } from './election/ballot.ts';
import { type Electorate, type MotionScope, type Principal, electorateOf } from './electorate.ts';
import type { VoteClass } from './matters.ts';
import type { PrincipalKey, RollUnit } from './principal.ts';
import { type ApprovalThreshold, type VotingRules, approvalThreshold } from './voting-rules.ts';

/**
 * The count of one motion. Pure: the same roll, ballots and rules give the same result on the server, in the command
 * line tool and in anyone's hands who wants to check. Only integers, compared by cross-multiplication.
 */

export interface MotionToTally {
  readonly id: string;
  readonly voteClass: VoteClass;
  /** A motion that was withdrawn or was never on the published agenda is not voted, whatever ballots say. */
  readonly notVoted: NotVotedReason | null;
  readonly scope: MotionScope;
  /** The co-owner whom a principal's owners chose to vote for all of them. */
  readonly representatives: Readonly<Record<PrincipalKey, string>>;
  /** Principals to whom the ballot was provably delivered; only they can follow a majority. */
  readonly served: readonly PrincipalKey[];
  /** Where it is a candidate's: the election, whose motions share one set of participants. */
  readonly election?: ElectionBallot;
}

export const OUTCOMES = ['PASSED', 'REJECTED', 'NO_QUORUM', 'NOT_VOTED'] as const;
export type Outcome = (typeof OUTCOMES)[number];

export type NotVotedReason = 'WITHDRAWN' | 'NOT_ON_AGENDA';

const TALLY_REASONS = [
  'OK',
  'QUORUM_AREA',
  'QUORUM_HEADS',
  'APPROVAL_AREA',
  'APPROVAL_HEADS',
  'WITHDRAWN',
  'NOT_ON_AGENDA',
  'EMPTY_ROLL',
] as const;
export type TallyReason = (typeof TALLY_REASONS)[number];

export const COUNTED_AS = ['FOR', 'AGAINST', 'ABSTAIN', 'BLANK', 'INVALID', 'SPLIT'] as const;
/** A mark, or SPLIT: the head of an owner whose units voted differently (`multiUnitSplit = AREA_SPLIT`). */
export type CountedAs = (typeof COUNTED_AS)[number];

export type SetAsideReason = 'REVOTED' | 'NOT_REPRESENTATIVE' | 'VOTED_IN_PERSON' | 'CO_OWNER_LATER';

/** An accepted ballot that another one of the same principal stands for. */
export interface SetAsideBallot {
  readonly ballotId: string;
  readonly reason: SetAsideReason;
}

export interface TallyResult {
  readonly outcome: Outcome;
  readonly reasons: readonly TallyReason[];
  /** Everyone who could have voted. */
  readonly total: DoubleCount;
  /** Everyone who took part: the sum of the breakdown. */
  readonly participating: DoubleCount;
  readonly inFavour: DoubleCount;
  readonly breakdown: Readonly<Partial<Record<CountedAs, DoubleCount>>>;
  /** Of `participating`: owners who did not vote and were added to the majority. Nothing unless the rules say so. */
  readonly followed: DoubleCount;
  readonly rejected: readonly RejectedBallot[];
  readonly setAside: readonly SetAsideBallot[];
}

export function tally(
  roll: readonly RollUnit[],
  ballots: readonly Ballot[],
  motion: MotionToTally,
  rules: VotingRules,
  deadline: Instant,
): TallyResult {
  if (motion.notVoted !== null) return notVoted(motion.notVoted, NOTHING);
  const electorate = electorateOf(roll, motion.scope, rules);
  const { total } = electorate;
  // Where there is nobody there is no area either.
  if (total.areaCentiSqm === 0) return notVoted('EMPTY_ROLL', total);

  const { accepted, rejected } = admitBallots(ballots, electorate, rules, deadline);
  const representatives = representativesOf(motion, electorate);
  const counting = new Counting();
  const setAside: SetAsideBallot[] = [];
  for (const [principal, cast] of accepted) {
    const representative = representatives.get(principal.key);
    const effective = effectiveBallots(cast, principal, representative, rules, setAside);
    if (effective.length > 0) countPrincipal(principal, effective, motion, rules, counting);
  }
  const followed =
    // Nobody who keeps silent chooses a candidate, and one motion's followers would part it from the others.
    rules.nonVoter === 'FOLLOW_MAJORITY' && motion.election === undefined
      ? followMajority(electorate, motion.served, accepted, counting)
      : NOTHING;

  const participating = counting.sum();
  const inFavour = counting.of('FOR');
  return {
    ...decide(total, participating, inFavour, rules.quorum, approvalThreshold(rules, motion.voteClass)),
    total,
    participating,
    inFavour,
    breakdown: counting.breakdown(),
    followed,
    rejected,
    setAside,
  };
}

/** The quorum of the whole first, then the approval of those who took part; both counts each time. */
export function decide(
  total: DoubleCount,
  participating: DoubleCount,
  inFavour: DoubleCount,
  quorum: VotingRules['quorum'],
  approval: ApprovalThreshold,
): { readonly outcome: Outcome; readonly reasons: readonly TallyReason[] } {
  const missing: TallyReason[] = [];
  if (!atLeast(participating.areaCentiSqm, total.areaCentiSqm, quorum)) missing.push('QUORUM_AREA');
  if (!atLeast(participating.heads, total.heads, quorum)) missing.push('QUORUM_HEADS');
  if (missing.length > 0) return { outcome: 'NO_QUORUM', reasons: missing };

  const approves = approval.strict ? moreThan : atLeast;
  if (!approves(inFavour.areaCentiSqm, participating.areaCentiSqm, approval.share))
    missing.push('APPROVAL_AREA');
  if (!approves(inFavour.heads, participating.heads, approval.share)) missing.push('APPROVAL_HEADS');
  if (missing.length > 0) return { outcome: 'REJECTED', reasons: missing };
  return { outcome: 'PASSED', reasons: ['OK'] };
}

/** The chosen co-owners by the principals of this count; a key may name an owner set that was merged into another. */
function representativesOf(motion: MotionToTally, electorate: Electorate): ReadonlyMap<PrincipalKey, string> {
  const named = Object.entries(motion.representatives);
  return new Map(named.map(([key, person]) => [electorate.find(key)?.key ?? key, person]));
}

/**
 * Of a principal's accepted ballots (in order of receipt), those that speak for it: each caster's own last word, then
 * the representative's alone, or else the owners' own before any proxy's.
 */
function effectiveBallots(
  cast: readonly Ballot[],
  principal: Principal,
  representative: string | undefined,
  rules: VotingRules,
  setAside: SetAsideBallot[],
): readonly Ballot[] {
  // Nearly everyone votes once.
  if (cast.length === 1 && representative === undefined) return cast;
  let remaining = cast;
  const keep = (kept: readonly Ballot[], reason: SetAsideReason) => {
    if (kept.length === remaining.length) return;
    const keeping = new Set(kept);
    for (const ballot of remaining) if (!keeping.has(ballot)) setAside.push({ ballotId: ballot.id, reason });
    remaining = kept;
  };

  keep(lastWords(cast, rules), 'REVOTED');
  if (representative !== undefined) {
    keep(
      remaining.filter(({ castBy }) => castBy === representative),
      'NOT_REPRESENTATIVE',
    );
  } else {
    const inPerson = remaining.filter(({ castBy }) => principal.voters.has(castBy));
    if (inPerson.length > 0) keep(inPerson, 'VOTED_IN_PERSON');
  }
  if (rules.coOwnerConflict === 'LAST') keep(remaining.slice(-1), 'CO_OWNER_LATER');
  return remaining;
}

/** One ballot for each caster, still in order of receipt, in which they must come. */
export function lastWords<B extends Pick<Ballot, 'castBy' | 'channel'>>(
  cast: readonly B[],
  rules: Pick<VotingRules, 'revote' | 'channelPriority'>,
): readonly B[] {
  const byCaster = new Map<string, B>();
  for (const ballot of cast) {
    const earlier = byCaster.get(ballot.castBy);
    if (earlier === undefined || prevails(ballot, earlier, rules)) byCaster.set(ballot.castBy, ballot);
  }
  const kept = new Set(byCaster.values());
  return cast.filter((ballot) => kept.has(ballot));
}

/** Which of two ballots of one caster speaks: by the channel that goes first, else by the order of receipt. */
export function prevails(
  later: Pick<Ballot, 'channel'>,
  earlier: Pick<Ballot, 'channel'>,
  { revote, channelPriority }: Pick<VotingRules, 'revote' | 'channelPriority'>,
): boolean {
  if (channelPriority !== 'LAST' && later.channel !== earlier.channel)
    return later.channel === channelPriority;
  return revote === 'LAST';
}

/** What the principal said, and where its area and its head go. */
function countPrincipal(
  principal: Principal,
  effective: readonly Ballot[],
  motion: MotionToTally,
  rules: VotingRules,
  counting: Counting,
): void {
  const said = voiceOf(principal, effective, motion, motion.id, rules);
  const taking =
    motion.election === undefined
      ? unitsTakingPart([said], rules)
      : unitsTakingPart(electionVoices(principal, effective, motion, motion.election, rules), rules);
  const units = principal.units.filter((_, index) => taking[index] === true);
  if (units.length === 0) return;
  if (!said.splits) {
    const areaCentiSqm = units.reduce((sum, unit) => sum + unit.areaCentiSqm, 0);
    counting.add(said.mark, { areaCentiSqm, heads: 1 });
    return;
  }
  principal.units.forEach(({ areaCentiSqm }, index) => {
    if (taking[index] === true) counting.add(said.markOfUnit[index] ?? 'BLANK', { areaCentiSqm, heads: 0 });
  });
  counting.add('SPLIT', { areaCentiSqm: 0, heads: 1 });
}

/** What a principal says on one motion: with one voice, or unit by unit where the rules let it split. */
interface Voice {
  readonly mark: Mark;
  readonly markOfUnit: readonly Mark[];
  readonly splits: boolean;
}

function voiceOf(
  { units }: Principal,
  effective: readonly Ballot[],
  { election }: MotionToTally,
  motionId: string,
  rules: VotingRules,
): Voice {
  const read = (ballot: Ballot, unitId: string): Mark =>
    election !== undefined && choosesTooMany(ballot.votes, election)
      ? 'INVALID'
      : markFor(ballot, motionId, unitId);
  const marks = units.map(({ id }) => effective.map((ballot) => read(ballot, id)));
  const markOfUnit = marks.map(agreedMark);
  // Co-owners who disagree about a unit are void; only who speaks with one voice can split units.
  const differs = !isUnanimous(markOfUnit) && marks.every(isUnanimous);
  const splits = differs && rules.multiUnitSplit === 'AREA_SPLIT';
  return { mark: agreedMark(markOfUnit), markOfUnit, splits };
}

function electionVoices(
  principal: Principal,
  effective: readonly Ballot[],
  motion: MotionToTally,
  { motionIds }: ElectionBallot,
  rules: VotingRules,
): Voice[] {
  return motionIds.map((id) => voiceOf(principal, effective, motion, id, rules));
}

/** Which units take part: all or none, or each for itself where one of the voices splits. Any voice is enough. */
function unitsTakingPart(voices: readonly Voice[], rules: VotingRules): boolean[] {
  const [first] = voices;
  const byUnit = voices.some(({ splits }) => splits);
  const whole = voices.some(({ mark }) => participates(mark, rules));
  return (first?.markOfUnit ?? []).map((_, index) =>
    byUnit ? voices.some(({ markOfUnit }) => participates(markOfUnit[index] ?? 'BLANK', rules)) : whole,
  );
}

function markFor(ballot: Ballot, motionId: string, unitId: string): Mark {
  const vote = ballot.votes[motionId];
  if (vote === undefined) return 'BLANK';
  return typeof vote === 'string' ? vote : (vote[unitId] ?? 'BLANK');
}

/** The one mark that all share; INVALID where they differ. */
function agreedMark(marks: readonly Mark[]): Mark {
  return isUnanimous(marks) ? (marks[0] ?? 'BLANK') : 'INVALID';
}

function isUnanimous(marks: readonly Mark[]): boolean {
  return marks.every((mark) => mark === marks[0]);
}

function participates(mark: Mark, rules: VotingRules): boolean {
  if (mark === 'BLANK' || mark === 'INVALID') return rules.blank === 'PARTICIPATES';
  return mark !== 'ABSTAIN' || rules.abstain === 'PARTICIPATES';
}

/** Optional: owners who were served and cast nothing join the side with more heads; a tie attracts nobody. */
function followMajority(
  electorate: Electorate,
  served: readonly PrincipalKey[],
  accepted: ReadonlyMap<Principal, readonly Ballot[]>,
  counting: Counting,
): DoubleCount {
  const lead = counting.of('FOR').heads - counting.of('AGAINST').heads;
  if (lead === 0) return NOTHING;
  const silent = new Set(
    served
      .map((key) => electorate.find(key))
      .filter((p): p is Principal => p !== undefined && !accepted.has(p)),
  );
  let followed = NOTHING;
  for (const { areaCentiSqm } of silent) followed = addCounts(followed, { areaCentiSqm, heads: 1 });
  counting.add(lead > 0 ? 'FOR' : 'AGAINST', followed);
  return followed;
}

/** The running sums of one count. */
class Counting {
  readonly #sums = new Map<CountedAs, DoubleCount>();

  add(as: CountedAs, count: DoubleCount): void {
    this.#sums.set(as, addCounts(this.of(as), count));
  }

  of(as: CountedAs): DoubleCount {
    return this.#sums.get(as) ?? NOTHING;
  }

  sum(): DoubleCount {
    return [...this.#sums.values()].reduce(addCounts, NOTHING);
  }

  breakdown(): Partial<Record<CountedAs, DoubleCount>> {
    const present = COUNTED_AS.filter((as) => this.#sums.has(as));
    return Object.fromEntries(present.map((as) => [as, this.of(as)]));
  }
}

function notVoted(reason: TallyReason, total: DoubleCount): TallyResult {
  return {
    outcome: 'NOT_VOTED',
    reasons: [reason],
    total,
    participating: NOTHING,
    inFavour: NOTHING,
    breakdown: {},
    followed: NOTHING,
    rejected: [],
    setAside: [],
  };
}
