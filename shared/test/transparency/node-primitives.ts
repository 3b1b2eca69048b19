import { createHash, createPublicKey, verify } from 'node:crypto';
import type { LogPrimitives } from '../../src/transparency/index.ts';

/** SubjectPublicKeyInfo of Ed25519 up to the key itself (RFC 8410). */
const SPKI_PREFIX = Buffer.from('302a300506032b6570032100', 'hex');

/** The log's primitives by node:crypto. */
export const nodePrimitives: LogPrimitives = {
  sha256: (bytes) => new Uint8Array(createHash('sha256').update(bytes).digest()),
  isSignedBy(publicKey, message, signature) {
    const key = { key: Buffer.concat([SPKI_PREFIX, publicKey]), format: 'der', type: 'spki' } as const;
    return signature.length === 64 && verify(null, message, createPublicKey(key), signature);
  },
  utf8: (text) => new Uint8Array(Buffer.from(text, 'utf8')),
  toBase64: (bytes) => Buffer.from(bytes).toString('base64'),
  fromBase64(text) {
    const bytes = Buffer.from(text, 'base64');
    return bytes.toString('base64') === text ? new Uint8Array(bytes) : null;
  },
};
