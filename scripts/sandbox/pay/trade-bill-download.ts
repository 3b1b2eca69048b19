/** Asking for the bill of a day, and fetching it by the link that the answer holds for five minutes. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { gzipSync } from 'node:zlib';

import type { Sandbox } from '../context.ts';
import type { BillDamage } from '../faults.ts';
import type { Reply } from '../http.ts';
import { integerOf, parseObject, textOf } from '../json.ts';
import { DAY, HOUR, MINUTE, civilDate, startOfCivilDate } from '../shanghai-time.ts';
import { sha1 } from '../signatures.ts';
import { PayError, wrongField } from './errors.ts';
import { BILL_TYPES, billText, rowsOf, type BillType } from './trade-bill.ts';

/** A bill appears at ten in the morning of the day after. */
const READY_AFTER_MS = DAY + 10 * HOUR;
const KEPT_MS = 92 * DAY;
/** Small when it is zipped. */
const BOMB_BYTES = 80 * 1024 * 1024;
const LINK_LIFE_MS = 5 * MINUTE;

type BillLink = {
  readonly date: string;
  readonly type: BillType;
  readonly gzip: boolean;
  readonly until: number;
};

const readType = (text: string | null): BillType | null => BILL_TYPES.find((type) => type === text) ?? null;

/** The link carries what it gives, sealed; so it needs no memory and cannot be made up. */
function linkToken(sandbox: Sandbox, link: BillLink): string {
  const content = Buffer.from(JSON.stringify(link)).toString('base64url');
  const seal = createHmac('sha256', sandbox.credentials.identity.apiV3Key).update(content);
  return `${content}.${seal.digest('base64url')}`;
}

function readLink(sandbox: Sandbox, token: string): BillLink | null {
  const link = parseObject(Buffer.from(token.split('.')[0] ?? '', 'base64url'));
  const type = readType(textOf(link, 'type'));
  const until = integerOf(link, 'until');
  if (!link || !type || until === null) return null;
  const read = { date: textOf(link, 'date') ?? '', type, gzip: link['gzip'] === true, until };
  const expected = Buffer.from(linkToken(sandbox, read));
  const given = Buffer.from(token);
  return given.length === expected.length && timingSafeEqual(given, expected) ? read : null;
}

/** GET /v3/bill/tradebill */
export function requestTradeBill(sandbox: Sandbox, query: URLSearchParams): object {
  const now = sandbox.clock.now();
  const date = query.get('bill_date') ?? '';
  const start = startOfCivilDate(date);
  if (start === null) throw wrongField('/bill_date', date, 'bill_date应为yyyy-MM-DD格式', 'query');
  if (civilDate(now) <= date) throw wrongField('/bill_date', date, '账单日期必须早于今天', 'query');
  if (now - start > KEPT_MS) throw wrongField('/bill_date', date, '仅支持三个月内的账单', 'query');
  const type = readType(query.get('bill_type') ?? 'ALL');
  if (!type) throw wrongField('/bill_type', query.get('bill_type'), 'bill_type不支持', 'query');
  const archive = query.get('tar_type');
  if (archive !== null && archive !== 'GZIP') {
    throw wrongField('/tar_type', archive, 'tar_type只支持GZIP', 'query');
  }
  if (now < start + READY_AFTER_MS) throw new PayError('STATEMENT_CREATING');
  const rows = rowsOf(sandbox, date, type);
  if (rows.length === 0) throw new PayError('NO_STATEMENT_EXIST');
  const gzip = archive === 'GZIP';
  const token = linkToken(sandbox, { date, type, gzip, until: now + LINK_LIFE_MS });
  return {
    download_url: `${sandbox.origin}/v3/billdownload/file?token=${token}${gzip ? '&tartype=gzip' : ''}`,
    hash_type: 'SHA1',
    hash_value: sha1(billText(rows, type)),
  };
}

/** GET /v3/billdownload/file: not signed, so the merchant has nothing but the hash to check it by. */
export function downloadTradeBill(sandbox: Sandbox, query: URLSearchParams): Reply {
  const link = readLink(sandbox, query.get('token') ?? '');
  if (!link || sandbox.clock.now() > link.until) {
    throw new PayError('INVALID_REQUEST', '下载地址无效或已过期，请重新申请账单');
  }
  const honest = billText(rowsOf(sandbox, link.date, link.type), link.type);
  const damage = sandbox.faults.takeBillDamage();
  const text = damage === null ? honest : damaged(honest, damage);
  return {
    status: 200,
    headers: { 'content-type': link.gzip ? 'application/x-gzip' : 'text/plain; charset=utf-8' },
    body: link.gzip ? gzipSync(text) : text,
  };
}

/** Not what the hash was taken of. */
function damaged(text: string, damage: BillDamage): string {
  if (damage === 'bomb') return '0'.repeat(BOMB_BYTES);
  if (damage === 'truncated') return text.slice(0, -10);
  return text.replace(/\d(?=\.\d{2},)/, (digit) => String((Number(digit) + 1) % 10));
}
