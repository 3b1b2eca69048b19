/**
 * The message push of a mini-program's admin pages: JSON, in the clear or in 安全模式. The query proves with
 * SHA-1 over the sorted token, timestamp and nonce (and ciphertext) that WeChat sent it.
 */
import { createCipheriv, randomBytes } from 'node:crypto';

import type { Sandbox } from '../context.ts';
import type { Outgoing } from './post.ts';
import type { Delivery } from '../records.ts';
import { epochSeconds } from '../shanghai-time.ts';
import { randomText, sha1 } from '../signatures.ts';

const BLOCK_BYTES = 32;

export const pushSignature = (...parts: readonly string[]): string => sha1([...parts].sort().join(''));

/** 16 random bytes, the length, the message and the appid, padded to 32 and encrypted with AES-256-CBC. */
function encryptMessage(message: string, encodingAesKey: string, appId: string): string {
  const key = Buffer.from(`${encodingAesKey}=`, 'base64');
  const content = Buffer.from(message);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(content.length);
  const plain = Buffer.concat([randomBytes(16), length, content, Buffer.from(appId)]);
  const padding = BLOCK_BYTES - (plain.length % BLOCK_BYTES);
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
  const padded = Buffer.concat([plain, Buffer.alloc(padding, padding)]);
  return Buffer.concat([cipher.update(padded), cipher.final()]).toString('base64');
}

export function composePush(sandbox: Sandbox, delivery: Delivery): Outgoing {
  const { appId, messageToken, messageEncodingAesKey } = sandbox.credentials.identity;
  const timestamp = String(epochSeconds(sandbox.clock.wireTime()));
  const nonce = randomText(10);
  const query = new URLSearchParams({
    signature: pushSignature(messageToken, timestamp, nonce),
    timestamp,
    nonce,
  });
  let body = delivery.content;
  if (sandbox.settings.pushMode === 'encrypted') {
    const encrypted = encryptMessage(delivery.content, messageEncodingAesKey, appId);
    query.set('encrypt_type', 'aes');
    query.set('msg_signature', pushSignature(messageToken, timestamp, nonce, encrypted));
    body = JSON.stringify({ ToUserName: 'gh_linlisandbox', Encrypt: encrypted });
  }
  const separator = delivery.url.includes('?') ? '&' : '?';
  return {
    url: `${delivery.url}${separator}${query.toString()}`,
    headers: { 'content-type': 'application/json; charset=utf-8', 'user-agent': 'Mozilla/4.0' },
    body,
  };
}
