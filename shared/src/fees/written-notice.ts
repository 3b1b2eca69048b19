import type { CalendarDate } from '../kernel/index.ts';

// 书面催告 on paper (民法典 944): numbered, delivered to the household itself, and to nobody else. Nothing is posted on
// a door or a board, and there is no list of debtors.

export const NOTICE_DELIVERIES = ['BY_HAND', 'REFUSED', 'MAILED'] as const;
/** Into the household's hands, offered and refused before a witness, or by registered post. */
export type NoticeDelivery = (typeof NOTICE_DELIVERIES)[number];
export const NOTICE_DELIVERY_LABELS: Readonly<Record<NoticeDelivery, string>> = {
  BY_HAND: '当面送达',
  REFUSED: '当面送达，拒签',
  MAILED: '邮寄送达',
};

/** 催告〔2026〕12号. */
export function noticeNumberText(year: number, number: number): string {
  return `催告〔${year}〕${number}号`;
}

export interface WrittenNotice {
  readonly id: string;
  readonly numberText: string;
  readonly delivery: NoticeDeliveryView | null;
}

export interface NoticeDeliveryView {
  readonly method: NoticeDelivery;
  readonly deliveredOn: CalendarDate;
  /** The number of the letter, or who saw it refused. */
  readonly note: string;
}

/** POST …/notices/:id/delivery: once; what was delivered stays delivered. GET ….pdf?year=&from=&to= prints. */
export interface RecordNoticeDeliveryRequest {
  readonly method: NoticeDelivery;
  readonly deliveredOn: CalendarDate;
  readonly note: string;
}

export const NOTICE_LIMITS = {
  /** Written at once, and of one PDF. */
  atOnce: 200,
  noteMin: 2,
} as const;

/** Why a delivery cannot be written down so; null where it can. */
export function deliveryFault(
  { method, deliveredOn, note }: RecordNoticeDeliveryRequest,
  { issuedOn, today }: { readonly issuedOn: CalendarDate; readonly today: CalendarDate },
): 'FEES.NOTICE_DELIVERY_DAY' | 'FEES.NOTICE_DELIVERY_NOTE' | null {
  if (deliveredOn < issuedOn || deliveredOn > today) return 'FEES.NOTICE_DELIVERY_DAY';
  const isNoted = method === 'BY_HAND' || note.trim().length >= NOTICE_LIMITS.noteMin;
  return isNoted ? null : 'FEES.NOTICE_DELIVERY_NOTE';
}
