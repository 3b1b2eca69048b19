export const NOTICE_JOB = 'payments.notice';
export const QUERY_JOB = 'payments.query';
export const EXPIRE_JOB = 'payments.expire';

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
