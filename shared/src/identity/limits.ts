/** Limits both sides know, so that the phone says it before the server does. */
export const IDENTITY_LIMITS = {
  realNameChars: 30,
  claimNoteChars: 200,
  evidenceFiles: 6,
  invitationDays: 7,
  smsCodeDigits: 6,
  /** Claims of one person that wait at the same time. */
  pendingClaims: 5,
  /** Days that evidence is kept after the decision; PIPL 19: no longer than needed. */
  evidenceKeptDays: 30,
  decisionReasonChars: 200,
  searchChars: 30,
  invitationCodeChars: 8,
  /** Invitations of one home that nobody has used yet. */
  openInvitations: 10,
  /** A lease may run this long (CC 705). */
  leaseYears: 20,
} as const;

/** Version of the privacy agreement 隐私政策 in force; a new one is asked for again. */
export const PRIVACY_VERSION = '2026-11';
