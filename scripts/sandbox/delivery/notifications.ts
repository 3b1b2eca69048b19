/**
 * The bytes of one callback: the content encrypted with the APIv3 key, the envelope signed with a platform
 * key. Retries carry the same id with a new nonce, time and signature. A corrupted one is wrong in one way.
 */
import type { Sandbox, Settings } from '../context.ts';
import type { Outgoing } from './post.ts';
import type { CorruptPart, Delivery } from '../records.ts';
import { MINUTE, epochSeconds, rfc3339 } from '../shanghai-time.ts';
import { CIPHER, PROBE_PREFIX, SCHEME, randomText, replyMessage, seal, sign } from '../signatures.ts';

const STALE_BY_MS = 6 * MINUTE;
const UNKNOWN_SERIAL = '7132D72A03E93CDDF8C03BBD1F37EEDF00000000';

/** Who signs, and with what. */
export type Signer = Pick<Sandbox, 'credentials' | 'clock'> & {
  readonly settings: Pick<Settings, 'signCallbacksWith'>;
};

/** What is told, and where to. */
export type Notification = Pick<
  Delivery,
  'id' | 'kind' | 'url' | 'eventType' | 'summary' | 'content' | 'createdAt'
>;

function flipFirstBit(base64: string): string {
  const bytes = Buffer.from(base64, 'base64');
  bytes[0] = (bytes[0] ?? 0) ^ 1;
  return bytes.toString('base64');
}

function envelope(sandbox: Signer, delivery: Notification, corrupted: CorruptPart | null): string {
  const originalType = delivery.kind === 'refund' ? 'refund' : 'transaction';
  const nonce = randomText(12);
  const ciphertext = seal(delivery.content, sandbox.credentials.identity.apiV3Key, nonce, originalType);
  return JSON.stringify({
    id: delivery.id,
    create_time: rfc3339(delivery.createdAt),
    resource_type: 'encrypt-resource',
    event_type: delivery.eventType,
    summary: delivery.summary,
    resource: {
      original_type: originalType,
      algorithm: corrupted === 'algorithm' ? 'AEAD_AES_128_GCM' : CIPHER,
      ciphertext: corrupted === 'ciphertext' ? flipFirstBit(ciphertext) : ciphertext,
      associated_data: corrupted === 'associated-data' ? 'certificate' : originalType,
      nonce,
    },
  });
}

function corruptSignature(signature: string, corrupted: CorruptPart | null): string {
  if (corrupted === 'signature') return flipFirstBit(signature);
  return corrupted === 'probe' ? `${PROBE_PREFIX}${signature}` : signature;
}

function corruptBody(body: string, corrupted: CorruptPart | null): string {
  // A space more means the same to a JSON parser; to a signature over the bytes it does not.
  if (corrupted === 'body') return body.replace('{', '{ ');
  return corrupted === 'truncated' ? body.slice(0, body.length / 2) : body;
}

export function composeNotification(
  sandbox: Signer,
  delivery: Notification,
  corrupted: CorruptPart | null,
): Outgoing {
  const { identity, platformKey, certificateKey } = sandbox.credentials;
  const byCertificate = sandbox.settings.signCallbacksWith === 'certificate';
  const serial = byCertificate ? identity.platformCertificateSerial : identity.platformPublicKeyId;
  const body = envelope(sandbox, delivery, corrupted);
  const signedAt = sandbox.clock.wireTime() - (corrupted === 'stale' ? STALE_BY_MS : 0);
  const timestamp = String(epochSeconds(signedAt));
  const nonce = randomText(32);
  const signature = sign(replyMessage(timestamp, nonce, body), byCertificate ? certificateKey : platformKey);
  const headers = {
    accept: '*/*',
    'content-type': 'application/json',
    'user-agent': 'Mozilla/4.0',
  };
  const signed = {
    'request-id': randomText(32),
    'wechatpay-nonce': nonce,
    'wechatpay-serial': corrupted === 'serial' ? UNKNOWN_SERIAL : serial,
    'wechatpay-signature': corruptSignature(signature, corrupted),
    'wechatpay-signature-type': SCHEME,
    'wechatpay-timestamp': timestamp,
  };
  return {
    url: delivery.url,
    headers: corrupted === 'unsigned' ? headers : { ...headers, ...signed },
    body: corruptBody(body, corrupted),
  };
}
