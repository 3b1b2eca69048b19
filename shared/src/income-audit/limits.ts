/** Limits both sides know, so that the phone says it before the server does. */
export const AUDIT_LIMITS = {
  firstYear: 2000,
  auditorLength: { min: 2, max: 60 },
  reportNoLength: { min: 2, max: 40 },
  summaryLength: { min: 10, max: 2000 },
  findingLength: { min: 4, max: 500 },
  findingsMax: 60,
  answerLength: { min: 4, max: 1000 },
  reasonLength: { min: 4, max: 300 },
  /** What proves an answer: a receipt, a photo, a corrected voucher. */
  filesMax: 9,
  decisionNumberMax: 40,
  maxAmountFen: 100_000_000_00,
} as const;
