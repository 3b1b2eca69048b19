import { DAY_MS, MINUTE_MS } from '../kernel/index.ts';

export const RELIEF_LIMITS = {
  /** Bills of one application 申请. */
  billsMax: 24,
  papersMax: 4,
  certificateMin: 4,
  certificateMax: 40,
  reasonMin: 5,
  reasonMax: 300,
  noteMax: 200,
  funderNameMax: 60,
  /** 缓缴 reaches at most so many months on. */
  deferralMonthsMax: 12,
  /** Hardship papers 困难证明 are deleted so long after the decision (PIPL 19). */
  papersKeptMs: 30 * DAY_MS,
  /** A bill that is being paid just now is looked at again after so long. */
  tryAgainMs: MINUTE_MS,
  pageMax: 50,
} as const;
