import type { CalendarDate, Fen, Instant, Page } from '../kernel/index.ts';
import type { FileRef } from '../files/index.ts';
import type { FieldError } from '../errors/index.ts';
import type { ConveningRules } from './convene.ts';
import type { BallotChannel, Choice, Mark, RejectionReason } from './ballot.ts';
import type { OnlineBallotMode } from './ballot-mode.ts';
import type { DoubleCount } from './counts.ts';
import type { ElectionOutcome } from './election/count.ts';
import type { MotionScope } from './electorate.ts';
import type { MatterNumber, VoteClass } from './matters.ts';
import type { Acting, Mandate } from './proxy-contract.ts';
import type { NoticeReport } from './notice.ts';
import type { PaperRefusal } from './paper.ts';
import type { UnitKind } from './principal.ts';
import type { ResultExplanation } from './reasons.ts';
import type { AssemblyState, MotionState } from './status.ts';
import type { CountedAs, Outcome, SetAsideReason, TallyReason } from './tally.ts';
import type { Turnout } from './turnout.ts';

/**
 * The HTTP contract of the owners' assembly, under /api/estates/:estateId/assemblies. Lists are `Page`s; instants are
 * epoch milliseconds.
 *
 * What comes later has its place already. An election is one motion for each candidate under one `electionId`; a ballot
 * names its principal apart from the person who casts it, so a proxy or a representative is only another caster; a
 * paper ballot is a ballot by another channel, entered by a scrutineer.
 */

// --- reading: anyone bound to the estate -------------------------------------------------------------------------

export const ASSEMBLY_STAGES = ['OPEN', 'COMING', 'DECIDED', 'DRAFTS'] as const;
/** 正在投票, 将要举行, 已经结束; DRAFTS only for conveners. */
export type AssemblyStage = (typeof ASSEMBLY_STAGES)[number];

export interface AssemblySummary {
  readonly id: string;
  /** "2026年第2次业主大会会议". */
  readonly name: string;
  readonly title: string;
  readonly state: AssemblyState;
  readonly opensAt: Instant | null;
  readonly closesAt: Instant | null;
  readonly motions: readonly MotionSummary[];
  /** What the reader still has to do: principals of theirs without a complete ballot. 0 for who cannot vote. */
  readonly openBallots: number;
}

export interface MotionSummary {
  readonly id: string;
  readonly title: string;
  readonly state: MotionState;
  /** Only when published. */
  readonly decisionNumber: string | null;
}

/** An extension that 街道 agreed to: the old deadline stays in sight. */
export interface MovedDeadline {
  readonly from: Instant;
  readonly to: Instant;
  readonly reason: string;
  readonly at: Instant;
}

/** GET /:assemblyId */
export interface AssemblyDetail {
  readonly id: string;
  readonly name: string;
  readonly title: string;
  readonly summary: string;
  readonly state: AssemblyState;
  readonly convener: string;
  /** NATIVE binds; otherwise the banner is shown on every screen of this vote. */
  readonly ballotMode: OnlineBallotMode;
  readonly banner: string | null;
  readonly noticedOn: CalendarDate | null;
  readonly opinionsUntil: Instant | null;
  readonly objectionsUntil: Instant | null;
  readonly opensAt: Instant | null;
  readonly closesAt: Instant | null;
  readonly publishedAt: Instant | null;
  readonly cancelled: { readonly at: Instant; readonly reason: string } | null;
  readonly motions: readonly MotionDetail[];
  readonly materials: readonly Material[];
  /** While voting; null before, and replaced by the results afterwards. */
  readonly turnout: Turnout | null;
  /** The deadline of the notice where it was moved since, with why; empty where it never was. */
  readonly moved: readonly MovedDeadline[];
  /** Who votes for a home that is sold meanwhile, in a sentence. */
  readonly saleDuringVote: string;
  /** The reader's own principals in the frozen roll; empty before the roll is frozen and for non-owners. */
  readonly mine: readonly MyPrincipal[];
}

export interface MotionDetail {
  readonly id: string;
  readonly position: number;
  readonly matter: MatterNumber;
  /** Follows from the matter; nobody picks it. */
  readonly voteClass: VoteClass;
  /** "普通事项：双过半". */
  readonly voteClassLabel: string;
  readonly title: string;
  readonly text: string;
  readonly scope: MotionScope;
  readonly state: MotionState;
  readonly withdrawn: { readonly at: Instant; readonly reason: string } | null;
  /** Motions of one election share it; null otherwise. */
  readonly electionId: string | null;
  /** How many of the election's candidates a ballot may choose; null where it is no election. */
  readonly electionSeats: number | null;
  readonly opinionCount: number;
  /** The most that may be spent if it passes; null where no amount is asked for. */
  readonly amountLimitFen: Fen | null;
  /** Only when published. */
  readonly decisionNumber: string | null;
}

export interface Material {
  readonly fileId: string;
  readonly name: string;
  readonly mediaType: string;
  readonly sizeBytes: number;
  readonly url: string;
}

// --- the frozen roll ---------------------------------------------------------------------------------------------

/** The vote that the reader casts or shares in: what it counts for and how it stands. */
export interface MyPrincipal {
  /** Opaque; goes back in `CastBallotRequest`. */
  readonly principalId: string;
  readonly kind: 'OWNERS' | 'DEVELOPER';
  readonly units: readonly MyRollEntry[];
  /** Its weight: one head, and the sum of its counted areas. */
  readonly counts: DoubleCount;
  /** All its owners, the reader among them; more than one where it is owned together. */
  readonly coOwners: readonly CoOwner[];
  /** Whom all of them chose to vote; null while they have not agreed on one. */
  readonly representative: { readonly isMe: boolean; readonly name: string } | null;
  /** Whether the reader may cast for it now; if not, why, in a sentence. */
  readonly canVote: boolean;
  readonly whyNot: string | null;
  /** The ballot that stands now; null before the first. */
  readonly ballot: BallotReceipt | null;
  /** Where the reader votes for somebody else: for whom, and how far. */
  readonly acting: Acting | null;
  /** Whom the reader, or who owns with them, sent; the newest, also where it has ended. */
  readonly mandate: Mandate | null;
}

/** One of several who own together; they may agree on one who votes for all (指导规则 25). */
export interface CoOwner {
  readonly ownerId: string;
  /** 李*; the reader's own name in clear. */
  readonly name: string;
  readonly isMe: boolean;
  /** Whom this one wants to vote; null before any choice. */
  readonly chosenOwnerId: string | null;
}

/** PUT /:assemblyId/representative: the reader's own choice; null takes it back. In force when all chose the same. */
export interface ChooseRepresentativeRequest {
  readonly principalId: string;
  readonly ownerId: string | null;
}

export interface MyRollEntry {
  readonly unitId: string;
  /** "3号楼 2单元 501". */
  readonly label: string;
  readonly kind: UnitKind;
  readonly areaCentiSqm: number;
  readonly areaSource: 'REGISTER' | 'SURVEY' | 'CONTRACT';
  /** A parking space that does not count is shown, and says so. */
  readonly counted: boolean;
  readonly objection: RollObjection | null;
}

/** GET /:assemblyId/roll: the posted roll; names are masked. */
export interface PostedRollEntry {
  readonly label: string;
  readonly kind: UnitKind;
  readonly ownersMasked: readonly string[];
  readonly areaCentiSqm: number;
  readonly counted: boolean;
}

export interface PostedRoll extends Page<PostedRollEntry> {
  readonly frozenAt: Instant;
  /** SHA-256 over the frozen roll, hex: the same until an objection is upheld. */
  readonly hash: string;
  readonly total: DoubleCount;
}

export const ROLL_OBJECTION_KINDS = ['AREA', 'OWNER', 'CO_OWNER', 'MISSING_UNIT', 'OTHER'] as const;
/** 面积不对, 业主不对, 共有人不对, 少了房屋, 其他. */
export type RollObjectionKind = (typeof ROLL_OBJECTION_KINDS)[number];

export const ROLL_OBJECTION_STATES = ['OPEN', 'UPHELD', 'DISMISSED'] as const;
export type RollObjectionState = (typeof ROLL_OBJECTION_STATES)[number];

/** POST /:assemblyId/roll/objections */
export interface ObjectToRollRequest {
  readonly unitId: string;
  readonly kind: RollObjectionKind;
  readonly text: string;
  readonly fileIds: readonly string[];
}

export interface RollObjection {
  readonly id: string;
  readonly unitId: string;
  readonly kind: RollObjectionKind;
  readonly text: string;
  readonly state: RollObjectionState;
  readonly raisedAt: Instant;
  readonly answer: string | null;
  readonly answeredAt: Instant | null;
}

/** GET /:assemblyId/roll/objections (convener). */
export interface RollObjectionEntry extends RollObjection {
  readonly label: string;
  readonly areaCentiSqm: number | null;
  readonly raisedBy: string;
  readonly files: readonly FileRef[];
}

/**
 * GET /:assemblyId/roll/corrections: what an upheld objection changed on the posted roll, for everybody who reads it. Who
 * objected is not told.
 */
export interface RollCorrection {
  readonly id: string;
  readonly label: string;
  readonly kind: RollObjectionKind;
  /** Null where the roll did not have the unit. */
  readonly beforeAreaCentiSqm: number | null;
  readonly afterAreaCentiSqm: number;
  readonly reason: string;
  readonly decidedBy: string;
  readonly decidedAt: Instant;
}

/** POST /:assemblyId/roll/objections/:objectionId/answer (convener). UPHELD corrects the frozen entry, on record. */
export interface AnswerObjectionRequest {
  readonly decision: 'UPHELD' | 'DISMISSED';
  readonly answer: string;
  readonly correctedAreaCentiSqm?: number;
}

// --- opinions beforehand -----------------------------------------------------------------------------------------

/** POST /:assemblyId/opinions; one for each owner and motion, a later one replaces it. */
export interface GiveOpinionRequest {
  readonly motionId: string;
  readonly stance: OpinionStance;
  readonly text: string;
}

export const OPINION_STANCES = ['AGREE', 'CHANGE', 'DISAGREE'] as const;
/** 赞成, 建议修改, 不赞成. Not a vote. */
export type OpinionStance = (typeof OPINION_STANCES)[number];

/** GET /:assemblyId/opinions: for owners a count of each stance, for the convener also the texts. */
export interface OpinionSummary {
  readonly motionId: string;
  readonly counts: Readonly<Record<OpinionStance, number>>;
  readonly mine: { readonly stance: OpinionStance; readonly text: string } | null;
}

export interface OpinionEntry {
  readonly motionId: string;
  readonly stance: OpinionStance;
  readonly text: string;
  readonly givenAt: Instant;
  readonly byMasked: string;
}

// --- voting ------------------------------------------------------------------------------------------------------

/**
 * POST /:assemblyId/ballots with an Idempotency-Key. A whole ballot each time: a later one replaces the earlier, and
 * motions that it does not name are blank.
 */
export interface CastBallotRequest {
  readonly principalId: string;
  readonly votes: readonly CastVote[];
  /** The voter saw the choices read back and confirmed them. */
  readonly confirmed: true;
}

export interface CastVote {
  readonly motionId: string;
  readonly choice: Choice;
}

/** What the voter keeps; also in GET /:assemblyId/ballots/mine, newest first, replaced ones included. */
export interface BallotReceipt {
  readonly ballotId: string;
  readonly principalId: string;
  readonly castByMe: boolean;
  /** Whether the reader gets its receipt: what a co-owner cast with the own phone is the co-owner's. */
  readonly hasReceipt: boolean;
  readonly channel: BallotChannel;
  readonly receivedAt: Instant;
  readonly votes: readonly { readonly motionId: string; readonly mark: Mark }[];
  /** The earlier ballot that this one replaces. */
  readonly replaces: string | null;
  /** Null while it stands or before the count; otherwise why it does not count. */
  readonly notCounted: RejectionReason | SetAsideReason | null;
  /** May be changed until then. */
  readonly closesAt: Instant;
  /**
   * A signed note (C2SP) that the ballot will be in the log; given when it is cast. Null in a list, and in a meeting
   * without a log.
   */
  readonly promise: string | null;
}

/** GET /:assemblyId/turnout */
export interface TurnoutResponse extends Turnout {
  readonly countedAt: Instant;
  readonly closesAt: Instant;
  /** Motions that only a part of the estate decides have a turnout of their own. */
  readonly byMotion: readonly { readonly motionId: string; readonly turnout: Turnout }[];
}

// --- results, only after closing ---------------------------------------------------------------------------------

/** GET /:assemblyId/result */
export interface AssemblyResult {
  readonly assemblyId: string;
  readonly state: AssemblyState;
  readonly ballotMode: OnlineBallotMode;
  readonly banner: string | null;
  readonly countedAt: Instant;
  readonly publishedAt: Instant | null;
  readonly motions: readonly MotionResult[];
  /** Papers that took no part, by reason. */
  readonly refusedPapers: Readonly<Partial<Record<PaperRefusal, number>>>;
  readonly elections: readonly ElectionAnnouncement[];
  /** What the count rests on, so that anyone can check it was not changed: SHA-256, hex. */
  readonly hashes: { readonly roll: string; readonly ballots: string; readonly rules: string };
}

/** Who is elected, by motion; in words, and where the rest is decided. */
export interface ElectionAnnouncement {
  readonly electionId: string;
  readonly outcome: ElectionOutcome;
  readonly sentence: string;
  readonly elected: readonly string[];
  readonly tied: readonly string[];
  readonly alternates: readonly string[];
}

export interface MotionResult {
  readonly motionId: string;
  readonly title: string;
  readonly voteClass: VoteClass;
  readonly outcome: Outcome;
  readonly reasons: readonly TallyReason[];
  readonly total: DoubleCount;
  readonly participating: DoubleCount;
  readonly inFavour: DoubleCount;
  readonly breakdown: Readonly<Partial<Record<CountedAs, DoubleCount>>>;
  readonly followed: DoubleCount;
  readonly rejectedBallots: Readonly<Partial<Record<RejectionReason, number>>>;
  readonly explanation: ResultExplanation;
  /** "业主大会2026-2-1"; null where nothing was decided. */
  readonly decisionNumber: string | null;
}

// --- convening ---------------------------------------------------------------------------------------------------

/** POST / and PUT /:assemblyId: the draft as it stands; anything may still be missing. */
export interface AssemblyDraftRequest {
  readonly title: string;
  readonly summary: string;
  readonly motions: readonly MotionDraftRequest[];
  readonly materialFileIds: readonly string[];
  readonly opinionsUntil: Instant | null;
  readonly objectionsUntil: Instant | null;
  readonly opensAt: Instant | null;
  readonly closesAt: Instant | null;
  readonly residentsCommitteeInformedOn: CalendarDate | null;
  /** The version that was read; absent when creating. A newer one on the server is a CONFLICT. */
  readonly version?: number;
}

export interface MotionDraftRequest {
  /** Absent for a new motion. */
  readonly id?: string;
  readonly matter: MatterNumber;
  readonly title: string;
  readonly text: string;
  readonly scope: MotionScope;
  /** The most that may be spent if it passes; null where no amount is asked for. */
  readonly amountLimitFen: Fen | null;
}

/** GET /convening/options: what the stepper needs to know of the place. */
export interface ConveningOptions {
  readonly rules: ConveningRules;
  readonly specialMatters: readonly MatterNumber[];
  readonly ballotMode: OnlineBallotMode;
  readonly banner: string | null;
  readonly buildings: readonly string[];
  /** The whole estate by the roll as it is now. */
  readonly electorate: DoubleCount;
}

export interface AssemblyDraft extends Required<Omit<AssemblyDraftRequest, 'motions'>> {
  readonly id: string;
  readonly state: AssemblyState;
  readonly motions: readonly (Required<MotionDraftRequest> & {
    readonly voteClass: VoteClass;
    /** A candidate's motion: it stays as the posted list has it. */
    readonly electionId: string | null;
  })[];
  readonly materials: readonly Material[];
  readonly opinionsAskedOn: CalendarDate | null;
}

/** GET /:assemblyId/check: what the law still says no to, if the notice went out today. */
export interface ConveningReport {
  readonly ready: boolean;
  readonly faults: readonly FieldError[];
  readonly notice: NoticeReport | null;
  /** Who would vote on each motion, by the roll as it is now. */
  readonly electorates: readonly { readonly motionId: string; readonly total: DoubleCount }[];
}

/**
 * POST /:assemblyId/cancel and /:assemblyId/motions/:motionId/withdraw. The other steps take no body:
 * POST /:assemblyId/{ask-opinions,redraft,notify,publish}. All answer with the AssemblyDetail.
 */
export interface ReasonRequest {
  readonly reason: string;
}
