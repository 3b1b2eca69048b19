import { createHash, type KeyObject } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { Inject, Injectable } from '@nestjs/common';
import { Aes, Formatter, Rsa, Wechatpay } from 'wechatpay-axios-plugin';
import { ENVIRONMENT } from '../config/config.module.ts';
import type { Environment, MerchantSettings } from '../config/environment.ts';
import {
  PayPort,
  PayUnknown,
  type Merchant,
  type OrderOfMerchant,
  type PaymentParameters,
  type PayNotice,
  type PayReport,
  type PrepayRequest,
  type RefundOfMerchant,
  type RefundReport,
  type RefundRequest,
} from './pay.port.ts';

/** WeChat waits five seconds for our answer; we wait as long for its. */
const TIMEOUT_MS = 5_000;
const MAX_SKEW_SECONDS = 300;
/** Deliberately wrong signatures by which WeChat sees whether a merchant verifies. */
const PROBE_PREFIX = 'WECHATPAY/SIGNTEST/';
const CIPHER = 'AEAD_AES_256_GCM';
const REFUNDS = 'v3/refund/domestic/refunds';
/** A trade bill unzipped: some hundred thousand lines, and no bomb. */
const MAX_BILL_BYTES = 64 * 1024 * 1024;
const SHANGHAI_OFFSET_MS = 8 * 3_600_000;

export const PAY_CALLBACK_PATH = '/api/callbacks/wechat-pay';

/** As WeChat writes an order, in the answer to a query and inside a callback. */
interface Transaction {
  readonly out_trade_no?: string;
  readonly transaction_id?: string;
  readonly mchid?: string;
  readonly appid?: string;
  readonly trade_state?: string;
  readonly success_time?: string;
  readonly payer?: { readonly openid?: string };
  readonly amount?: { readonly total?: number; readonly currency?: string };
}

/** As WeChat writes a refund: `status` in a reply, `refund_status` in a callback. */
interface Refund {
  readonly out_refund_no?: string;
  readonly refund_id?: string;
  readonly out_trade_no?: string;
  readonly transaction_id?: string;
  readonly status?: string;
  readonly refund_status?: string;
  readonly create_time?: string;
  readonly success_time?: string;
  readonly amount?: { readonly refund?: number; readonly total?: number };
}

interface BillLink {
  readonly hash_type?: string;
  readonly hash_value?: string;
  readonly download_url?: string;
}

interface Envelope {
  readonly id?: string;
  readonly event_type?: string;
  readonly resource?: {
    readonly original_type?: string;
    readonly algorithm?: string;
    readonly ciphertext?: string;
    readonly associated_data?: string;
    readonly nonce?: string;
  };
}

interface Reply {
  readonly status: number;
  readonly data: unknown;
}

interface Call {
  get(config: object): Promise<Reply>;
  post(data: object): Promise<Reply>;
}

interface Connection {
  readonly settings: MerchantSettings;
  readonly privateKey: KeyObject;
  /** WeChat's own keys by serial: the public key, and the platform certificate while a merchant moves over. */
  readonly platformKeys: ReadonlyMap<string, KeyObject>;
  call(path: string): Call;
}

/** Speaks WeChat Pay APIv3 as one direct merchant or several. */
@Injectable()
export class PayAdapter extends PayPort {
  private readonly connected = new Map<string, Connection>();

  constructor(@Inject(ENVIRONMENT) private readonly environment: Environment) {
    super();
  }

  override merchants(): readonly string[] {
    return (this.environment.wechat?.merchants ?? []).map(({ mchId }) => mchId);
  }

  override merchant(mchId: string): Merchant | null {
    const { wechat } = this.environment;
    return wechat === null || this.settingsOf(mchId) === null ? null : { mchId, appId: wechat.appId };
  }

  override payerOf(personId: string, openid: string | null): string | null {
    if (openid !== null || !this.hasCashier()) return openid;
    // The sandbox's cashier stands in for WeChat, so a browser's visitor has an account there too.
    const digest = createHash('sha256').update(`payer ${personId}`).digest('base64url');
    return `o${digest.slice(0, 27)}`;
  }

  override async prepay(request: PrepayRequest): Promise<string> {
    const { call } = this.connection(request.mchId);
    const { data } = await verified(
      call('v3/pay/transactions/jsapi').post({
        appid: this.appId(),
        mchid: request.mchId,
        description: request.description,
        out_trade_no: request.orderNo,
        time_expire: rfc3339(request.expiresAt),
        notify_url: `${this.environment.publicOrigin}${PAY_CALLBACK_PATH}`,
        amount: { total: request.amountFen, currency: 'CNY' },
        payer: { openid: request.openid },
      }),
    );
    const prepayId = (data as { readonly prepay_id?: string } | null)?.prepay_id;
    if (typeof prepayId !== 'string' || prepayId === '') throw new PayUnknown('an order without prepay_id');
    return prepayId;
  }

  override async query({ mchId, orderNo }: OrderOfMerchant): Promise<PayReport> {
    const { call } = this.connection(mchId);
    const params = { mchid: mchId };
    const { data } = await verified(call(orderPath(orderNo)).get({ params }));
    const report = toReport((data ?? {}) as Transaction);
    return aboutWhatWasAsked(report, report.orderNo === orderNo);
  }

  override async close({ mchId, orderNo }: OrderOfMerchant): Promise<'CLOSED' | 'PAID'> {
    const { call } = this.connection(mchId);
    try {
      await verified(call(`${orderPath(orderNo)}/close`).post({ mchid: mchId }));
      return 'CLOSED';
    } catch (error) {
      // Only a hint, as refusals are not signed: whoever hears it asks for the order itself.
      if (error instanceof PayUnknown && /ORDERPAID/.test(error.message)) return 'PAID';
      throw error;
    }
  }

  override async refund(request: RefundRequest): Promise<RefundReport> {
    const { call } = this.connection(request.mchId);
    const { data } = await verified(
      call(REFUNDS).post({
        transaction_id: request.transactionId,
        out_refund_no: request.refundNo,
        reason: request.reason,
        notify_url: `${this.environment.publicOrigin}${PAY_CALLBACK_PATH}`,
        amount: { refund: request.amountFen, total: request.totalFen, currency: 'CNY' },
      }),
    );
    return toRefundAnswer(request.refundNo, data);
  }

  override async queryRefund({ mchId, refundNo }: RefundOfMerchant): Promise<RefundReport> {
    const { data } = await verified(this.connection(mchId).call(`${REFUNDS}/${refundNo}`).get({}));
    return toRefundAnswer(refundNo, data);
  }

  override async tradeBill(mchId: string, date: string): Promise<string | null> {
    const { call } = this.connection(mchId);
    const params = { bill_date: date, bill_type: 'ALL', tar_type: 'GZIP' };
    try {
      const { data } = await verified(call('v3/bill/tradebill').get({ params }));
      return await downloaded(call, (data ?? {}) as BillLink);
    } catch (error) {
      if (error instanceof PayUnknown && /NO_STATEMENT_EXIST/.test(error.message)) return null;
      throw error;
    }
  }

  override parameters(mchId: string, prepayId: string): PaymentParameters {
    const { privateKey } = this.connection(mchId);
    const timeStamp = String(Formatter.timestamp());
    const nonceStr = Formatter.nonce();
    const pack = `prepay_id=${prepayId}`;
    const message = Formatter.joinedByLineFeed(this.appId(), timeStamp, nonceStr, pack);
    return { timeStamp, nonceStr, package: pack, signType: 'RSA', paySign: Rsa.sign(message, privateKey) };
  }

  override hasCashier(): boolean {
    return (this.environment.wechat?.merchants ?? []).some(({ cashierBase }) => cashierBase !== null);
  }

  override cashier(mchId: string, prepayId: string): string | null {
    const base = this.settingsOf(mchId)?.cashierBase ?? null;
    return base === null ? null : `${base}/cashier?prepay_id=${encodeURIComponent(prepayId)}`;
  }

  override readNotice(headers: Readonly<Record<string, unknown>>, body: Buffer): PayNotice | string {
    const header = (name: string) => {
      const value = headers[`wechatpay-${name}`];
      return typeof value === 'string' ? value : '';
    };
    const [timestamp, nonce, serial, signature] = ['timestamp', 'nonce', 'serial', 'signature'].map(
      header,
    ) as [string, string, string, string];
    if (timestamp === '' || nonce === '' || signature === '') return 'not signed';
    if (signature.startsWith(PROBE_PREFIX)) return 'a probe';
    // Signatures carry the machine's time, which the SDK too holds against its own.
    if (
      !/^\d{1,12}$/.test(timestamp) ||
      Math.abs(Formatter.timestamp() - Number(timestamp)) > MAX_SKEW_SECONDS
    )
      return 'stale';
    // Only the merchant who is named is looked at: the broken key of another refuses nobody's callbacks.
    const named = this.environment.wechat?.merchants.find((merchant) => platformPems(merchant).has(serial));
    const key = named === undefined ? undefined : this.connection(named.mchId).platformKeys.get(serial);
    if (named === undefined || key === undefined) return 'unknown serial';
    // Node ignores what follows the end of base64; a signature has one spelling only.
    if (Buffer.from(signature, 'base64').toString('base64') !== signature) return 'bad signature';
    const text = body.toString('utf8');
    if (!Rsa.verify(Formatter.response(timestamp, nonce, text), signature, key)) return 'bad signature';
    return openNotice(text, named.apiV3Key);
  }

  private appId(): string {
    return this.environment.wechat?.appId ?? '';
  }

  private settingsOf(mchId: string): MerchantSettings | null {
    return this.environment.wechat?.merchants.find((merchant) => merchant.mchId === mchId) ?? null;
  }

  private connection(mchId: string): Connection {
    const known = this.connected.get(mchId);
    if (known !== undefined) return known;
    const settings = this.settingsOf(mchId);
    if (settings === null) throw new PayUnknown('this merchant is not connected');
    const connection = connect(settings);
    this.connected.set(mchId, connection);
    return connection;
  }
}

/** What WeChat may sign with, by the serial that it names. */
function platformPems(settings: MerchantSettings): Map<string, string> {
  const { platformPublicKeyId, platformPublicKeyPem, platformCertificateSerial, platformCertificatePem } =
    settings;
  const pems = new Map<string, string>();
  if (platformPublicKeyId !== undefined && platformPublicKeyPem !== undefined)
    pems.set(platformPublicKeyId, platformPublicKeyPem);
  if (platformCertificateSerial !== undefined && platformCertificatePem !== undefined)
    pems.set(platformCertificateSerial, platformCertificatePem);
  return pems;
}

function connect(settings: MerchantSettings): Connection {
  const pems = platformPems(settings);
  const platformKeys = new Map([...pems].map(([id, pem]) => [id, Rsa.from(pem, Rsa.KEY_TYPE_PUBLIC)]));
  const privateKey = Rsa.from(settings.merchantPrivateKeyPem, Rsa.KEY_TYPE_PRIVATE);
  const client = new Wechatpay({
    mchid: settings.mchId,
    serial: settings.merchantSerial,
    privateKey: settings.merchantPrivateKeyPem,
    certs: Object.fromEntries(pems),
    baseURL: settings.payBase,
    timeout: TIMEOUT_MS,
  });
  // The SDK's types chain without end; these two verbs are all of it that is used.
  const call = (path: string) => client.chain(path) as unknown as Call;
  return { settings, privateKey, platformKeys, call };
}

/** What the SDK verified. Everything else, a refusal included, is not signed and so not known. */
async function verified(reply: Promise<Reply>): Promise<Reply> {
  try {
    return await reply;
  } catch (error) {
    const { message, response } = error as {
      message?: string;
      response?: { status?: number; data?: unknown };
    };
    const told = JSON.stringify(response?.data ?? '').slice(0, 200);
    throw new PayUnknown(`${message ?? 'no answer'} ${response?.status ?? ''} ${told}`);
  }
}

function openNotice(text: string, apiV3Key: string): PayNotice | string {
  try {
    const { id, event_type: eventType, resource } = JSON.parse(text) as Envelope;
    if (resource?.algorithm !== CIPHER) return 'unknown cipher';
    const { ciphertext, nonce, associated_data: associated } = resource;
    if (id === undefined || eventType === undefined || ciphertext === undefined || nonce === undefined)
      return 'incomplete';
    const plain: unknown = JSON.parse(Aes.AesGcm.decrypt(ciphertext, apiV3Key, nonce, associated ?? ''));
    if ((resource.original_type === 'refund') !== eventType.startsWith('REFUND.'))
      return 'contradicts itself';
    return resource.original_type === 'refund'
      ? { noticeId: id, eventType, about: 'REFUND', report: toRefundReport(plain as Refund) }
      : { noticeId: id, eventType, about: 'PAYMENT', report: toReport(plain as Transaction) };
  } catch {
    return 'does not decrypt';
  }
}

const STATES: Readonly<Record<string, PayReport['state']>> = {
  SUCCESS: 'SUCCESS',
  // A refund has been made since; the payment itself took place.
  REFUND: 'SUCCESS',
  NOTPAY: 'NOTPAY',
  CLOSED: 'CLOSED',
};

function toReport(transaction: Transaction): PayReport {
  const paidAt = Date.parse(transaction.success_time ?? '');
  return {
    orderNo: transaction.out_trade_no ?? '',
    state: STATES[transaction.trade_state ?? ''] ?? 'OTHER',
    transactionId: transaction.transaction_id ?? '',
    mchId: transaction.mchid ?? '',
    appId: transaction.appid ?? '',
    amountFen: transaction.amount?.total ?? 0,
    currency: transaction.amount?.currency ?? 'CNY',
    openid: transaction.payer?.openid ?? '',
    paidAt: Number.isNaN(paidAt) ? 0 : paidAt,
  };
}

/** A signature says who speaks, and not which question is answered. */
function aboutWhatWasAsked<Report>(report: Report, isAsked: boolean): Report {
  if (!isAsked) throw new PayUnknown('an answer to another question');
  return report;
}

function toRefundAnswer(refundNo: string, data: unknown): RefundReport {
  const report = toRefundReport((data ?? {}) as Refund);
  return aboutWhatWasAsked(report, report.refundNo === refundNo);
}

const REFUND_STATES: Readonly<Record<string, RefundReport['state']>> = {
  PROCESSING: 'PROCESSING',
  SUCCESS: 'SUCCESS',
  CLOSED: 'CLOSED',
  ABNORMAL: 'ABNORMAL',
};

function toRefundReport(refund: Refund): RefundReport {
  const instant = (text: string | undefined) => {
    const at = Date.parse(text ?? '');
    return Number.isNaN(at) ? 0 : at;
  };
  return {
    refundNo: refund.out_refund_no ?? '',
    state: REFUND_STATES[refund.status ?? refund.refund_status ?? ''] ?? 'OTHER',
    refundId: refund.refund_id ?? '',
    orderNo: refund.out_trade_no ?? '',
    transactionId: refund.transaction_id ?? '',
    amountFen: refund.amount?.refund ?? 0,
    totalFen: refund.amount?.total ?? 0,
    acceptedAt: instant(refund.create_time),
    succeededAt: instant(refund.success_time),
  };
}

/** The file is not signed itself: it is what the signed answer said only where its hash is that of the unzipped text. */
async function downloaded(call: Connection['call'], link: BillLink): Promise<string> {
  if (link.hash_type !== 'SHA1' || link.download_url === undefined || link.hash_value === undefined)
    throw new PayUnknown('a bill without address or hash');
  // Only what stands behind the host counts: the merchant's signature goes nowhere but to WeChat Pay.
  const { pathname, searchParams } = new URL(link.download_url);
  const reply = await verified(
    call(pathname.slice(1)).get({
      params: Object.fromEntries(searchParams),
      responseType: 'arraybuffer',
      maxContentLength: MAX_BILL_BYTES,
    }),
  );
  const bill = unzipped(Buffer.from(reply.data as ArrayBuffer));
  const hash = createHash('sha1').update(bill).digest('hex');
  if (hash !== link.hash_value.toLowerCase()) throw new PayUnknown('a bill that is not what was signed');
  return bill.toString('utf8');
}

function unzipped(file: Buffer): Buffer {
  try {
    return gunzipSync(file, { maxOutputLength: MAX_BILL_BYTES });
  } catch {
    throw new PayUnknown('a bill that does not unzip');
  }
}

const orderPath = (orderNo: string) => `v3/pay/transactions/out-trade-no/${orderNo}`;

/** 2026-11-21T10:30:00+08:00 */
function rfc3339(instant: number): string {
  return `${new Date(instant + SHANGHAI_OFFSET_MS).toISOString().slice(0, 19)}+08:00`;
}
