/** Limits both sides know, so that the phone says it before the server does. */
export const INCOME_LIMITS = {
  linesMax: 500,
  reconcilingMax: 30,
  counterpartyMax: 60,
  contractNoMax: 40,
  noteMax: 300,
  reasonMin: 2,
  reasonMax: 300,
  vouchersPerLine: 9,
  decisionNumberMax: 40,
  pageDefault: 12,
  pageMax: 40,
} as const;
