/** Limits both sides know, so that the phone says it before the server does. */
export const FEE_LIMITS = {
  itemsMax: 100,
  nameMax: 40,
  basisMax: 100,
  noteMax: 200,
  servicesMax: 60,
  standardMax: 500,
  reasonMin: 2,
  reasonMax: 300,
  /** Bills in one payment order. */
  billsPerOrder: 36,
  orderMinutes: 30,
  chargesMax: 200,
  oneOffCountMax: 100,
  oneOffsMax: 500,
  /** Differences from last month that a preview lists, the largest first. */
  changesShown: 50,
  holderMax: 60,
  pageMax: 100,
  pageDefault: 20,
} as const;
