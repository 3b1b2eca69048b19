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

/** Where somebody who is signed in signs with a code to the own phone. */
export interface SendSignatureResponse extends SendCodeResponse {
  /** The code itself: only in a demonstration, whose people have no phones. */
  readonly demoCode?: string;
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
