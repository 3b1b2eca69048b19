import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import { type LogPrimitives, type NoteKey, noteKey, noteOf, signatureLine } from '@linli/shared/transparency';

/** Ed25519 in DER up to the key itself (RFC 8410): a private seed, a public key. */
const PRIVATE_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex');
const PUBLIC_PREFIX = Buffer.from('302a300506032b6570032100', 'hex');
const SIGNATURE_BYTES = 64;

/** What the transparency log needs, by node:crypto. */
export const nodePrimitives: LogPrimitives = {
  sha256: (bytes) => createHash('sha256').update(bytes).digest(),
  isSignedBy(publicKey, message, signature) {
    const key = createPublicKey({
      key: Buffer.concat([PUBLIC_PREFIX, publicKey]),
      format: 'der',
      type: 'spki',
    });
    return signature.length === SIGNATURE_BYTES && verify(null, message, key, signature);
  },
  utf8: (text) => Buffer.from(text, 'utf8'),
  toBase64: (bytes) => Buffer.from(bytes).toString('base64'),
  fromBase64(text) {
    const bytes = Buffer.from(text, 'base64');
    return bytes.toString('base64') === text ? bytes : null;
  },
};

interface KeyPair {
  readonly secret: KeyObject;
  readonly publicKey: Uint8Array;
}

/**
 * Signs checkpoints and promises of the logs with Ed25519. While a key is being changed there are two seeds: both sign,
 * so that who knows only one of the keys can check every note.
 */
export class NoteSigner {
  private readonly pairs: readonly [KeyPair, ...KeyPair[]];

  /** Seeds of 32 bytes, the newest first. */
  constructor(seeds: readonly [Buffer, ...Buffer[]]) {
    const [newest, ...older] = seeds;
    this.pairs = [pairOf(newest), ...older.map(pairOf)];
  }

  /** The public keys that sign now, the newest first. */
  get publicKeys(): readonly Uint8Array[] {
    return this.pairs.map(({ publicKey }) => publicKey);
  }

  /** The keys that sign now under the name of a log, the newest first. */
  keysOf(origin: string): [NoteKey, ...NoteKey[]] {
    const [newest, ...older] = this.pairs;
    const named = ({ publicKey }: KeyPair) => noteKey(nodePrimitives, origin, 'LOG', publicKey);
    return [named(newest), ...older.map(named)];
  }

  /** The text with a signature line of each key under it. */
  signNote(origin: string, text: string): string {
    const keys = this.keysOf(origin);
    const lines = this.pairs.map(({ secret }, index) =>
      signatureLine(nodePrimitives, keys[index] ?? keys[0], sign(null, Buffer.from(text, 'utf8'), secret)),
    );
    return noteOf(text, lines);
  }
}

function pairOf(seed: Buffer): KeyPair {
  const secret = createPrivateKey({
    key: Buffer.concat([PRIVATE_PREFIX, seed]),
    format: 'der',
    type: 'pkcs8',
  });
  const der = createPublicKey(secret).export({ format: 'der', type: 'spki' });
  return { secret, publicKey: der.subarray(-32) };
}
