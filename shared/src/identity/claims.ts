import type { Page } from '../kernel/index.ts';
import type { ResidencyKind } from './roles.ts';

/**
 * Claims 房屋认领: whoever the roll does not bind by phone says which home is theirs, with evidence.
 *
 * - GET  /api/estates?q=&after=                          → Page<EstateChoice>, for signed-in people
 * - GET  /api/estates/:estateId/units/search?q=          → UnitChoice[], names only
 * - POST /api/estates/:estateId/claims                   ClaimRequest; Idempotency-Key → Claim
 * - GET  /api/me/claims                                  → Page<Claim>, one's own, the latest first
 * - POST /api/me/claims/:claimId/withdraw                → Claim
 * - GET  /api/me/claim-queue?status=&estateId=&after=    → ClaimQueue, of every estate that the caller decides for
 * - GET  /api/estates/:estateId/claims/:claimId          → ClaimFile, names in clear; looking is recorded
 * - POST /api/estates/:estateId/claims/:claimId/decision DecideClaimRequest → ClaimFile
 */
export const CLAIM_STATUSES = ['PENDING', 'APPROVED', 'REFUSED', 'WITHDRAWN'] as const;
export type ClaimStatus = (typeof CLAIM_STATUSES)[number];
export const CLAIM_STATUS_NAMES: Readonly<Record<ClaimStatus, string>> = {
  PENDING: '等待核实',
  APPROVED: '已通过',
  REFUSED: '没有通过',
  WITHDRAWN: '已撤回',
};

export interface EstateChoice {
  readonly id: string;
  readonly name: string;
  readonly address: string;
}

export interface UnitChoice {
  readonly id: string;
  /** `1号楼 1单元 101` */
  readonly name: string;
}

export interface ClaimRequest {
  readonly unitId: string;
  readonly kind: ResidencyKind;
  readonly realName: string;
  readonly note: string;
  readonly evidenceFileIds: readonly string[];
  /** Instant, epoch ms, when a lease ends: tenants must give it, the others null. */
  readonly endsAt: number | null;
}

export interface ClaimPhoto {
  readonly id: string;
  readonly url: string;
  readonly thumbUrl: string;
}

export interface Claim {
  readonly id: string;
  readonly estateId: string;
  readonly estateName: string;
  readonly unitId: string;
  readonly unitName: string;
  readonly kind: ResidencyKind;
  /** In clear to the claimant and to those who open the file, masked in lists of others. */
  readonly claimantName: string;
  readonly phoneMasked: string | null;
  readonly note: string;
  /** How many photos; 0 again when they were deleted after the decision. */
  readonly evidenceCount: number;
  readonly endsAt: number | null;
  readonly status: ClaimStatus;
  readonly reason: string | null;
  readonly createdAt: number;
  readonly decidedAt: number | null;
}

export interface ClaimQueue extends Page<Claim> {
  /** Claims that wait, in every estate of the caller. */
  readonly pending: number;
}

/** Somebody whom the roll names as an owner of the claimed home. */
export interface ClaimOwner {
  readonly ownerId: string;
  readonly name: string;
  readonly phonesMasked: readonly string[];
  /** Bound to an account already. */
  readonly taken: boolean;
  /** Named as the claimant names themselves. */
  readonly sameName: boolean;
}

/** One claim, opened by somebody who decides. */
export interface ClaimFile extends Claim {
  readonly evidence: readonly ClaimPhoto[];
  readonly owners: readonly ClaimOwner[];
  readonly decidedByName: string | null;
  /** The caller's own claim: somebody else decides. */
  readonly own: boolean;
}

export interface DecideClaimRequest {
  readonly approve: boolean;
  /** Needed for a no. */
  readonly reason: string;
  /** Which owner of the roll the claimant is; absent: the one of the same name. Only for claims of owners. */
  readonly ownerId?: string;
}

/** Names compare without spaces and the middle dots of 买买提·艾力. */
export function samePersonName(a: string, b: string): boolean {
  return bareName(a) !== '' && bareName(a) === bareName(b);
}

function bareName(name: string): string {
  return name.replace(/[\s·•・.．]/g, '');
}
