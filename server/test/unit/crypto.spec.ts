import { randomBytes } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import {
  AddressSigner,
  BlindIndex,
  FieldCipher,
  newToken,
  tokenHash,
} from '../../src/kernel/crypto/index.ts';

const cipher = new FieldCipher(randomBytes(32));
const place = { table: 'persons', column: 'phone_sealed', rowId: 'A' };

describe('a sealed field', () => {
  test('opens in its place, and never seals alike twice', () => {
    const sealed = cipher.seal('13900000001', place);
    expect(cipher.open(sealed, place)).toBe('13900000001');
    expect(cipher.seal('13900000001', place)).not.toBe(sealed);
    expect(sealed).not.toContain('139');
  });

  test.each([
    ['another row', { ...place, rowId: 'B' }],
    ['another column', { ...place, column: 'name_sealed' }],
    ['another table', { ...place, table: 'owners' }],
  ])('moved to %s does not open', (_, elsewhere) => {
    expect(() => cipher.open(cipher.seal('x', place), elsewhere)).toThrow();
  });

  test('with any bit flipped does not open', () => {
    const sealed = cipher.seal('13900000001', place);
    const [keyId, body] = sealed.split('.');
    const bytes = Buffer.from(body ?? '', 'base64');
    for (let at = 0; at < bytes.length; at++) {
      const flipped = Buffer.from(bytes);
      flipped[at] = (flipped[at] ?? 0) ^ 1;
      expect(() => cipher.open(`${keyId}.${flipped.toString('base64')}`, place)).toThrow();
    }
  });

  test('of another key does not open', () => {
    expect(() => new FieldCipher(randomBytes(32)).open(cipher.seal('x', place), place)).toThrow();
  });
});

describe('what is stored instead of a value', () => {
  test('the blind index finds equal values again, and keeps purposes apart', () => {
    const index = new BlindIndex(randomBytes(32));
    expect(index.of('phone', '139')).toBe(index.of('phone', '139'));
    expect(index.of('phone', '139')).not.toBe(index.of('openid', '139'));
    expect(index.of('phone', '139')).toHaveLength(43);
  });

  test('a token is stored as its hash, 43 characters like the token', () => {
    const token = newToken();
    expect(token).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(tokenHash(token)).not.toBe(token);
    expect(tokenHash(token)).toHaveLength(43);
  });

  test('an address with one character changed is not ours', () => {
    const signer = new AddressSigner(randomBytes(32));
    const signature = signer.sign('file|full|1');
    expect(signer.verify('file|full|1', signature)).toBe(true);
    expect(signer.verify('file|full|2', signature)).toBe(false);
    expect(signer.verify('file|full|1', `${signature}x`)).toBe(false);
  });
});
