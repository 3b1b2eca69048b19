/** An order as WeChat Pay is asked for it (JSAPI). The same order always asks for the same, whatever the time. */
export interface PrepayRequest {
  readonly orderNo: string;
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

/** A callback that WeChat signed and encrypted for us. */
export interface PayNotice {
  readonly noticeId: string;
  readonly eventType: string;
  readonly report: PayReport;
}

/** What `wx.requestPayment` takes. */
export interface PaymentParameters {
  readonly timeStamp: string;
  readonly nonceStr: string;
  readonly package: string;
  readonly signType: 'RSA';
  readonly paySign: string;
}

/** The merchant this deployment is connected to. */
export interface Merchant {
  readonly mchId: string;
  readonly appId: string;
}

/** No verified answer: the order may or may not exist, be paid or closed. Never a reason to think it is not. */
export class PayUnknown extends Error {}

/** WeChat Pay, or the sandbox that speaks the same protocol. Every answer is verified, or it is {@link PayUnknown}. */
export abstract class PayPort {
  /** Null where no merchant is connected. */
  abstract merchant(): Merchant | null;
  /** Whose WeChat pays; null where that cannot be known, as outside WeChat. */
  abstract payerOf(personId: string, openid: string | null): string | null;
  /** Places the order; answers its prepay id. The same request again answers the same. */
  abstract prepay(request: PrepayRequest): Promise<string>;
  abstract query(orderNo: string): Promise<PayReport>;
  /** Closes for good; PAID where it is too late for that. */
  abstract close(orderNo: string): Promise<'CLOSED' | 'PAID'>;
  abstract parameters(prepayId: string): PaymentParameters;
  /** The page on which a browser pays; null where there is none. */
  abstract cashier(prepayId: string): string | null;
  /** The callback if it is genuine, else why not (for the log). */
  abstract readNotice(headers: Readonly<Record<string, unknown>>, body: Buffer): PayNotice | string;
}
