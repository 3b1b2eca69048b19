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

/** POST /api/me/subscriptions: what `wx.requestSubscribeMessage` answered at a tap; each accept is one message. */
export interface SubscriptionAnswers {
  readonly answers: readonly {
    readonly templateId: string;
    readonly answer: 'accept' | 'reject' | 'ban' | 'filter';
  }[];
}
