import type { FileRef } from '../files/index.ts';
import type { Instant } from '../kernel/index.ts';
import type { Mark } from './ballot.ts';
import type { AskedMotion, SpoiledElection } from './election/steps.ts';
import type { DeliveryMethod, PaperFault, PaperRefusal, ReturnState } from './paper.ts';

/**
 * The HTTP contract of paper ballots, under /api/estates/:estateId/assemblies/:assemblyId/paper, for the desk: 业委会,
 * 社区, 街道. The company has no part in it. Owners read their own under `mine`.
 */

/** GET /: how the papers of a meeting stand. */
export interface PaperDesk {
  readonly opensAt: Instant;
  readonly closesAt: Instant;
  /** Papers received in time are read until then; the count waits no longer. */
  readonly entryUntil: Instant;
  /** Heads that can vote. */
  readonly principals: number;
  readonly issued: number;
  readonly delivered: number;
  /** Neither delivered nor voted or handed in in any way. */
  readonly undelivered: number;
  readonly returns: Readonly<Record<ReturnState, number>>;
  readonly refused: Readonly<Partial<Record<PaperRefusal, number>>>;
  readonly openObjections: number;
  /** What is printed at once: an entrance, or a part of one. */
  readonly batches: readonly PrintBatch[];
}

export interface PrintBatch {
  readonly label: string;
  /** First and last number, both in it. */
  readonly from: number;
  readonly to: number;
  readonly slips: number;
}

/** POST /slips: gives a number to each head that has none; answers the PaperDesk. GET /slips.pdf?from=&to= prints. */

/** A numbered ballot of one principal. GET /slips?after=&limit=&show= lists them by number. */
export interface PaperSlip {
  readonly id: string;
  readonly number: number;
  /** 0042-K7QF. */
  readonly numberText: string;
  readonly void: boolean;
  /** "3号楼 2单元 501 等 2 套". */
  readonly label: string;
  readonly ownersMasked: readonly string[];
  readonly delivery: PaperDelivery | null;
  readonly returned: ReturnState | null;
  readonly votedOnline: boolean;
}

export const SLIP_FILTERS = ['UNDELIVERED', 'UNRETURNED', 'ALL'] as const;
export type SlipFilter = (typeof SLIP_FILTERS)[number];

export interface PaperDelivery {
  readonly method: DeliveryMethod;
  readonly deliveredAt: Instant;
  /** Masked. */
  readonly deliveredBy: string;
  readonly note: string;
  readonly files: readonly FileRef[];
}

/** POST /deliveries; Idempotency-Key. A later record takes the place of the earlier, which is kept. */
export interface RecordDeliveryRequest {
  readonly slipIds: readonly string[];
  readonly method: DeliveryMethod;
  readonly deliveredAt: Instant;
  readonly note: string;
  readonly fileIds: readonly string[];
}

/** POST /slips/:slipId/replace: lost or spoiled before it was handed in; the old number is void. Answers the new one. */

/** POST /returns; Idempotency-Key. The time of receipt is the server's. */
export interface ReceivePaperRequest {
  /** What is printed, or the address that its QR code holds; null for a paper without a number of its own. */
  readonly number: string | null;
  readonly note: string;
  readonly fileIds: readonly string[];
}

export interface PaperReturn {
  readonly id: string;
  /** Null for a paper without a number of its own. */
  readonly numberText: string | null;
  readonly label: string;
  readonly receivedAt: Instant;
  /** Masked. */
  readonly receivedBy: string;
  readonly state: ReturnState;
  readonly reason: PaperRefusal | null;
  /** Who has read it, masked, in order; what they read only where it is no secret any more. */
  readonly entries: readonly PaperEntryView[];
  /** Whether the caller may read it now. */
  readonly canEnter: boolean;
  readonly objection: PaperObjection | null;
}

export interface PaperEntryView {
  readonly by: string;
  readonly isMe: boolean;
  readonly madeAt: Instant;
  /** Null until the paper is settled or two readings differ. */
  readonly reading: PaperReadingView | null;
}

export interface PaperReadingView {
  readonly reason: PaperFault | null;
  /** Masked. */
  readonly signers: readonly string[];
  readonly marks: readonly { readonly motionId: string; readonly mark: Mark }[];
}

/** GET /returns/:returnId, and the answer of POST /returns and …/entries. GET /returns?state= lists PaperReturns. */
export interface PaperReturnDetail extends PaperReturn {
  readonly note: string;
  readonly scans: readonly FileRef[];
  /** In the order of the paper; candidates of an election are read together. */
  readonly motions: readonly (AskedMotion & { readonly title: string })[];
  /** Who may have signed it; names masked. Empty for a paper without a number. */
  readonly voters: readonly { readonly id: string; readonly name: string }[];
  /** Who may have signed instead of an owner, under a mandate that was in force when the paper was handed in. */
  readonly agent: PaperAgent | null;
}

/** 代理人: names masked. */
export interface PaperAgent {
  /** The mandate, which stands for the agent's signature. */
  readonly id: string;
  readonly name: string;
  readonly forWhom: string;
  /** What the agent may vote on; null for all. The rest of the paper is blank, or the paper has no authority. */
  readonly motionIds: readonly string[] | null;
}

/** POST /returns/:returnId/entries; Idempotency-Key. */
export interface EnterPaperRequest {
  readonly reason: PaperFault | null;
  /** Ids of `voters`, or that of `agent` alone; empty where there is a reason. */
  readonly signers: readonly string[];
  readonly marks: readonly { readonly motionId: string; readonly mark: Mark }[];
}

export const PAPER_OBJECTION_ANSWERS = ['MISREAD', 'NOT_GENUINE', 'DISMISSED'] as const;
/** 录错了重新录入, 不是业主本人的票, 异议不成立. */
export type PaperObjectionAnswer = (typeof PAPER_OBJECTION_ANSWERS)[number];

export interface PaperObjection {
  readonly id: string;
  readonly text: string;
  readonly raisedAt: Instant;
  readonly decision: PaperObjectionAnswer | null;
  readonly answer: string | null;
}

/** POST /returns/:returnId/objection/answer */
export interface AnswerPaperObjectionRequest {
  readonly decision: PaperObjectionAnswer;
  readonly answer: string;
}

/** GET /mine: the paper ballots of the reader's own principals. */
export interface MyPaper {
  readonly principalId: string;
  readonly numberText: string;
  readonly delivery: Pick<PaperDelivery, 'method' | 'deliveredAt'> | null;
  readonly returned: {
    readonly id: string;
    readonly receivedAt: Instant;
    readonly state: ReturnState;
    readonly reason: PaperRefusal | null;
    /** The ballot that came of it, with its receipt in the log; null until two people have read it. */
    readonly ballotId: string | null;
    /** Elections in which it chose more than there are seats; the rest of it counts. */
    readonly spoiled: readonly SpoiledElection[];
    readonly objection: PaperObjection | null;
    readonly canObject: boolean;
  } | null;
}

/** POST /mine/:returnId/objection */
export interface ObjectToPaperRequest {
  readonly text: string;
}

export const PAPER_LIMITS = {
  /** Ballots of one PDF: a few seconds of printing, a few megabytes. */
  printedAtOnce: { max: 200 },
  deliveredAtOnce: { max: 100 },
  noteLength: { max: 200 },
  deliveryFiles: { max: 9 },
  scans: { max: 9 },
  objectionLength: { min: 4, max: 500 },
} as const;
