import type {
  DeliveryStatus,
  PaperRefusal,
  MandateEnd,
  MandateWay,
  RejectionReason,
  UnitKind,
  VoteClass,
  VotingRules,
} from '../assembly/index.ts';
import type {
  ApprovalThreshold,
  BallotChannel,
  CountedAs,
  ElectionOutcome,
  ElectionReason,
  Mark,
  MotionScope,
  Outcome,
  TallyReason,
} from '../assembly/index.ts';
import type { Instant } from '../kernel/index.ts';

/**
 * What an owners' assembly writes into its log 表决日志, leaf by leaf. People, homes and buildings appear as tags: keyed
 * hashes of one assembly, 16 bytes in base64url, which only the app can lead back to a name. scripts/verify/FORMAT.md
 * is the same in words, for verifiers in other languages.
 */
export type Tag = string;

/** The two counts as [area in 0.01 ㎡, heads]. */
export type LoggedCount = readonly [areaCentiSqm: number, heads: number];

/** One unit of the frozen roll. The rows are a Merkle tree of their own; leaf 0 holds its root. */
export interface RollRow {
  readonly unit: Tag;
  readonly principal: Tag;
  /** 0.01 ㎡. */
  readonly area: number;
  readonly kind: UnitKind;
  readonly status: DeliveryStatus;
  readonly building: Tag | null;
  readonly owners: readonly Tag[];
  readonly developer: Tag | null;
  /** 16 random bytes: without them an area could be guessed from the row's hash. */
  readonly salt: string;
}

interface LeafBase {
  readonly v: 1;
  readonly at: Instant;
}

/** Commits to the roll: at the notice, and again where an objection was upheld before the vote opened. */
export interface RollLeaf extends LeafBase {
  readonly type: 'roll';
  readonly reason: 'NOTICE' | 'OBJECTION';
  readonly root: string;
  readonly rows: number;
}

export interface AgendaMotion {
  readonly motion: string;
  readonly matter: number;
  readonly class: VoteClass;
  /** SHA-256 of the motion's wording line, base64: what is voted on, without saying it to everybody. */
  readonly wording: string;
  readonly scope: MotionScopeTags;
  /** Of a candidate's motion: its election. */
  readonly election?: string;
}

/** What an election fills, and what makes a committee. */
export interface AgendaElection {
  readonly election: string;
  /** To be filled; a ballot that chooses more is void in it. */
  readonly seats: number;
  /** In office already. */
  readonly sitting: number;
  /** Of the whole committee. */
  readonly committee: number;
  /** The share of the committee that must be filled for it to stand. */
  readonly minimum: ApprovalThreshold;
  /** Alternates, at most. */
  readonly alternates: number | null;
}

/** A MotionScope with tags in place of names. */
export type MotionScopeTags =
  | { readonly kind: 'ESTATE' }
  | { readonly kind: 'BUILDINGS'; readonly buildings: readonly Tag[] }
  | { readonly kind: 'UNITS'; readonly units: readonly Tag[] };

/** What is voted on, until when, and by which rules. Always leaf 1. */
export interface AgendaLeaf extends LeafBase {
  readonly type: 'agenda';
  readonly estate: string;
  /** "2026年第2次业主大会会议". */
  readonly meeting: string;
  readonly opensAt: Instant;
  readonly closesAt: Instant;
  /** No extension reaches beyond it; absent where none is possible. */
  readonly latest?: Instant;
  readonly motions: readonly AgendaMotion[];
  /** Absent where nobody is elected. */
  readonly elections?: readonly AgendaElection[];
  readonly rules: VotingRules;
}

export interface WithdrawnLeaf extends LeafBase {
  readonly type: 'withdrawn';
  readonly motion: string;
  readonly reason: string;
}

/** A co-owner names the one who votes for all, or takes it back. In force once all name the same. */
export interface RepresentativeLeaf extends LeafBase {
  readonly type: 'representative';
  readonly principal: Tag;
  readonly owner: Tag;
  readonly chosen: Tag | null;
  readonly salt: string;
}

export interface BallotLeaf extends LeafBase {
  readonly type: 'ballot';
  readonly ballot: string;
  readonly principal: Tag;
  /** 0.01 ㎡ of the principal's units that count. */
  readonly area: number;
  readonly cast_by: Tag;
  readonly channel: BallotChannel;
  readonly signed: boolean;
  /** Of one who votes for an owner in writing; `mandate` names its leaf; absent where the writing is kept with a paper ballot. */
  readonly proxy: { readonly mandate?: string; readonly role: string | null } | null;
  readonly supersedes: string | null;
  readonly votes: Readonly<Record<string, Mark>>;
  /** On paper: the two who read it the same, each by themselves. */
  readonly operators?: readonly [Tag, Tag];
  readonly salt: string;
}

/** A paper that takes no part, with the reason: nobody can make a ballot disappear without a leaf that says so. */
export interface RefusedLeaf extends LeafBase {
  readonly type: 'refused';
  /** Null for a paper of which nobody knows whose it is. */
  readonly principal: Tag | null;
  readonly reason: PaperRefusal;
  /** The two who agreed on it; empty where the clock decides. */
  readonly operators: readonly Tag[];
  readonly salt: string;
}

/** A paper ballot that its owner objected to, and rightly so. */
export interface AnnulledLeaf extends LeafBase {
  readonly type: 'annulled';
  readonly ballot: string;
  readonly reason: 'MISREAD' | 'NOT_GENUINE';
  /** Who agreed, and the owner who objected. */
  readonly operators: readonly [Tag, Tag];
}

/** An owner authorises somebody in writing 委托: who, for which motions, and what to say. */
export interface MandateLeaf extends LeafBase {
  readonly type: 'mandate';
  readonly mandate: string;
  readonly principal: Tag;
  readonly owner: Tag;
  readonly agent: Tag;
  readonly way: MandateWay;
  /** Null for all. */
  readonly motions: readonly string[] | null;
  /** The owner's word where it was given: the agent says the same. */
  readonly votes: Readonly<Record<string, Mark>>;
  readonly salt: string;
}

/** A mandate ends before the deadline. REVOKED takes back what was cast under it, the others only what comes after. */
export interface MandateEndLeaf extends LeafBase {
  readonly type: 'mandate-end';
  readonly mandate: string;
  readonly reason: MandateEnd;
  readonly salt: string;
}

/** The deadline is moved, for a reason, while the vote runs. */
export interface ExtensionLeaf extends LeafBase {
  readonly type: 'extension';
  readonly from: Instant;
  readonly closesAt: Instant;
  readonly reason: string;
}

export interface AnnouncedMotion {
  readonly motion: string;
  readonly outcome: Outcome;
  readonly reasons: readonly TallyReason[];
  readonly total: LoggedCount;
  readonly part: LoggedCount;
  readonly favour: LoggedCount;
  readonly breakdown: Readonly<Partial<Record<CountedAs, LoggedCount>>>;
  readonly rejected: Readonly<Partial<Record<RejectionReason, number>>>;
}

/** Who is elected, by the ids of their motions. */
export interface AnnouncedElection {
  readonly election: string;
  readonly outcome: ElectionOutcome;
  readonly reasons: readonly ElectionReason[];
  readonly elected: readonly string[];
  readonly tied: readonly string[];
  readonly alternates: readonly string[];
  /** Seats that are left. */
  readonly open: number;
}

/** The announced result; always the last leaf. */
export interface ResultLeaf extends LeafBase {
  readonly type: 'result';
  readonly motions: readonly AnnouncedMotion[];
  /** Papers that took no part, by reason; missing where there were none. */
  readonly refused?: Readonly<Partial<Record<PaperRefusal, number>>>;
  /** As in the agenda, in its order. */
  readonly elections?: readonly AnnouncedElection[];
}

/** The meeting was called off; always the last leaf. */
export interface CancelledLeaf extends LeafBase {
  readonly type: 'cancelled';
  readonly reason: string;
}

export type Leaf =
  | RollLeaf
  | AgendaLeaf
  | WithdrawnLeaf
  | RepresentativeLeaf
  | MandateLeaf
  | MandateEndLeaf
  | ExtensionLeaf
  | BallotLeaf
  | RefusedLeaf
  | AnnulledLeaf
  | ResultLeaf
  | CancelledLeaf;

/** Gives tags to what an assembly names; the server's is keyed. */
export interface Tagger {
  unit(unitId: string): Tag;
  /** An owner, or the developer by name. */
  voter(id: string): Tag;
  building(name: string): Tag;
}

/** Gives tags to those who read papers; apart from the owners', so that nobody can be found in both. */
export interface OperatorTagger {
  operator(personId: string): Tag;
}

export function scopeTags(scope: MotionScope, tagger: Tagger): MotionScopeTags {
  if (scope.kind === 'BUILDINGS')
    return { kind: 'BUILDINGS', buildings: scope.buildings.map((name) => tagger.building(name)) };
  if (scope.kind === 'UNITS') return { kind: 'UNITS', units: scope.unitIds.map((id) => tagger.unit(id)) };
  return { kind: 'ESTATE' };
}
