export const NOTICE_JOB = 'payments.notice';
export const QUERY_JOB = 'payments.query';
export const EXPIRE_JOB = 'payments.expire';
export const REFUND_JOB = 'payments.refund';
export const REFUND_QUERY_JOB = 'payments.refund-query';
export const USE_CREDIT_JOB = 'payments.use-credit';

/** A callback to be booked. */
export interface NoticeJob {
  readonly noticeId: string;
}

/** The `turn`-th question about an order. */
export interface QueryJob {
  readonly orderNo: string;
  readonly orderedAt: number;
  readonly turn: number;
}

export interface ExpireJob {
  readonly orderNo: string;
}

/** A refund to be sent, or sent once more. */
export interface RefundJob {
  readonly refundNo: string;
}

/** The `turn`-th question about a refund. */
export interface RefundQueryJob {
  readonly refundNo: string;
  readonly sentAt: number;
  readonly turn: number;
}

/** A kept credit, to be taken for open bills. */
export interface UseCreditJob {
  readonly creditId: string;
}
