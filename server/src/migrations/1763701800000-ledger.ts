import type { MigrationInterface, QueryRunner } from 'typeorm';
import { ulid } from 'ulid';
import {
  BOOKS,
  type Book,
  GROUP_KEY_MAX,
  type LedgerGroup,
  billCancelled,
  billIssued,
  checkGroup,
  paymentCredited,
  paymentQuarantined,
  paymentSettled,
} from '@linli/shared/ledger';
import {
  ascii,
  createTables,
  dropTables,
  fen,
  id,
  instant,
  integer,
  oneOf,
  table,
} from '../kernel/database/ddl.ts';
// Declares the tables that are referred to here.
import './1763700900000-payments.ts';

const tables = [
  table({
    name: 'ledger_entries',
    appendOnly: true,
    columns: [
      id(),
      /** What happened, named once for ever; its entries are numbered from 0. */
      ascii('group_key', GROUP_KEY_MAX),
      integer('line_no'),
      /** Null for money that came for an order nobody knows. One estate and one book for both sides. */
      id('estate_id').orNull(),
      oneOf('book', BOOKS),
      ascii('event', 30),
      /** An account is its kind and its subject, within estate and book; '' where a kind has one account. */
      ascii('debit_kind', 24),
      ascii('debit_subject', 26),
      ascii('credit_kind', 24),
      ascii('credit_subject', 26),
      fen('amount_fen'),
      id('bill_id').orNull(),
      id('order_id').orNull(),
      ascii('document_kind', 24),
      ascii('document_id', 64),
      instant('occurred_at'),
      instant('posted_at'),
    ],
    unique: { uq_ledger_entries_group: ['group_key', 'line_no'] },
    // The amount is in them: a balance is summed from the index alone.
    indexes: {
      ix_ledger_entries_debit: ['estate_id', 'book', 'debit_kind', 'debit_subject', 'id', 'amount_fen'],
      ix_ledger_entries_credit: ['estate_id', 'book', 'credit_kind', 'credit_subject', 'id', 'amount_fen'],
      ix_ledger_entries_bill: ['bill_id', 'id'],
      ix_ledger_entries_order: ['order_id', 'id'],
      ix_ledger_entries_document: ['document_kind', 'document_id', 'id'],
    },
    checks: {
      ck_ledger_entries_amount: 'amount_fen > 0',
      ck_ledger_entries_accounts: 'debit_kind <> credit_kind OR debit_subject <> credit_subject',
    },
    references: { estate_id: 'estates', bill_id: 'bills', order_id: 'pay_orders' },
  }),
];

const PAGE = 500;

interface BillRow {
  id: string;
  estate_id: string;
  unit_id: string;
  ledger: Book;
  total_fen: number;
  issued_at: number;
  cancelled: number;
  cancelled_at: number | null;
}

interface SettledRow {
  id: string;
  estate_id: string;
  unit_id: string;
  ledger: Book;
  paid_at: number;
}

interface PartRow {
  order_id: string;
  bill_id: string;
  principal_fen: number;
  late_fee_fen: number;
}

interface CreditRow {
  id: string;
  estate_id: string;
  unit_id: string;
  order_id: string;
  ledger: Book;
  transaction_id: string;
  amount_fen: number;
  created_at: number;
}

interface QuarantineRow {
  id: string;
  estate_id: string | null;
  order_id: string | null;
  order_no: string;
  transaction_id: string;
  received_fen: number;
  created_at: number;
  ledger: Book | null;
}

/** The ledger 总账, with what happened before there was one. */
export class Ledger1763701800000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTables(runner, tables);
    await eachPage<BillRow>(runner, BILLS, (rows) => rows.flatMap(groupsOfBill));
    await eachPage<SettledRow>(runner, SETTLED_ORDERS, (rows) => groupsOfOrders(runner, rows));
    await eachPage<CreditRow>(runner, CREDITS, (rows) => rows.map(groupOfCredit));
    await eachPage<QuarantineRow>(runner, QUARANTINE, (rows) => rows.map(groupOfQuarantine));
  }

  async down(runner: QueryRunner): Promise<void> {
    await dropTables(runner, tables);
  }
}

const BILLS = `SELECT b.id, b.estate_id, b.unit_id, b.ledger, b.total_fen, b.issued_at,
    CASE b.state WHEN 'CANCELLED' THEN 1 ELSE 0 END AS cancelled,
    (SELECT MAX(a.at) FROM audit_log a WHERE a.estate_id = b.estate_id AND a.subject_type = 'BILL'
       AND a.subject_id = b.id AND a.action = 'FEES.BILL_CANCELLED') AS cancelled_at
  FROM bills b WHERE b.id > ? ORDER BY b.id LIMIT ${PAGE}`;
const SETTLED_ORDERS = `SELECT o.id, o.estate_id, o.unit_id, o.ledger, o.paid_at FROM pay_orders o
  WHERE o.id > ? AND o.paid_at IS NOT NULL AND EXISTS (SELECT 1 FROM bill_settlements s WHERE s.order_id = o.id)
  ORDER BY o.id LIMIT ${PAGE}`;
const CREDITS = `SELECT * FROM pay_credits WHERE id > ? ORDER BY id LIMIT ${PAGE}`;
const QUARANTINE = `SELECT q.*, o.ledger FROM pay_quarantine q LEFT JOIN pay_orders o ON o.id = q.order_id
  WHERE q.id > ? ORDER BY q.id LIMIT ${PAGE}`;

async function eachPage<Row extends { readonly id: string }>(
  runner: QueryRunner,
  sql: string,
  groupsOf: (rows: readonly Row[]) => LedgerGroup[] | Promise<LedgerGroup[]>,
): Promise<void> {
  let after = '';
  for (;;) {
    const rows = (await runner.query(sql, [after])) as Row[];
    await postGroups(runner, await groupsOf(rows));
    const last = rows.at(-1);
    if (rows.length < PAGE || last === undefined) return;
    after = last.id;
  }
}

// Whole numbers arrive as text from this driver.

function groupsOfBill(row: BillRow): LedgerGroup[] {
  const bill = {
    billId: row.id,
    estateId: row.estate_id,
    unitId: row.unit_id,
    book: row.ledger,
    totalFen: Number(row.total_fen),
    occurredAt: Number(row.issued_at),
  };
  if (Number(row.cancelled) === 0) return [billIssued(bill)];
  const cancelledAt = Number(row.cancelled_at ?? row.issued_at);
  return [billIssued(bill), billCancelled({ ...bill, occurredAt: cancelledAt })];
}

async function groupsOfOrders(runner: QueryRunner, rows: readonly SettledRow[]): Promise<LedgerGroup[]> {
  if (rows.length === 0) return [];
  const parts = (await runner.query(
    `SELECT order_id, bill_id, principal_fen, late_fee_fen FROM bill_settlements
     WHERE order_id IN (${rows.map(() => '?').join(', ')}) ORDER BY bill_id`,
    rows.map((row) => row.id),
  )) as PartRow[];
  const byOrder = Map.groupBy(parts, (part) => part.order_id);
  return rows.map((row) =>
    paymentSettled({
      orderId: row.id,
      estateId: row.estate_id,
      unitId: row.unit_id,
      book: row.ledger,
      occurredAt: Number(row.paid_at),
      settled: (byOrder.get(row.id) ?? []).map((part) => ({
        billId: part.bill_id,
        principalFen: Number(part.principal_fen),
        lateFeeFen: Number(part.late_fee_fen),
      })),
    }),
  );
}

function groupOfCredit(row: CreditRow): LedgerGroup {
  return paymentCredited({
    creditId: row.id,
    orderId: row.order_id,
    transactionId: row.transaction_id,
    estateId: row.estate_id,
    unitId: row.unit_id,
    book: row.ledger,
    amountFen: Number(row.amount_fen),
    occurredAt: Number(row.created_at),
  });
}

function groupOfQuarantine(row: QuarantineRow): LedgerGroup {
  return paymentQuarantined({
    quarantineId: row.id,
    estateId: row.estate_id,
    // Of an order that nobody knows the merchant was not kept; what came by WeChat then were property fees.
    book: row.ledger ?? 'PROPERTY_FEE',
    orderId: row.order_id,
    orderNo: row.order_no,
    transactionId: row.transaction_id,
    receivedFen: Number(row.received_fen),
    occurredAt: Number(row.created_at),
  });
}

/** Writes groups from before there was a ledger. */
export async function postGroups(runner: QueryRunner, groups: readonly LedgerGroup[]): Promise<void> {
  const rows = groups.flatMap((group) => checkGroup(group).entries.map((_, line) => rowOf(group, line)));
  for (let from = 0; from < rows.length; from += PAGE) {
    const chunk = rows.slice(from, from + PAGE);
    const columns = Object.keys(chunk[0] ?? {});
    const place = `(${columns.map(() => '?').join(', ')})`;
    await runner.query(
      `INSERT INTO ledger_entries (${columns.join(', ')}) VALUES ${chunk.map(() => place).join(', ')}`,
      chunk.flatMap((row) => Object.values(row)),
    );
  }
}

function rowOf(group: LedgerGroup, line: number): Record<string, string | number | null> {
  const entry = group.entries[line];
  if (entry === undefined) throw new Error(`${group.key} has no entry ${line}`);
  return {
    id: ulid(group.occurredAt),
    group_key: group.key,
    line_no: line,
    estate_id: group.estateId,
    book: group.book,
    event: group.event,
    debit_kind: entry.debit.kind,
    debit_subject: entry.debit.subject,
    credit_kind: entry.credit.kind,
    credit_subject: entry.credit.subject,
    amount_fen: entry.amountFen,
    bill_id: entry.billId,
    order_id: group.orderId,
    document_kind: group.document.kind,
    document_id: group.document.id,
    occurred_at: group.occurredAt,
    posted_at: group.occurredAt,
  };
}
