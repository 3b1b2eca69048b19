/** An order by the merchant 商户 whom it pays: numbers are each merchant's own. */
export interface OrderOfMerchant {
  readonly mchId: string;
  readonly orderNo: string;
}

/** A refund by the merchant who gives it. */
export interface RefundOfMerchant {
  readonly mchId: string;
  readonly refundNo: string;
}

/** An order as WeChat Pay is asked for it (JSAPI). The same order always asks for the same, whatever the time. */
export interface PrepayRequest extends OrderOfMerchant {
  readonly description: string;
  readonly amountFen: number;
  readonly openid: string;
  /** Instant, epoch ms. */
  readonly expiresAt: number;
}

/** What WeChat says of an order, its signature verified. */
export interface PayReport {
  readonly orderNo: string;
  readonly state: 'SUCCESS' | 'NOTPAY' | 'CLOSED' | 'OTHER';
  readonly transactionId: string;
  readonly mchId: string;
  readonly appId: string;
  readonly amountFen: number;
  readonly currency: string;
  readonly openid: string;
  /** Instant, epoch ms; 0 while nothing is paid. */
  readonly paidAt: number;
}

/** A refund as WeChat Pay is asked for it. The same number always asks for the same, and gives the money once. */
export interface RefundRequest extends RefundOfMerchant {
  readonly transactionId: string;
  readonly amountFen: number;
  /** What was paid in all. */
  readonly totalFen: number;
  /** What the payer reads; at most 80 bytes. */
  readonly reason: string;
}

/** What WeChat says of a refund, its signature verified. */
export interface RefundReport {
  readonly refundNo: string;
  readonly state: 'PROCESSING' | 'SUCCESS' | 'CLOSED' | 'ABNORMAL' | 'OTHER';
  readonly refundId: string;
  readonly orderNo: string;
  readonly transactionId: string;
  readonly amountFen: number;
  readonly totalFen: number;
  /** When WeChat took it, epoch ms; 0 where it does not say, as in a callback. */
  readonly acceptedAt: number;
  /** Epoch ms; 0 while the money is not back. */
  readonly succeededAt: number;
}

/** A callback that WeChat signed and encrypted for us. */
export type PayNotice = { readonly noticeId: string; readonly eventType: string } & (
  | { readonly about: 'PAYMENT'; readonly report: PayReport }
  | { readonly about: 'REFUND'; readonly report: RefundReport }
);

/** What `wx.requestPayment` takes. */
export interface PaymentParameters {
  readonly timeStamp: string;
  readonly nonceStr: string;
  readonly package: string;
  readonly signType: 'RSA';
  readonly paySign: string;
}

/** A merchant that this deployment is connected to. */
export interface Merchant {
  readonly mchId: string;
  readonly appId: string;
}

/** No verified answer: the order may or may not exist, be paid or closed. Never a reason to think it is not. */
export class PayUnknown extends Error {}

/** WeChat Pay, or the sandbox that speaks the same protocol. Every answer is verified, or it is {@link PayUnknown}. */
export abstract class PayPort {
  /** Everybody who is connected, by number; empty where nobody is. */
  abstract merchants(): readonly string[];
  /** Null where this merchant is not connected. */
  abstract merchant(mchId: string): Merchant | null;
  /** Whose WeChat pays; null where that cannot be known, as outside WeChat. */
  abstract payerOf(personId: string, openid: string | null): string | null;
  /** Places the order; answers its prepay id. The same request again answers the same. */
  abstract prepay(request: PrepayRequest): Promise<string>;
  abstract query(order: OrderOfMerchant): Promise<PayReport>;
  /** Closes for good; PAID where it is too late for that. */
  abstract close(order: OrderOfMerchant): Promise<'CLOSED' | 'PAID'>;
  /** Asks for the refund; asked again under its number it tells how that refund stands. */
  abstract refund(request: RefundRequest): Promise<RefundReport>;
  abstract queryRefund(refund: RefundOfMerchant): Promise<RefundReport>;
  /**
   * A merchant's trade bill of a day (YYYY-MM-DD), checked against the hash that WeChat signed. Null where WeChat says there is
   * none: only a hint, as refusals are not signed.
   */
  abstract tradeBill(mchId: string, date: string): Promise<string | null>;
  abstract parameters(mchId: string, prepayId: string): PaymentParameters;
  /** Whether somebody can be paid outside WeChat, on a page of {@link cashier}. */
  abstract hasCashier(): boolean;
  /** The page on which a browser pays this merchant; null where there is none. */
  abstract cashier(mchId: string, prepayId: string): string | null;
  /** The callback if it is genuine, else why not (for the log). */
  abstract readNotice(headers: Readonly<Record<string, unknown>>, body: Buffer): PayNotice | string;
}
