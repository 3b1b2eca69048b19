import { createHmac, randomBytes } from 'node:crypto';
import { seal, unseal } from '../crypto.ts';
import type { RawDatabase, Value } from './database.ts';
import type { RawCaller } from './sessions.ts';

/** What one request is answered from. */
export interface RawContext {
  readonly database: RawDatabase;
  readonly caller: RawCaller;
  readonly fieldKey: Buffer;
  readonly urlKey: Buffer;
}

const places = (values: readonly unknown[]) => values.map(() => '?').join(', ');
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** Time first, as the server's ids: inserts go to the end of the index in both. */
const newId = () => {
  const time = Date.now().toString().padStart(14, '0');
  return `0${time}${Array.from(randomBytes(11), (byte) => ALPHABET[byte % 32]).join('')}`;
};

const BILL_COLUMNS =
  'b.id, b.estate_id, b.unit_id, b.unit_name, b.month, b.payer, b.ledger, b.due_on, b.total_fen, b.paid_fen, b.state, b.pending_order_no, b.cancel_reason';

interface BillRow {
  readonly id: string;
  readonly total_fen: number;
  readonly paid_fen: number;
}

/** The bill list: terms, open bills, a page, its lines. */
export async function fees(context: RawContext, estateId: string, limit: number) {
  const { database, caller } = context;
  const units = caller.grants.flatMap((grant) =>
    grant.estate_id === estateId && grant.unit_id !== null && grant.role !== 'TENANT' ? [grant.unit_id] : [],
  );
  const [terms, open, page] = await Promise.all([
    database.rows('SELECT * FROM billing_terms WHERE estate_id = ?', [estateId]),
    database.rows<BillRow>(
      `SELECT ${BILL_COLUMNS} FROM bills b WHERE b.unit_id IN (${places(units)}) AND b.payer = 'OWNER'
         AND b.state IN ('ISSUED', 'PART_PAID') ORDER BY b.id`,
      units,
    ),
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
  const openFen = open.reduce((sum, bill) => sum + bill.total_fen - bill.paid_fen, 0);
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
    database.rows<{ id: string }>(
      `SELECT id, original_name, mime, bytes, storage_key FROM files WHERE id IN (${places(fileIds)})`,
      fileIds,
    ),
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

const ADDRESS_MS = 3_600_000;

function address(urlKey: Buffer, fileId: string, variant: string): string {
  const expires = (Math.floor(Date.now() / ADDRESS_MS) + 2) * ADDRESS_MS;
  const signature = createHmac('sha256', urlKey)
    .update(`${fileId}|${variant}|${expires}`)
    .digest('base64url')
    .slice(0, 32);
  return `/api/files/${fileId}/${variant}?e=${expires}&s=${signature}`;
}

interface CastRow {
  readonly closes_at: number;
  readonly owner_id: string;
  readonly previous_id: string | null;
}
interface CastRequest {
  readonly principalId: string;
  readonly votes: readonly { readonly motionId: string; readonly choice: string }[];
}

/** A ballot: one read that decides, one transaction of two inserts. */
export async function ballot(
  { database, caller, fieldKey }: RawContext,
  estateId: string,
  assemblyId: string,
  { principalId, votes }: CastRequest,
  key: string,
) {
  const receivedAt = Date.now();
  const [row] = await database.rows<CastRow>(
    `SELECT a.state, a.opens_at, a.closes_at, p.kind AS principal_kind, p.heads, p.delegate_person_id,
              (SELECT MIN(v.owner_id) FROM assembly_roll_owners v JOIN owners o ON o.id = v.owner_id
               WHERE v.principal_id = p.id AND o.person_id = ?) AS owner_id,
              (SELECT MAX(b.id) FROM ballots b WHERE b.principal_id = p.id AND b.person_id = ?) AS previous_id,
              EXISTS (SELECT 1 FROM assembly_representations r WHERE r.principal_id = p.id) AS represented,
              m.id AS motion_id, m.state AS motion_state, m.scope_json
       FROM assemblies a JOIN assembly_motions m ON m.assembly_id = a.id
       LEFT JOIN assembly_principals p ON p.id = ? AND p.assembly_id = a.id
       WHERE a.estate_id = ? AND a.id = ?`,
    [caller.personId, caller.personId, principalId, estateId, assemblyId],
  );
  if (row === undefined || row.closes_at < receivedAt) return null;
  const id = newId();
  const marks = Object.fromEntries(votes.map(({ motionId, choice }) => [motionId, choice]));
  const sealed = seal(fieldKey, JSON.stringify(marks), {
    table: 'ballots',
    column: 'votes_sealed',
    rowId: id,
  });
  const stored: Record<string, Value> = {
    id,
    assembly_id: assemblyId,
    estate_id: estateId,
    principal_id: principalId,
    cast_by: row.owner_id,
    person_id: caller.personId,
    channel: 'ONLINE',
    signed: 1,
    proxy_role: null,
    received_at: receivedAt,
    votes_sealed: sealed,
    action_key: key,
  };
  const audit: Record<string, Value> = {
    id: newId(),
    at: Date.now(),
    person_id: caller.personId,
    session_id: caller.sessionId,
    roles: caller.grants.map(({ role }) => role).join(','),
    action: 'BALLOT.CAST',
    estate_id: estateId,
    subject_type: 'ballot',
    subject_id: id,
    before_json: null,
    after_json: JSON.stringify({ assemblyId, principalId, receivedAt }),
  };
  await database.insertAll([
    { table: 'ballots', row: stored },
    { table: 'audit_log', row: audit },
  ]);
  return { ballotId: id, principalId, receivedAt, votes, replaces: row.previous_id, closesAt: row.closes_at };
}
