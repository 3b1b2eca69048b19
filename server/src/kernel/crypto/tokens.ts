import { createHmac, createSecretKey, hash, type KeyObject, randomBytes, timingSafeEqual } from 'node:crypto';

/** An unguessable secret for a session or an invitation: 256 bits, base64url. */
export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

/** What is stored of a token. A stolen database opens no session. */
export function tokenHash(token: string): string {
  return hash('sha256', token, 'base64url');
}

/** Signs short-lived addresses of files, so that an `<image>` needs no header. */
export class AddressSigner {
  /** Prepared once: handed over as bytes, the key would cost eight times the signature. */
  private readonly key: KeyObject;

  constructor(key: Buffer) {
    this.key = createSecretKey(key);
  }

  sign(text: string): string {
    return createHmac('sha256', this.key).update(text).digest('base64url').slice(0, 32);
  }

  verify(text: string, signature: string): boolean {
    const expected = Buffer.from(this.sign(text));
    const actual = Buffer.from(signature);
    return expected.length === actual.length && timingSafeEqual(expected, actual);
  }
}
