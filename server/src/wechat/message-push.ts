import { createDecipheriv, createHash, timingSafeEqual } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { ENVIRONMENT } from '../config/config.module.ts';
import type { Environment, WechatSettings } from '../config/environment.ts';
import type { ContentVerdict } from './mini-program.port.ts';

/** The query that WeChat adds to each push; `echostr` only when the address is registered. */
export type PushQuery = Readonly<Record<string, string | undefined>>;

/** WeChat's verdict on a picture that it was asked about. */
export interface PictureVerdict {
  readonly traceId: string;
  readonly verdict: ContentVerdict;
}

interface MediaEvent {
  readonly Event?: string;
  readonly trace_id?: string;
  readonly errcode?: number;
  readonly result?: { readonly suggest?: string };
}

const VERDICTS: Readonly<Record<string, ContentVerdict>> = { pass: 'PASS', risky: 'RISKY' };
/** Random bytes before the message, and the four that hold its length. */
const HEAD_BYTES = 16;
const LENGTH_BYTES = 4;

/**
 * The message push 消息推送 of the mini-program's admin pages, JSON, in the clear or in 安全模式: a SHA-1 over the sorted
 * token, timestamp and nonce (and ciphertext) says that WeChat sent it.
 */
@Injectable()
export class MessagePush {
  constructor(@Inject(ENVIRONMENT) private readonly environment: Environment) {}

  /** Whether verdicts can come back at all. */
  get connected(): boolean {
    return this.environment.wechat?.messageToken !== undefined;
  }

  /** Whether WeChat itself asks. */
  genuine({ signature, timestamp, nonce }: PushQuery): boolean {
    return this.signed(signature, [timestamp, nonce]);
  }

  /** The event in a push; null where it is not from WeChat or cannot be opened. */
  open(query: PushQuery, body: unknown): object | null {
    if (typeof body !== 'object' || body === null) return null;
    if (query['encrypt_type'] !== 'aes') return this.genuine(query) ? body : null;
    const { Encrypt: sealed } = body as { readonly Encrypt?: unknown };
    if (typeof sealed !== 'string') return null;
    const { msg_signature: signature, timestamp, nonce } = query;
    return this.signed(signature, [timestamp, nonce, sealed]) ? this.decrypt(sealed) : null;
  }

  private signed(signature: string | undefined, parts: readonly (string | undefined)[]): boolean {
    const token = this.environment.wechat?.messageToken;
    if (token === undefined || signature === undefined) return false;
    const text = [token, ...parts.map((part) => part ?? '')].toSorted().join('');
    const expected = Buffer.from(createHash('sha1').update(text).digest('hex'));
    const given = Buffer.from(signature);
    return given.length === expected.length && timingSafeEqual(given, expected);
  }

  private decrypt(sealed: string): object | null {
    const { wechat } = this.environment;
    if (wechat?.messageEncodingAesKey === undefined) return null;
    try {
      const plain = opened(sealed, wechat.messageEncodingAesKey);
      const length = plain.readUInt32BE(HEAD_BYTES);
      const from = HEAD_BYTES + LENGTH_BYTES;
      if (!isFor(wechat, plain.subarray(from + length))) return null;
      return JSON.parse(plain.subarray(from, from + length).toString('utf8')) as object;
    } catch {
      return null;
    }
  }
}

/** AES-256-CBC, padded to 32 bytes: the last byte says how many. */
function opened(sealed: string, encodingAesKey: string): Buffer {
  const key = Buffer.from(`${encodingAesKey}=`, 'base64');
  const decipher = createDecipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
  const padded = Buffer.concat([decipher.update(sealed, 'base64'), decipher.final()]);
  return padded.subarray(0, padded.length - (padded.at(-1) ?? 0));
}

/** A message for another mini-program is none of ours. */
function isFor(wechat: WechatSettings, tail: Buffer): boolean {
  return tail.toString('utf8') === wechat.appId;
}

/** The verdict in an event; null for events about something else. A picture that WeChat could not fetch is for review. */
export function pictureVerdict(event: object): PictureVerdict | null {
  const { Event: kind, trace_id: traceId, errcode = 0, result } = event as MediaEvent;
  if (kind !== 'wxa_media_check' || typeof traceId !== 'string') return null;
  const verdict = errcode === 0 ? (VERDICTS[result?.suggest ?? ''] ?? 'REVIEW') : 'REVIEW';
  return { traceId, verdict };
}
