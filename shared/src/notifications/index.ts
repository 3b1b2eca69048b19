import type { Page } from '../kernel/index.ts';

/** What a message is about; the inbox groups by it and the subscribe-message template follows from it. */
export const NOTICE_KINDS = [
  'TICKET',
  'ASSEMBLY',
  'BILL',
  'PAYMENT',
  'INCOME',
  'DISCLOSURE',
  'CLAIM',
  'ESTATE_NOTICE',
] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];

/** One message in a person's inbox 消息. The inbox is the truth; WeChat's subscribe message only points at it. */
export interface InboxMessage {
  readonly id: string;
  readonly estateId: string | null;
  readonly kind: NoticeKind;
  readonly title: string;
  readonly body: string;
  /** Where a tap leads: a path of the mini-app with its query, as in its route table. */
  readonly link: string | null;
  readonly createdAt: number;
  readonly readAt: number | null;
}

/** GET /api/me/inbox */
export interface Inbox extends Page<InboxMessage> {
  readonly unread: number;
}

/** GET /api/me/inbox/unread */
export interface UnreadCount {
  readonly unread: number;
}

export const NOTICE_KIND_NAMES: Readonly<Record<NoticeKind, string>> = {
  TICKET: '投诉',
  ASSEMBLY: '业主大会',
  BILL: '账单',
  PAYMENT: '缴费',
  INCOME: '公共收益',
  DISCLOSURE: '公示',
  CLAIM: '房屋与身份',
  ESTATE_NOTICE: '通知',
};

/** PUT /api/me/inbox/read: everything up to this message. */
export interface ReadUpToRequest {
  readonly upTo: string;
}

/** GET /api/me/subscriptions: which WeChat messages there are to ask for; empty where WeChat is not connected. */
export interface SubscriptionOffer {
  readonly kind: NoticeKind;
  readonly templateId: string;
  /** How many messages of it the person still allows: one for each yes. */
  readonly remaining: number;
}

/** WeChat takes at most this many templates in one question. */
export const TEMPLATES_PER_QUESTION = 3;
export const SUBSCRIPTION_ANSWERS = ['accept', 'reject', 'ban', 'filter'] as const;
export type SubscriptionAnswer = (typeof SUBSCRIPTION_ANSWERS)[number];

/**
 * POST /api/me/subscriptions: what `wx.requestSubscribeMessage` answered at a tap; each accept is one message.
 * Idempotency-Key, as a repeated yes would count twice.
 */
export interface SubscriptionAnswers {
  readonly answers: readonly {
    readonly templateId: string;
    readonly answer: SubscriptionAnswer;
  }[];
}
