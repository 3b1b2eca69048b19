import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** An unguessable secret for a session or an invitation: 256 bits, base64url. */
export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

/** What is stored of a token. A stolen database opens no session. */
export function tokenHash(token: string): string {
  return createHash('sha256').update(token, 'ascii').digest('base64url');
}

/** Signs short-lived addresses of files, so that an `<image>` needs no header. */
export class AddressSigner {
  constructor(private readonly key: Buffer) {}

  sign(text: string): string {
    return createHmac('sha256', this.key).update(text).digest('base64url').slice(0, 32);
  }

  verify(text: string, signature: string): boolean {
    const expected = Buffer.from(this.sign(text));
    const actual = Buffer.from(signature);
    return expected.length === actual.length && timingSafeEqual(expected, actual);
  }
}
