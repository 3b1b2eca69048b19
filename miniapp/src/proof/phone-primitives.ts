import type { LogPrimitives } from '@linli/shared/transparency';
import sha256 from 'fast-sha256';
import nacl from 'tweetnacl';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
/** The order of Ed25519's group, the lowest byte first (RFC 8032). */
const ORDER = [
  0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde, 0x14, 0, 0, 0, 0,
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10,
] as const;

/**
 * What the log needs, on a phone 手机上的验算. No BigInt, no TextEncoder and no atob: an iPhone of 2015 and an old WeChat
 * have none of them and check a receipt all the same.
 */
export const phonePrimitives: LogPrimitives = {
  sha256: (bytes) => sha256(bytes),
  isSignedBy: (publicKey, message, signature) =>
    publicKey.length === nacl.sign.publicKeyLength &&
    signature.length === nacl.sign.signatureLength &&
    isBelowOrder(signature.subarray(32)) &&
    nacl.sign.detached.verify(message, signature, publicKey),
  utf8: (text) => {
    const escaped = encodeURIComponent(text);
    const bytes: number[] = [];
    for (let at = 0; at < escaped.length; at += 1)
      if (escaped.charAt(at) === '%') {
        bytes.push(Number.parseInt(escaped.slice(at + 1, at + 3), 16));
        at += 2;
      } else bytes.push(escaped.charCodeAt(at));
    return Uint8Array.from(bytes);
  },
  toBase64: (bytes) => {
    let text = '';
    for (let at = 0; at < bytes.length; at += 3) {
      const [a = 0, b = 0, c = 0] = [bytes[at], bytes[at + 1], bytes[at + 2]];
      const left = bytes.length - at;
      text += ALPHABET.charAt(a >> 2) + ALPHABET.charAt(((a & 3) << 4) | (b >> 4));
      text += left > 1 ? ALPHABET.charAt(((b & 15) << 2) | (c >> 6)) : '=';
      text += left > 2 ? ALPHABET.charAt(c & 63) : '=';
    }
    return text;
  },
  fromBase64: (text) => {
    const bytes: number[] = [];
    let held = 0;
    let bits = 0;
    for (const sign of text.replace(/={0,2}$/, '')) {
      const value = ALPHABET.indexOf(sign);
      if (value < 0) return null;
      held = ((held << 6) | value) & 0xffff;
      bits += 6;
      if (bits >= 8) {
        bits -= 8;
        bytes.push((held >> bits) & 0xff);
      }
    }
    const found = Uint8Array.from(bytes);
    return phonePrimitives.toBase64(found) === text ? found : null;
  },
};

/** Each signature has one form: the library takes a second one too, which the server refuses. */
function isBelowOrder(scalar: Uint8Array): boolean {
  for (let at = ORDER.length - 1; at >= 0; at -= 1) {
    const [have = 0, limit = 0] = [scalar[at], ORDER[at]];
    if (have !== limit) return have < limit;
  }
  return false;
}
