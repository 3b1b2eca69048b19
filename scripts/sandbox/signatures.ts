/**
 * The signatures and the cipher of WeChat Pay APIv3, byte for byte.
 * Every message is built from the bytes that travel, never from a re-serialised object.
 */
import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createSign,
  createVerify,
  randomBytes,
  type KeyObject,
} from 'node:crypto';

export const SCHEME = 'WECHATPAY2-SHA256-RSA2048';
export const CIPHER = 'AEAD_AES_256_GCM';
/** A message older or younger than this is refused, on both sides. */
export const MAX_SKEW_SECONDS = 300;
/** WeChat sends deliberately wrong signatures that start like this, to see whether a merchant verifies. */
export const PROBE_PREFIX = 'WECHATPAY/SIGNTEST/';

const GCM_TAG_BYTES = 16;

function lines(...parts: readonly (string | number | Buffer)[]): Buffer {
  const newline = Buffer.from('\n');
  return Buffer.concat(
    parts.flatMap((part) => [Buffer.isBuffer(part) ? part : Buffer.from(String(part)), newline]),
  );
}

/** What the merchant signs on a request: five lines, the last one ended too. */
export const requestMessage = (
  method: string,
  target: string,
  timestamp: string | number,
  nonce: string,
  body: Buffer | string,
): Buffer => lines(method, target, timestamp, nonce, body);

/** What the merchant signs for `wx.requestPayment`. */
export const paymentMessage = (appId: string, timeStamp: string, nonceStr: string, pack: string): Buffer =>
  lines(appId, timeStamp, nonceStr, pack);

/** What WeChat signs on a reply and on a callback. */
export const replyMessage = (timestamp: string | number, nonce: string, body: Buffer | string): Buffer =>
  lines(timestamp, nonce, body);

/** RSA-SHA256 with PKCS#1 v1.5 padding, in base64. */
export const sign = (message: Buffer, privateKey: KeyObject): string =>
  createSign('RSA-SHA256').update(message).sign(privateKey, 'base64');

/** Strict about the base64: node:crypto would ignore whatever follows its end. */
export function verify(message: Buffer, signature: string, publicKey: KeyObject): boolean {
  if (Buffer.from(signature, 'base64').toString('base64') !== signature) return false;
  return createVerify('RSA-SHA256').update(message).verify(publicKey, signature, 'base64');
}

export type Authorization = {
  readonly mchid: string;
  readonly serialNo: string;
  readonly timestamp: string;
  readonly nonce: string;
  readonly signature: string;
};

export type AuthorizationProblem = 'MISSING' | 'WRONG_SCHEME' | 'MALFORMED';

/** Reads the Authorization header; its fields may come in any order. */
export function parseAuthorization(header: string | undefined): Authorization | AuthorizationProblem {
  if (!header) return 'MISSING';
  const [scheme, ...rest] = header.split(' ');
  if (scheme !== SCHEME) return 'WRONG_SCHEME';
  const fields = new Map<string, string>();
  for (const field of rest.join(' ').split(',')) {
    const match = /^\s*([a-z_]+)="([^"]*)"\s*$/.exec(field);
    if (!match?.[1] || match[2] === undefined || fields.has(match[1])) return 'MALFORMED';
    fields.set(match[1], match[2]);
  }
  const mchid = fields.get('mchid');
  const serialNo = fields.get('serial_no');
  const timestamp = fields.get('timestamp');
  const nonce = fields.get('nonce_str');
  const signature = fields.get('signature');
  if (!mchid || !serialNo || !timestamp || !nonce || !signature) return 'MALFORMED';
  return /^\d{1,12}$/.test(timestamp) ? { mchid, serialNo, timestamp, nonce, signature } : 'MALFORMED';
}

/** Encrypts a resource: base64 of the ciphertext followed by its 16 byte tag. */
export function seal(plaintext: string, apiV3Key: string, nonce: string, associatedData: string): string {
  const cipher = createCipheriv('aes-256-gcm', apiV3Key, nonce).setAAD(Buffer.from(associatedData));
  const ciphertext = Buffer.concat([cipher.update(plaintext, 'utf8'), cipher.final()]);
  return Buffer.concat([ciphertext, cipher.getAuthTag()]).toString('base64');
}

/** The reverse of `seal`; throws when key, nonce, associated data or a single bit is not the one used. */
export function open(sealed: string, apiV3Key: string, nonce: string, associatedData: string): string {
  const bytes = Buffer.from(sealed, 'base64');
  const decipher = createDecipheriv('aes-256-gcm', apiV3Key, nonce, { authTagLength: GCM_TAG_BYTES })
    .setAAD(Buffer.from(associatedData))
    .setAuthTag(bytes.subarray(-GCM_TAG_BYTES));
  return Buffer.concat([decipher.update(bytes.subarray(0, -GCM_TAG_BYTES)), decipher.final()]).toString();
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** A random string of letters and digits, as WeChat's nonces and keys are. */
export function randomText(length: number): string {
  let text = '';
  while (text.length < length) {
    // 248 is the largest multiple of 62 in a byte: above it some letters would come more often.
    for (const byte of randomBytes(length)) if (byte < 248) text += ALPHABET.charAt(byte % 62);
  }
  return text.slice(0, length);
}

export const sha1 = (data: Buffer | string): string => createHash('sha1').update(data).digest('hex');
export const sha256 = (data: Buffer | string): string => createHash('sha256').update(data).digest('hex');
