import { createCipheriv, createDecipheriv, createSecretKey, type KeyObject, randomBytes } from 'node:crypto';

/** Where a sealed value lives. Bound into the ciphertext, so a value moved to another row does not open. */
export interface FieldPlace {
  readonly table: string;
  readonly column: string;
  readonly rowId: string;
}

const KEY_ID = 'k1';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Personal data at rest: AES-256-GCM, `keyId.base64(nonce ‖ ciphertext ‖ tag)`, place as associated data. */
export class FieldCipher {
  /** Prepared once: handed over as bytes, the key would cost four times the work on a field. */
  private readonly key: KeyObject;

  constructor(key: Buffer) {
    this.key = createSecretKey(key);
  }

  seal(plain: string, place: FieldPlace): string {
    return `${KEY_ID}.${this.sealBytes(Buffer.from(plain, 'utf8'), place).toString('base64')}`;
  }

  /** A whole file that names people, e.g. an uploaded roll: nonce ‖ ciphertext ‖ tag. */
  sealBytes(plain: Buffer, place: FieldPlace): Buffer {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.key, nonce);
    cipher.setAAD(associatedData(place));
    return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
  }

  /** Throws when the value was altered or belongs to another place. */
  open(sealed: string, place: FieldPlace): string {
    const [keyId, body] = sealed.split('.');
    if (keyId !== KEY_ID || body === undefined) throw new Error(`Unknown field key ${keyId}`);
    return this.openBytes(Buffer.from(body, 'base64'), place).toString('utf8');
  }

  openBytes(sealed: Buffer, place: FieldPlace): Buffer {
    const decipher = createDecipheriv('aes-256-gcm', this.key, sealed.subarray(0, NONCE_BYTES));
    decipher.setAAD(associatedData(place));
    decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
    return Buffer.concat([decipher.update(sealed.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]);
  }
}

function associatedData(place: FieldPlace): Buffer {
  return Buffer.from(`${KEY_ID}|${place.table}|${place.column}|${place.rowId}`, 'utf8');
}
