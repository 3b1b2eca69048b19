import { DAY_MS, MINUTE_MS } from '../kernel/index.ts';

/** What WeChat Pay allows for one payment, and what the desk does. */
export const REFUND_LIMITS = {
  /** 部分退款: at most so many for one payment. */
  perPayment: 50,
  /** A payment older than this cannot be given back through WeChat. */
  withinMs: 365 * DAY_MS,
  /** Two refunds of one payment keep this far apart. */
  apartMs: MINUTE_MS,
  reasonMin: 2,
  reasonMax: 200,
  /** WeChat shows the payer so many bytes of the reason. */
  reasonBytes: 80,
  /** So long the payer may choose what becomes of money paid too much; then it goes back by itself. */
  chooseWithinMs: 7 * DAY_MS,
} as const;

/** When an unfinished refund is asked about: milliseconds after it was sent, and every hour from then on. */
export const REFUND_QUERY_SCHEDULE_MS = [10_000, 60_000, 180_000, 600_000, 1_800_000] as const;
