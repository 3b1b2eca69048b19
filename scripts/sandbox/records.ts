/** What the sandbox remembers. All of it is plain data: it is written to a file and read back. */

export type TradeState = 'NOTPAY' | 'SUCCESS' | 'CLOSED' | 'REFUND';

export type Order = {
  readonly outTradeNo: string;
  readonly description: string;
  readonly attach: string | null;
  readonly notifyUrl: string;
  readonly payerOpenid: string;
  readonly amountFen: number;
  /** The request in canonical form: the same number with another request is refused. */
  readonly fingerprint: string;
  readonly placedAt: number;
  /** From this instant nobody can pay; the order stays NOTPAY until the merchant closes it. */
  readonly payableUntil: number;
  readonly prepayId: string;
  readonly prepayUntil: number;
  readonly state: TradeState;
  readonly transactionId: string | null;
  readonly paidAt: number | null;
  /** What WeChat says was paid. Differs from `amountFen` only when a fault contradicts it everywhere. */
  readonly reportedFen: number;
};

export type RefundStatus = 'PROCESSING' | 'SUCCESS' | 'CLOSED' | 'ABNORMAL';

export type Refund = {
  readonly outRefundNo: string;
  readonly refundId: string;
  readonly outTradeNo: string;
  readonly transactionId: string;
  readonly amountFen: number;
  readonly totalFen: number;
  /** What WeChat says was given back. Differs from `amountFen` only when a fault contradicts it everywhere. */
  readonly reportedFen: number;
  readonly reason: string | null;
  readonly notifyUrl: string | null;
  readonly fingerprint: string;
  readonly requestedAt: number;
  readonly settlesAt: number;
  /** What it will become when it settles. */
  readonly outcome: Exclude<RefundStatus, 'PROCESSING'>;
  readonly status: RefundStatus;
  readonly succeededAt: number | null;
};

export const CORRUPT_PARTS = [
  'signature',
  'probe',
  'body',
  'truncated',
  'ciphertext',
  'associated-data',
  'algorithm',
  'stale',
  'serial',
  'unsigned',
] as const;
export type CorruptPart = (typeof CORRUPT_PARTS)[number];

/** Fields of a notification that may be made to differ from the truth. */
export type Contradiction = {
  readonly amountFen?: number;
  readonly currency?: string;
  readonly openid?: string;
  readonly mchid?: string;
  readonly appid?: string;
  readonly outTradeNo?: string;
  readonly tradeState?: string;
};

/** What goes wrong with one callback. */
export type CallbackFault =
  | { readonly kind: 'lose'; readonly attempts: number | 'all' }
  | { readonly kind: 'delay'; readonly ms: number }
  | { readonly kind: 'repeat'; readonly copies: number; readonly concurrently: boolean }
  | { readonly kind: 'reorder' }
  | { readonly kind: 'corrupt'; readonly part: CorruptPart; readonly attempts: number | 'all' }
  | { readonly kind: 'contradict'; readonly change: Contradiction; readonly everywhere: boolean };

export type Attempt = {
  readonly at: number;
  /** `lost` never left; `accepted` and `refused` were answered; the rest had no answer in time. */
  readonly outcome: 'accepted' | 'refused' | 'timeout' | 'unreachable' | 'lost';
  readonly status: number | null;
  readonly corrupted: CorruptPart | null;
};

export type Delivery = {
  readonly id: string;
  readonly kind: 'payment' | 'refund' | 'push';
  /** The order, refund or check that it tells about. */
  readonly subject: string;
  readonly url: string;
  readonly eventType: string;
  readonly summary: string;
  /** The content in clear, as it will be encrypted. */
  readonly content: string;
  readonly createdAt: number;
  readonly faults: readonly CallbackFault[];
  readonly attempts: readonly Attempt[];
  /** Copies sent after the one that was accepted. */
  readonly copies: readonly Attempt[];
  /** Waits for another callback to overtake it. */
  readonly held: boolean;
  readonly state: 'waiting' | 'accepted' | 'given-up';
  readonly nextAt: number | null;
};

export type SubscribeMessage = {
  readonly id: string;
  readonly sentAt: number;
  readonly openid: string;
  readonly templateId: string;
  readonly page: string | null;
  readonly data: { readonly [keyword: string]: string };
};

/** How many messages of a template a person has accepted and not yet received. */
export type Consent = { readonly openid: string; readonly templateId: string; readonly left: number };

export type UsedCode = { readonly code: string; readonly usedAt: number };
export type IssuedCode = { readonly code: string; readonly value: string; readonly issuedAt: number };
export type SignIn = {
  readonly openid: string;
  readonly lastAt: number;
  /** Those of the last minute, for the limit on them. */
  readonly recent: readonly number[];
};
export type AccessToken = { readonly token: string; readonly stable: boolean; readonly expiresAt: number };

export type ContentCheck = {
  readonly traceId: string;
  readonly checkedAt: number;
  readonly openid: string;
  readonly kind: 'text' | 'media';
  readonly subject: string;
  readonly suggest: 'pass' | 'review' | 'risky';
  readonly label: number;
};
