/** Reading what a merchant asks for, with the limits that WeChat documents. */
import { isLoopbackUrl } from '../http.ts';
import { asObject, canonical, integerOf, textOf, type Json } from '../json.ts';
import { PayError, wrongField } from './errors.ts';
import { DAY, MINUTE, parseRfc3339 } from '../shanghai-time.ts';

const DEFAULT_PAYABLE_MS = 7 * DAY;
const SHORTEST_PAYABLE_MS = MINUTE;
const LONGEST_PAYABLE_MS = 90 * DAY;
const MAX_AMOUNT_FEN = 100_000_000;
const OPENID = /^o[0-9A-Za-z_-]{27}$/;

export type OrderRequest = {
  readonly description: string;
  readonly outTradeNo: string;
  readonly payableUntil: number;
  readonly attach: string | null;
  readonly notifyUrl: string;
  readonly amountFen: number;
  readonly payerOpenid: string;
  readonly fingerprint: string;
};

export const isOpenid = (text: string | null): text is string => text !== null && OPENID.test(text);

function requiredText(json: Json, field: string, longest: number): string {
  const value = textOf(json, field);
  if (!value) throw wrongField(`/${field}`, json[field], `${field}不能为空`);
  // WeChat counts characters, not UTF-16 halves of them.
  if ([...value].length > longest) throw wrongField(`/${field}`, value, `${field}不能超过${longest}个字符`);
  return value;
}

export function optionalText(json: Json, field: string, longest: number): string | null {
  return json[field] === undefined || json[field] === null ? null : requiredText(json, field, longest);
}

export function readNumber(json: Json, field: string, pattern: RegExp, rule: string): string {
  const value = textOf(json, field);
  if (!value || !pattern.test(value)) throw wrongField(`/${field}`, json[field], `${field}${rule}`);
  return value;
}

/** HTTPS without query. Plain HTTP only to this very machine and to the app itself, which a demo serves so. */
export function readNotifyUrl(json: Json, longest: number, appOrigins: readonly string[]): string {
  const value = requiredText(json, 'notify_url', longest);
  const url = URL.canParse(value) ? new URL(value) : null;
  const isApp = url?.protocol === 'http:' && (isLoopbackUrl(url) || appOrigins.includes(url.origin));
  const safe = url?.protocol === 'https:' || isApp;
  if (!url || !safe) throw wrongField('/notify_url', value, 'notify_url必须是https地址');
  if (value.includes('?') || value.includes('#')) {
    throw wrongField('/notify_url', value, 'notify_url不能携带参数');
  }
  return value;
}

export function readFen(amount: Json | null, field: string): number {
  const fen = integerOf(amount, field);
  if (fen === null || fen < 1 || fen > MAX_AMOUNT_FEN) {
    throw wrongField(
      `/amount/${field}`,
      amount?.[field],
      `${field}必须是1到${MAX_AMOUNT_FEN}的整数，单位为分`,
    );
  }
  return fen;
}

export function requireYuan(amount: Json | null, required: boolean): void {
  const currency = amount?.['currency'];
  if (currency === undefined && !required) return;
  if (currency !== 'CNY') throw wrongField('/amount/currency', currency, 'currency只支持CNY');
}

/** When paying ends: seven days by default; what is set too near or too far is moved, not refused. */
function readPayableUntil(json: Json, now: number): number {
  const text = optionalText(json, 'time_expire', 64);
  if (text === null) return now + DEFAULT_PAYABLE_MS;
  const instant = parseRfc3339(text);
  if (instant === null) throw wrongField('/time_expire', text, 'time_expire不符合rfc3339格式');
  return Math.min(Math.max(instant, now + SHORTEST_PAYABLE_MS), now + LONGEST_PAYABLE_MS);
}

export function readOrderRequest(
  json: Json,
  merchant: {
    readonly appId: string;
    readonly mchId: string;
    readonly appOrigins: readonly string[];
  },
  now: number,
): OrderRequest {
  const appId = requiredText(json, 'appid', 32);
  if (requiredText(json, 'mchid', 32) !== merchant.mchId) throw new PayError('MCH_NOT_EXISTS');
  if (appId !== merchant.appId) throw new PayError('APPID_MCHID_NOT_MATCH');
  const amount = asObject(json['amount']);
  requireYuan(amount, false);
  const payerOpenid = textOf(asObject(json['payer']), 'openid');
  if (!isOpenid(payerOpenid)) throw wrongField('/payer/openid', payerOpenid, '无效的openid');
  return {
    description: requiredText(json, 'description', 127),
    outTradeNo: readNumber(
      json,
      'out_trade_no',
      /^[0-9A-Za-z_\-|*]{6,32}$/,
      '应为6到32位数字、大小写字母或_-|*',
    ),
    payableUntil: readPayableUntil(json, now),
    attach: optionalText(json, 'attach', 128),
    notifyUrl: readNotifyUrl(json, 255, merchant.appOrigins),
    amountFen: readFen(amount, 'total'),
    payerOpenid,
    fingerprint: canonical(json),
  };
}
