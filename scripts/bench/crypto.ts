import { createCipheriv, createDecipheriv, hash, type KeyObject, randomBytes } from 'node:crypto';

/** Where a sealed value lives, as the server binds it into the ciphertext. */
export interface Place {
  readonly table: string;
  readonly column: string;
  readonly rowId: string;
}

const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const bound = ({ table, column, rowId }: Place) => Buffer.from(`k1|${table}|${column}|${rowId}`);

/** Personal data as the server stores it: the raw server must read and write the same. */
export function seal(key: KeyObject, plain: string, place: Place): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  cipher.setAAD(bound(place));
  const body = Buffer.concat([nonce, cipher.update(plain, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  return `k1.${body.toString('base64')}`;
}

export function unseal(key: KeyObject, sealed: string, place: Place): string {
  const body = Buffer.from(sealed.slice(3), 'base64');
  const decipher = createDecipheriv('aes-256-gcm', key, body.subarray(0, NONCE_BYTES));
  decipher.setAAD(bound(place));
  decipher.setAuthTag(body.subarray(-TAG_BYTES));
  const plain = [decipher.update(body.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()];
  return Buffer.concat(plain).toString('utf8');
}

const sha256 = (text: string) => hash('sha256', text, 'base64url');

/** The bearer token of the n-th owner, and what the database keeps of a token. */
export const tokenOf = (owner: number) => sha256(`bench session ${owner}`);
export const tokenHash = sha256;
