/** Limits both sides know, so that the phone says it before the server does. */
export const IDENTITY_LIMITS = {
  realNameChars: 30,
  claimNoteChars: 200,
  evidenceFiles: 6,
  invitationDays: 7,
  smsCodeDigits: 6,
} as const;

/** Version of the privacy agreement 隐私政策 in force; a new one is asked for again. */
export const PRIVACY_VERSION = '2026-11';
