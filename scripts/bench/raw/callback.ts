import { createDecipheriv, createPublicKey, type KeyObject, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { IncomingHttpHeaders } from 'node:http';
import { seal } from '../crypto.ts';
import { newId } from './context.ts';
import type { RawDatabase } from './database.ts';

const TAG_BYTES = 16;
const MAX_SKEW_SECONDS = 300;

/** WeChat's key and the merchant's, from the same file that the server reads. */
export interface RawMerchant {
  readonly serial: string;
  readonly platformKey: KeyObject;
  readonly apiV3Key: string;
}

export function readMerchant(file: string): RawMerchant {
  const settings = JSON.parse(readFileSync(file, 'utf8')) as Readonly<Record<string, string>>;
  return {
    serial: settings['platformPublicKeyId'] ?? '',
    platformKey: createPublicKey(settings['platformPublicKeyPem'] ?? ''),
    apiV3Key: settings['apiV3Key'] ?? '',
  };
}

interface Envelope {
  readonly id: string;
  readonly event_type: string;
  readonly resource: {
    readonly ciphertext: string;
    readonly nonce: string;
    readonly associated_data: string;
  };
}

/** A payment callback: verified, opened, kept with the job that books it, committed. False where it is not genuine. */
export async function callback(
  database: RawDatabase,
  fieldKey: KeyObject,
  merchant: RawMerchant,
  headers: IncomingHttpHeaders,
  body: string,
): Promise<boolean> {
  if (!isGenuine(merchant, headers, body)) return false;
  const { id: noticeId, event_type: eventType, resource } = JSON.parse(body) as Envelope;
  const transaction = JSON.parse(open(merchant.apiV3Key, resource)) as { readonly out_trade_no: string };
  const id = newId();
  const now = Date.now();
  await database.transaction(async (statements) => {
    await statements.insert('pay_notices', {
      id,
      notice_id: noticeId,
      event_type: eventType,
      order_no: transaction.out_trade_no,
      outcome_sealed: seal(fieldKey, JSON.stringify(transaction), {
        table: 'pay_notices',
        column: 'outcome_sealed',
        rowId: id,
      }),
      received_at: now,
      handled_at: null,
    });
    const dedupeKey = newId();
    await statements.rows('SELECT 1 AS found FROM jobs WHERE dedupe_key = ?', [dedupeKey]);
    await statements.insert('jobs', {
      id: newId(),
      kind: 'payments.notice',
      payload: JSON.stringify({ noticeId: id }),
      dedupe_key: dedupeKey,
      state: 'WAITING',
      run_at: now,
      attempts: 0,
      lease_until: 0,
      created_at: now,
    });
  });
  return true;
}

function isGenuine(merchant: RawMerchant, headers: IncomingHttpHeaders, body: string): boolean {
  const header = (name: string) => String(headers[`wechatpay-${name}`] ?? '');
  const timestamp = header('timestamp');
  const age = Math.abs(Date.now() / 1000 - Number(timestamp));
  if (age > MAX_SKEW_SECONDS || header('serial') !== merchant.serial) return false;
  const message = Buffer.from(`${timestamp}\n${header('nonce')}\n${body}\n`);
  return verify('RSA-SHA256', message, merchant.platformKey, Buffer.from(header('signature'), 'base64'));
}

function open(key: string, { ciphertext, nonce, associated_data: associated }: Envelope['resource']): string {
  const sealed = Buffer.from(ciphertext, 'base64');
  const decipher = createDecipheriv('aes-256-gcm', key, nonce);
  decipher.setAAD(Buffer.from(associated));
  decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
  const plain = [decipher.update(sealed.subarray(0, -TAG_BYTES)), decipher.final()];
  return Buffer.concat(plain).toString('utf8');
}
