import type { ResidencyKind } from './roles.ts';

/**
 * Who lives in a home 同住人, and how they come in.
 *
 * - GET    /api/me/homes/:unitId/people                → HomePeople
 * - DELETE /api/me/homes/:unitId/people/:residencyId   an owner removes family or tenants; anybody leaves by themselves
 * - POST   /api/me/homes/:unitId/invitations           InviteRequest; Idempotency-Key → Invitation
 * - GET    /api/me/homes/:unitId/invitations           → OpenInvitation[]
 * - DELETE /api/me/homes/:unitId/invitations/:id
 * - POST   /api/me/invitations/look                    AcceptInvitationRequest → InvitationOffer
 * - POST   /api/me/invitations/accept                  AcceptInvitationRequest; Idempotency-Key → AcceptedInvitation
 */
export type GuestKind = Exclude<ResidencyKind, 'OWNER'>;
export const GUEST_KINDS = ['FAMILY', 'TENANT'] as const satisfies readonly GuestKind[];

export interface HomePerson {
  readonly residencyId: string;
  /** In clear to owners and for oneself, masked to the others. */
  readonly name: string;
  readonly kind: ResidencyKind;
  /** Instant, epoch ms, when the access ends; null means open. */
  readonly endsAt: number | null;
  readonly me: boolean;
  readonly removable: boolean;
}
export interface HomePeople {
  readonly people: readonly HomePerson[];
  /** Only owners invite. */
  readonly mayInvite: boolean;
}

export interface InviteRequest {
  readonly kind: GuestKind;
  /** Instant, epoch ms; a tenant's access must end. */
  readonly endsAt: number | null;
}
export interface OpenInvitation {
  readonly id: string;
  readonly kind: GuestKind;
  /** Instant, epoch ms, until which the code can be used. */
  readonly expiresAt: number;
  readonly endsAt: number | null;
}
export interface Invitation extends OpenInvitation {
  /** Eight characters to read out or send. Shown once, stored hashed. */
  readonly code: string;
}

export interface AcceptInvitationRequest {
  readonly code: string;
}
/** What a code offers, before it is used up. */
export interface InvitationOffer {
  readonly estateName: string;
  readonly unitName: string;
  readonly kind: GuestKind;
  readonly endsAt: number | null;
  /** 张* */
  readonly invitedByMasked: string;
}
export interface AcceptedInvitation {
  readonly residencyId: string;
  readonly estateId: string;
  readonly unitId: string;
}

/** Letters and digits that nobody mistakes for one another when read out: no 0 O 1 I L. */
export const INVITATION_ALPHABET = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';

/** ` abcd-2345 ` → `ABCD2345`, as people copy and type it. */
export function tidyInvitationCode(text: string): string {
  return text.replace(/[\s\-—–_]/g, '').toUpperCase();
}
