import type { Instant, Page } from '../../kernel/index.ts';
import type { DoubleCount } from '../counts.ts';
import type { MatterNumber } from '../matters.ts';
import type { PetitionDuty, PetitionKind, PetitionProgress, PetitionState } from './petition.ts';

/**
 * Petitions of owners 业主联名, under /api/estates/:estateId/petitions.
 *
 * - GET    /                    → PetitionSummary page, everybody of the estate
 * - GET    /options             → PetitionOptions, owners
 * - GET    /:id                 → PetitionDetail
 * - POST   /                    StartPetitionRequest, owners; Idempotency-Key
 * - POST   /:id/signature       signs; again changes nothing
 * - POST   /:id/signature/take-back  withdraws the signature, while the number is not reached
 * - POST   /:id/withdraw        by who began it
 * - POST   /:id/convene         → {assemblyId}: the one whose duty it is drafts the meeting
 * - GET    /:id/signers         → PetitionSigner page: 社区 and 街道 only, once the number is reached, and on record
 */
export interface PetitionSummary {
  readonly id: string;
  readonly kind: PetitionKind;
  readonly title: string;
  readonly state: PetitionState;
  readonly startedAt: Instant;
  readonly signUntil: Instant;
  readonly progress: PetitionProgress;
  readonly duty: PetitionDuty;
  readonly signedByMe: boolean;
}

export interface PetitionDetail extends PetitionSummary {
  readonly text: string;
  readonly matter: MatterNumber;
  /** Whom a recall names. */
  readonly members: readonly {
    readonly membershipId: string;
    readonly name: string;
    /** When the recall that the owners passed took or takes effect; null where none was passed. */
    readonly recalledAt: Instant | null;
  }[];
  readonly startedByMe: boolean;
  /** The reader's own weight; null for who has no vote here. */
  readonly mine: DoubleCount | null;
  readonly maySign: boolean;
  readonly mayTakeBack: boolean;
  /** Whether the reader is the one who must convene now. */
  readonly mayConvene: boolean;
  readonly maySeeSigners: boolean;
  readonly assemblyId: string | null;
}

export interface StartPetitionRequest {
  readonly kind: PetitionKind;
  readonly title: string;
  readonly text: string;
  /** What the meeting should decide on; 3 for a recall. */
  readonly matter: MatterNumber;
  readonly membershipIds: readonly string[];
}

export interface PetitionOptions {
  readonly signingDays: number;
  readonly conveneDays: number;
  /** How many would have to sign now. */
  readonly meeting: PetitionProgress;
  readonly recall: PetitionProgress;
  readonly members: readonly {
    readonly membershipId: string;
    readonly name: string;
    readonly role: string;
  }[];
}

export interface PetitionSigner {
  readonly name: string;
  readonly homes: string;
  readonly signedAt: Instant;
}

export type PetitionSigners = Page<PetitionSigner>;
