export const SPENDING_LIMITS = {
  textLength: { min: 4, max: 300 },
  payeeLength: { min: 2, max: 60 },
  reasonLength: { min: 4, max: 200 },
  decisionNumberMax: 40,
  /** Contract, quotes. */
  files: { min: 1, max: 9 },
  bankLineNo: { min: 4, max: 64 },
  /** The bank's number of a line, as it is kept. */
  serialMax: 80,
  maxAmountFen: 100_000_000_00,
} as const;
