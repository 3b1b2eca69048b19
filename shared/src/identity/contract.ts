import type { EstateRole, MembershipRole, ResidencyKind } from './roles.ts';

/** GET /api/auth/options: which ways to sign in this deployment offers. */
export interface SignInOptions {
  readonly demo: boolean;
  readonly smsLogin: boolean;
  readonly wechat: boolean;
}

/** POST /api/auth/sms/send */
export interface SendCodeRequest {
  readonly phone: string;
}
export interface SendCodeResponse {
  /** Instant, epoch ms, from when another code may be asked for. */
  readonly resendAt: number;
}

/** POST /api/auth/sms/verify */
export interface VerifyCodeRequest {
  readonly phone: string;
  readonly code: string;
}

/** POST /api/auth/wechat with the code of `wx.login`. */
export interface WechatSignInRequest {
  readonly code: string;
}

/** POST /api/auth/wechat/phone with the code of the `getPhoneNumber` button; signed in already. */
export interface WechatPhoneRequest {
  readonly code: string;
}

/** Answer of every successful sign-in. */
export interface SignInResponse {
  /** Opaque; goes into `Authorization: Bearer`. Shown once, stored hashed. */
  readonly token: string;
  readonly me: Me;
}

/** One entry of the demo's role picker. */
export interface DemoRole {
  readonly key: string;
  readonly label: string;
  readonly personName: string;
  /** What one can do in this role, in a sentence. */
  readonly story: string;
}
export interface DemoSignInRequest {
  readonly roleKey: string;
}

/** A home of the caller 我的房屋. */
export interface Residency {
  readonly id: string;
  readonly estateId: string;
  readonly estateName: string;
  readonly unitId: string;
  /** `1号楼 1单元 101` */
  readonly unitName: string;
  readonly kind: ResidencyKind;
  /** Instant, epoch ms, when a tenant's or guest's access ends; null means open. */
  readonly endsAt: number | null;
}

/** A power role of the caller 任职, with its term. */
export interface Membership {
  readonly id: string;
  readonly organisationId: string;
  readonly organisationName: string;
  readonly role: MembershipRole;
  /** `YYYY-MM-DD`, both included. */
  readonly startsOn: string;
  readonly endsOn: string | null;
  readonly estates: readonly { readonly id: string; readonly name: string }[];
}

/** GET /api/me */
export interface Me {
  readonly id: string;
  readonly name: string | null;
  /** `138****1234`, null until a phone is bound. */
  readonly phoneMasked: string | null;
  readonly privacyAcceptedVersion: string | null;
  readonly residencies: readonly Residency[];
  readonly memberships: readonly Membership[];
  /** Everything the caller may be, per estate. */
  readonly roles: readonly { readonly estateId: string; readonly role: EstateRole }[];
}

/** GET /api/me/sessions: where the caller is signed in. */
export interface SessionSummary {
  readonly id: string;
  readonly device: string;
  readonly createdAt: number;
  readonly lastSeenAt: number;
  readonly current: boolean;
}

/** PUT /api/me/privacy: the version of the agreement that was read and accepted. */
export interface AcceptPrivacyRequest {
  readonly version: string;
}

/** GET /api/me/export: everything kept about the caller. */
export interface PersonalExport {
  readonly exportedAt: number;
  readonly sections: readonly { readonly title: string; readonly purpose: string; readonly rows: readonly object[] }[];
}

/** Evidence that a person lives in or owns a unit 房屋认领. POST /api/estates/:estateId/claims */
export interface ClaimRequest {
  readonly unitId: string;
  readonly kind: ResidencyKind;
  readonly realName: string;
  readonly note: string;
  readonly evidenceFileIds: readonly string[];
}
export const CLAIM_STATUSES = ['PENDING', 'APPROVED', 'REFUSED', 'WITHDRAWN'] as const;
export type ClaimStatus = (typeof CLAIM_STATUSES)[number];
export interface Claim {
  readonly id: string;
  readonly unitId: string;
  readonly unitName: string;
  readonly kind: ResidencyKind;
  /** In clear to those who decide, masked otherwise. */
  readonly claimantName: string;
  readonly phoneMasked: string | null;
  readonly note: string;
  readonly evidence: readonly { readonly id: string; readonly url: string }[];
  readonly status: ClaimStatus;
  readonly reason: string | null;
  readonly createdAt: number;
  readonly decidedAt: number | null;
}
export interface DecideClaimRequest {
  readonly approve: boolean;
  readonly reason: string;
}

/** An owner invites family or a tenant. POST /api/me/homes/:unitId/invitations */
export interface InviteRequest {
  readonly kind: Exclude<ResidencyKind, 'OWNER'>;
  /** Instant, epoch ms; a tenant's access must end. */
  readonly endsAt: number | null;
}
export interface Invitation {
  readonly id: string;
  /** Eight characters to read out or send. Shown once. */
  readonly code: string;
  readonly kind: Exclude<ResidencyKind, 'OWNER'>;
  readonly expiresAt: number;
}
/** POST /api/me/invitations/accept */
export interface AcceptInvitationRequest {
  readonly code: string;
}
/** GET /api/me/homes/:unitId/people: who lives in the caller's home. */
export interface HomePerson {
  readonly residencyId: string;
  readonly name: string;
  readonly kind: ResidencyKind;
  readonly endsAt: number | null;
  readonly removable: boolean;
}
/** GET /api/estates/:estateId/units/search?q=: units to claim, names only. */
export interface UnitChoice {
  readonly id: string;
  readonly name: string;
}
