import { createHmac, type KeyObject } from 'node:crypto';
import { unseal } from '../crypto.ts';
import { places, type RawContext } from './context.ts';
import type { RawDatabase } from './database.ts';
import type { RawCaller } from './sessions.ts';

const BILL_COLUMNS =
  'b.id, b.estate_id, b.unit_id, b.unit_name, b.month, b.payer, b.ledger, b.due_on, b.total_fen, b.paid_fen, b.state, b.pending_order_no, b.cancel_reason, b.reduced_fen, b.deferred_from, b.deferred_until';

interface BillRow {
  readonly id: string;
}

/** The bill list: terms, open bills, a page, its lines. */
export async function fees(context: RawContext, estateId: string, limit: number) {
  const { database, caller } = context;
  const units = payingUnits(caller, estateId);
  const [terms, open, page] = await Promise.all([
    database.rows('SELECT * FROM billing_terms WHERE estate_id = ?', [estateId]),
    openBills(database, units),
    database.rows<BillRow>(
      `SELECT ${BILL_COLUMNS} FROM bills b WHERE b.unit_id IN (${places(units)}) AND b.payer = 'OWNER'
         AND b.state <> 'CANCELLED' AND b.id < ? ORDER BY b.id DESC LIMIT ${limit + 1}`,
      [...units, '~'],
    ),
  ]);
  const ids = page.map(({ id }) => id);
  const lines = await database.rows<{ bill_id: string }>(
    `SELECT * FROM bill_lines WHERE bill_id IN (${places(ids)}) ORDER BY bill_id, line_no`,
    ids,
  );
  const byBill = Map.groupBy(lines, ({ bill_id }) => bill_id);
  const openFen = open.reduce((sum, bill) => sum + bill.open_fen, 0);
  return { openFen, terms, items: page.map((bill) => ({ ...bill, lines: byBill.get(bill.id) })) };
}

const SUMMARY = `id, quarter, version, state, published_at, opening_fen, income_net_fen, spend_fen, closing_fen, reason,
  account_holder`;
const WHOLE = `${SUMMARY}, revision, bank_balance_fen, witness, content_json, decisions_json, amends, prepared_by,
  submitted_by, submitted_at, returned_reason, reviewed_by, prev_hash, hash, updated_at`;

interface StatementRow {
  readonly content_json: string;
  readonly submitted_by: string;
  readonly reviewed_by: string;
}
interface StoredContent {
  readonly lines: readonly { readonly voucherIds: readonly string[] }[];
}

/** One statement with its versions, vouchers (signed addresses) and the two names. */
export async function statement(context: RawContext, estateId: string, statementId: string) {
  const { database } = context;
  const [[row], versions] = await Promise.all([
    database.rows<StatementRow>(`SELECT ${WHOLE} FROM income_statements WHERE estate_id = ? AND id = ?`, [
      estateId,
      statementId,
    ]),
    database.rows(
      `SELECT ${SUMMARY} FROM income_statements
       WHERE estate_id = ? AND published_version IS NOT NULL
         AND quarter = (SELECT s.quarter FROM income_statements s WHERE s.id = ?)
       ORDER BY published_version DESC`,
      [estateId, statementId],
    ),
  ]);
  if (row === undefined) return null;
  const content = JSON.parse(row.content_json) as StoredContent;
  const fileIds = content.lines.flatMap(({ voucherIds }) => voucherIds);
  const people = [row.submitted_by, row.reviewed_by];
  const [files, names] = await Promise.all([
    vouchers(database, fileIds),
    database.rows<{ id: string; name_sealed: string }>(
      `SELECT id, name_sealed FROM persons WHERE id IN (${places(people)})`,
      people,
    ),
  ]);
  return {
    ...row,
    content_json: content,
    versions,
    vouchers: files.map((file) => ({
      ...file,
      url: address(context.urlKey, file.id, 'full'),
      thumbUrl: address(context.urlKey, file.id, 'thumb'),
    })),
    names: names.map(({ id, name_sealed }) =>
      unseal(context.fieldKey, name_sealed, { table: 'persons', column: 'name_sealed', rowId: id }),
    ),
  };
}

/** What owners see of each voucher: its copy, where there is one. */
async function vouchers(database: RawDatabase, originals: readonly string[]) {
  const copies = await database.rows<{ original_id: string; copy_id: string }>(
    `SELECT original_id, copy_id FROM income_voucher_copies WHERE original_id IN (${places(originals)}) ORDER BY id`,
    originals,
  );
  const copyOf = new Map(copies.map(({ original_id, copy_id }) => [original_id, copy_id]));
  return database.rows<{ id: string }>(
    `SELECT id, original_name, mime, bytes, storage_key, purpose FROM files WHERE id IN (${places(originals)})`,
    originals.map((id) => copyOf.get(id) ?? id),
  );
}

const ADDRESS_MS = 3_600_000;

function address(urlKey: KeyObject, fileId: string, variant: string): string {
  const expires = (Math.floor(Date.now() / ADDRESS_MS) + 2) * ADDRESS_MS;
  const signature = createHmac('sha256', urlKey)
    .update(`${fileId}|${variant}|${expires}`)
    .digest('base64url')
    .slice(0, 32);
  return `/api/files/${fileId}/${variant}?e=${expires}&s=${signature}`;
}

/** Everything that an estate has posted, in one statement. */
const POSTED = `
  SELECT estate_id, code, period, published_at AS posted_at, checked_at, 'POSTING' AS link_kind, id AS link_id
  FROM postings WHERE estate_id IN (?) AND current_key IS NOT NULL
  UNION ALL SELECT estate_id, 'FEE_STANDARD' AS code, NULL AS period, published_at AS posted_at, NULL AS checked_at,
    'FEES' AS link_kind, NULL AS link_id FROM fee_schedules WHERE estate_id IN (?)
  UNION ALL SELECT estate_id, 'SERVICE_STANDARD' AS code, NULL AS period, published_at AS posted_at,
    NULL AS checked_at, 'FEES' AS link_kind, NULL AS link_id
    FROM fee_schedules WHERE estate_id IN (?) AND services_json <> '[]'
  UNION ALL SELECT estate_id, 'UTILITIES' AS code, month AS period, published_at AS posted_at, NULL AS checked_at,
    'UTILITIES' AS link_kind, NULL AS link_id FROM utility_months WHERE estate_id IN (?)
  UNION ALL SELECT estate_id, 'CONTACT_BOARD' AS code, NULL AS period, published_at AS posted_at, checked_at,
    'CONTACTS' AS link_kind, NULL AS link_id FROM contact_boards WHERE current_key IN (?)
  UNION ALL SELECT estate_id, 'COMPLAINT_LEVELS' AS code, NULL AS period, published_at AS posted_at, checked_at,
    'CONTACTS' AS link_kind, NULL AS link_id FROM contact_boards WHERE current_key IN (?) AND levels_json <> '[]'
  UNION ALL SELECT estate_id, 'INCOME_AUDIT' AS code, CAST(audit_year AS CHAR(4)) AS period, published_at AS posted_at,
    NULL AS checked_at, 'INCOME' AS link_kind, NULL AS link_id
    FROM audit_reports WHERE estate_id IN (?) AND published_version = 1
  UNION ALL SELECT estate_id, 'PUBLIC_INCOME' AS code, quarter AS period, published_at AS posted_at,
    NULL AS checked_at, 'INCOME' AS link_kind, NULL AS link_id
    FROM income_statements WHERE estate_id IN (?) AND published_version = 1`;
const POSTED_SOURCES = 8;

/** The first screen: what waits for the reader, what is posted, notices, unread messages. */
export async function home({ database, caller }: RawContext, estateId: string) {
  const { personId } = caller;
  const units = payingUnits(caller, estateId);
  const [bills, votes, tickets, [estate], posted, notices, [unread]] = await Promise.all([
    openBills(database, units),
    openVotes(database, caller, estateId),
    database.rows(
      `SELECT id, title, look_at FROM tickets WHERE complainant_id = ? AND estate_id = ? AND state = 'RESOLVED'
         AND live = 1 ORDER BY id DESC LIMIT 3`,
      [personId, estateId],
    ),
    database.rows('SELECT id, name, region_code, created_at FROM estates WHERE id IN (?)', [estateId]),
    database.rows(
      POSTED,
      Array.from({ length: POSTED_SOURCES }, () => estateId),
    ),
    database.rows(
      `SELECT n.id, n.title, n.publisher_name, n.published_at, CASE WHEN r.person_id IS NULL THEN 0 ELSE 1 END AS was_read
       FROM notices n LEFT JOIN notice_reads r ON r.notice_id = n.id AND r.person_id = ?
       WHERE n.estate_id = ? AND n.listed = 1 AND n.state = 'PUBLISHED' ORDER BY n.id DESC LIMIT 3`,
      [personId, estateId],
    ),
    database.rows('SELECT COUNT(*) AS count FROM inbox_messages WHERE person_id = ? AND read_at IS NULL', [
      personId,
    ]),
  ]);
  return { todos: { bills, votes, tickets }, estate, posted, notices, unread };
}

function openVotes(database: RawDatabase, { personId }: RawCaller, estateId: string) {
  const now = Date.now();
  return database.rows(
    `SELECT a.id, a.title, a.closes_at, COUNT(DISTINCT v.principal_id) AS open_count
     FROM owners o JOIN assembly_roll_owners v ON v.owner_id = o.id
     JOIN assemblies a ON a.id = v.assembly_id AND a.estate_id = ? AND a.state IN ('NOTICED', 'VOTING')
       AND a.opens_at <= ? AND a.closes_at >= ?
     JOIN assembly_principals p ON p.id = v.principal_id AND p.heads = 1
     WHERE o.person_id = ? AND NOT EXISTS (SELECT 1 FROM ballots b WHERE b.principal_id = v.principal_id)
     GROUP BY a.id, a.title, a.closes_at ORDER BY a.id DESC`,
    [estateId, now, now, personId],
  );
}

const payingUnits = ({ grants }: RawCaller, estateId: string) =>
  grants.flatMap((grant) =>
    grant.estate_id === estateId && grant.unit_id !== null && grant.role !== 'TENANT' ? [grant.unit_id] : [],
  );

const openBills = (database: RawDatabase, units: readonly string[]) =>
  database.rows<{ readonly open_fen: number }>(
    `SELECT id, due_on, total_fen - paid_fen AS open_fen, deferred_from, deferred_until
     FROM bills WHERE unit_id IN (${places(units)})
       AND payer = 'OWNER' AND state IN ('ISSUED', 'PART_PAID') ORDER BY id`,
    units,
  );
