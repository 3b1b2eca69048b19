import type { CalendarDate, Instant } from '../kernel/index.ts';
import type { FileRef } from '../files/index.ts';
import type { Choice } from './ballot.ts';
import type {
  GuardianshipKind,
  GuardianshipState,
  MandateEnd,
  MandateState,
  MandateWay,
  ProxyRole,
} from './proxy.ts';

/**
 * Proxies 委托 and guardians 监护人.
 *
 * Under /api/estates/:estateId/assemblies/:id/mandates:
 * - GET  /options                → ProxyOptions, for owners
 * - POST /code                   → {resendAt}: a code to the owner's own phone, the signature of a mandate in the app
 * - POST /                       GrantMandateRequest; Idempotency-Key → Mandate
 * - POST /:mandateId/end         EndMandateRequest → DeskMandate: SOLD or DIED, as those who keep the roll know
 * - GET  /desk                   → Page<DeskMandate>, for who enters mandates from paper
 * - GET  /desk/principals?unit=  → whose vote a home belongs to
 * - POST /paper                  EnterMandateRequest; Idempotency-Key → DeskMandate
 * - POST /:mandateId/review      ReviewMandateRequest → DeskMandate, by another person than the one who entered it
 *
 * POST /api/me/mandates/:mandateId/end → Mandate: REVOKED by its owner, RESIGNED by its agent.
 *
 * Under /api/estates/:estateId/guardianships: POST AskGuardianshipRequest with an Idempotency-Key, by whoever is signed
 * in, as a guardian may be nobody else in the estate; GET, POST /:id/review and POST /:id/end by 社区 and 街道.
 * GET /api/me/guardianships → Guardianship[]; POST /api/me/guardianships/:id/end: the guardian takes it back or lays it
 * down.
 *
 * An agent or a guardian votes like anybody: POST ballots names the principal. Where they are nobody else in the estate,
 * they read and vote through /api/me/delegated-assemblies.
 */
export interface ProxyOptions {
  readonly powers: 'INSTRUCTED' | 'FREE';
  /** How many owners one agent may represent; null without a limit. */
  readonly cap: number | null;
  /** Masked phone that a code goes to; null where the account has none. */
  readonly codeTo: string | null;
  /** What holds for a home sold meanwhile, in a sentence. */
  readonly saleDuringVote: string;
}

export interface GrantMandateRequest {
  readonly principalId: string;
  readonly agentPhone: string;
  /** Null for all motions of the meeting. */
  readonly motionIds: readonly string[] | null;
  readonly instructions: readonly Instruction[];
  /** The code that was sent to the owner's phone. */
  readonly code: string;
}

export interface Instruction {
  readonly motionId: string;
  readonly choice: Choice;
}

export interface Mandate {
  readonly id: string;
  readonly principalId: string;
  /** Masked. */
  readonly agent: string;
  readonly role: ProxyRole;
  readonly way: MandateWay;
  readonly state: MandateState;
  readonly motionIds: readonly string[] | null;
  readonly instructions: readonly Instruction[];
  readonly grantedAt: Instant;
  readonly ended: { readonly at: Instant; readonly reason: MandateEnd } | null;
  /** Whether the reader is the one who granted it. */
  readonly isMine: boolean;
  /** How many ballots were cast under it. */
  readonly casts: number;
}

/** By its owner REVOKED, by its agent RESIGNED; SOLD and DIED by those who enter mandates. */
export interface EndMandateRequest {
  readonly reason: Exclude<MandateEnd, 'REFUSED'>;
}

/** A mandate on paper: who enters it has the paper in hand, another one holds the scan against it. */
export interface EnterMandateRequest {
  readonly principalId: string;
  readonly ownerId: string;
  readonly agentPhone: string;
  readonly motionIds: readonly string[] | null;
  readonly instructions: readonly Instruction[];
  /** Uploaded as MATERIAL. */
  readonly scanFileId: string;
}

export interface ReviewMandateRequest {
  readonly approve: boolean;
}

export interface DeskMandate extends Mandate {
  readonly units: string;
  /** Masked. */
  readonly owner: string;
  readonly enteredBy: string | null;
  readonly confirmedBy: string | null;
  readonly scan: FileRef | null;
  readonly canReview: boolean;
}

/** A principal as the desk looks it up by a home. */
export interface DeskPrincipal {
  readonly principalId: string;
  readonly label: string;
  /** Masked. */
  readonly owners: readonly { readonly ownerId: string; readonly name: string }[];
}

/** For whom somebody votes who is not an owner of the principal. */
export interface Acting {
  readonly as: 'PROXY' | 'GUARDIAN';
  /** Masked; the owner who gave the mandate, or the ward. */
  readonly forWhom: string;
  readonly mandateId: string | null;
  readonly motionIds: readonly string[] | null;
  readonly instructions: readonly Instruction[];
  /** The owner voted in person: that ballot counts, not the agent's. */
  readonly votedInPerson: boolean;
}

/** The guardian asks; only 社区 and 街道 ever see the document. */
export interface AskGuardianshipRequest {
  readonly unitId: string;
  /** The owner as the roll has them. */
  readonly ownerName: string;
  readonly kind: GuardianshipKind;
  /** The day from which the ward acts alone; needed for a minor. */
  readonly endsOn: CalendarDate | null;
  /** Household register, birth certificate or a court's judgment; uploaded as GUARDIAN_PAPER. */
  readonly documentFileId: string;
}

export interface Guardianship {
  readonly id: string;
  readonly estateName: string;
  /** Masked. */
  readonly ward: string;
  readonly kind: GuardianshipKind;
  readonly endsOn: CalendarDate | null;
  readonly state: GuardianshipState;
  readonly note: string | null;
  readonly askedAt: Instant;
}

export interface GuardianshipEntry extends Guardianship {
  readonly guardian: string;
  readonly units: string;
  readonly document: FileRef | null;
}

export interface ReviewGuardianshipRequest {
  readonly approve: boolean;
  /** Needed to refuse. */
  readonly note: string;
}
