import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ACCOUNT_KINDS, ACCOUNTS } from '@linli/shared/ledger';
import type { Reader, SqlValue, Transaction } from '../../src/kernel/database/index.ts';
import { createStatements, promisedTables } from '../../src/kernel/database/ddl.ts';
import { newKey } from '../support/assembly-builder.ts';
import { ENGINE } from '../support/engine.ts';
import { income, IncomeBuilder, spend, statement } from '../support/income-builder.ts';
import { brokenInvariants, INVARIANTS, INVARIANTS_FILE } from '../support/invariants.ts';
import { PayWorld } from '../support/pay-world.ts';

let world: PayWorld;

beforeAll(async () => {
  world = await PayWorld.start();
  await pay('101');
  await pay('102');
  const { bill } = await world.debtor('103');
  const reason = '面积登记错了，重新出账';
  await world.app.post(`${world.fees.base}/bills/${bill.id}/cancel`, world.fees.manager.token, { reason });
  await payLate('104');
  await payWrongly('105');
  await payAndGetBack('107', {});
  await payAndGetBack('108', { effect: 'BILL_STAYS', amountFen: 9 });
  await world.debtor('106');
  await askBack();
  await publishIncome();
});
afterAll(() => world.stop());

async function pay(room: string): Promise<void> {
  const { owner, bill } = await world.debtor(room);
  const order = await world.ordered(owner, [bill]);
  await world.pay(order);
  await world.deliver();
}

/** A refund of the first payment, asked for and not decided. */
async function askBack(): Promise<void> {
  const paid = await world.app.database.row<{ id: string; bill_id: string }>(
    'SELECT o.id, s.bill_id FROM pay_orders o JOIN bill_settlements s ON s.order_id = o.id ORDER BY o.id LIMIT 1',
  );
  const asked = { subject: 'PAYMENT', subjectId: paid?.id, billId: paid?.bill_id, effect: 'BILL_OPEN' };
  const request = { ...asked, amountFen: 100, reason: '多收了' };
  await world.app.post(`${world.fees.base}/refunds`, world.fees.clerk.token, request, newKey());
}

/** Two quarters of public income with an opening, the first of them corrected. */
async function publishIncome(): Promise<void> {
  const books = await IncomeBuilder.start(world.app);
  const first = await books.published(statement('2026Q1', 700));
  const decided = spend('2026Q2', { decisionNo: '业主大会2025-1-1' });
  await books.published(statement('2026Q2', first.closingFen, [income('2026Q2'), decided]));
  const { body: draft } = await books.amend(first.id, '维修费多记了');
  const lines = [income('2026Q1'), spend('2026Q1', { amountFen: 1 })];
  const saved = await books.save(draft.id, statement('2026Q1', 700, lines, { revision: 1 }));
  await books.publishDraft(saved.body);
}

async function payLate(room: string): Promise<void> {
  const { owner, bill } = await world.debtor(room);
  const order = await world.ordered(owner, [bill]);
  await world.app.post(`/api/me/pay-orders/${order.orderNo}/cancel`, owner.token);
  await world.pay(order, { force: true });
  await world.deliver();
}

/** Paid, asked back by the clerk, approved by the manager, and given back by the gateway. */
async function payAndGetBack(room: string, facts: object): Promise<void> {
  const { owner, bill } = await world.debtor(room);
  const order = await world.ordered(owner, [bill]);
  await world.pay(order);
  await world.deliver();
  const paid = await world.app.database.row<{ id: string }>('SELECT id FROM pay_orders WHERE order_no = ?', [
    order.orderNo,
  ]);
  const request = {
    subject: 'PAYMENT',
    subjectId: paid?.id,
    billId: bill.id,
    effect: 'BILL_OPEN',
    amountFen: 5809,
    reason: '多收了一个月',
    ...facts,
  };
  const { base, clerk, manager } = world.fees;
  const asked = await world.app.post<{ id: string }>(`${base}/refunds`, clerk.token, request, newKey());
  const path = `${base}/refunds/${asked.body.id}/decision`;
  expect(await world.app.post(path, manager.token, { approve: true, note: '' })).toMatchObject({
    status: 204,
  });
  await world.app.runJobs();
  await world.deliver();
}

async function payWrongly(room: string): Promise<void> {
  const { owner, bill } = await world.debtor(room);
  const order = await world.ordered(owner, [bill]);
  await world.fault({ kind: 'contradict', change: { amountFen: 17 }, everywhere: true });
  await world.pay(order);
  await world.deliver();
  await world.control('DELETE', '/faults');
}

class TakenBack extends Error {}

/** Every problem that some fault has brought to light here. */
const noticed = new Set<string>();

type Broken = Awaited<ReturnType<typeof brokenInvariants>>;

async function noticedIn(reader: Reader): Promise<Broken> {
  const breaches = await brokenInvariants(reader);
  for (const { problem } of Object.values(breaches).flat()) noticed.add(problem);
  return breaches;
}

/** What is found once `fault` is done to the stored data, past every rule of the database; all is taken back after. */
async function foundAll(fault: (tx: Transaction) => Promise<unknown>): Promise<Broken> {
  let all: Broken = {};
  const seeding = world.app.database.transaction(async (tx) => {
    await letIn(tx);
    try {
      await fault(tx);
      all = await noticedIn(tx);
    } finally {
      await shutOut(tx);
    }
    throw new TakenBack();
  });
  await expect(seeding).rejects.toThrow(TakenBack);
  return all;
}

const found = async (fault: (tx: Transaction) => Promise<unknown>) => Object.keys(await foundAll(fault));

const APPEND_ONLY = [
  'ledger_entries',
  'income_book_lines',
  'income_book_corrections',
  'income_collected_sums',
];
const SQLITE_TRIGGERS = APPEND_ONLY.flatMap((name) => [`tr_${name}_update`, `tr_${name}_delete`]);

async function letIn(tx: Transaction): Promise<void> {
  const sqlite = ['PRAGMA defer_foreign_keys = ON', 'PRAGMA ignore_check_constraints = ON'];
  const triggers = SQLITE_TRIGGERS.map((name) => `DROP TRIGGER ${name}`);
  const mariadb = ['SET SESSION foreign_key_checks = 0', 'SET SESSION check_constraint_checks = 0'];
  for (const sql of ENGINE === 'mariadb' ? mariadb : [...sqlite, ...triggers]) await tx.run(sql);
}

async function shutOut(tx: Transaction): Promise<void> {
  const sqlite = ['PRAGMA ignore_check_constraints = OFF'];
  const mariadb = ['SET SESSION foreign_key_checks = 1', 'SET SESSION check_constraint_checks = 1'];
  for (const sql of ENGINE === 'mariadb' ? mariadb : sqlite) await tx.run(sql);
}

const run =
  (sql: string, ...values: SqlValue[]) =>
  (tx: Transaction) =>
    tx.run(sql, values);

/** A copy of the first row that fits, with changes. */
const again =
  (table: string, where: string, changes: Record<string, SqlValue>) => async (tx: Transaction) => {
    const row = await tx.row<Record<string, SqlValue>>(`SELECT * FROM ${table} WHERE ${where} LIMIT 1`);
    if (row === null) throw new Error(`nothing in ${table} is ${where}`);
    await tx.insert(table, { ...row, ...changes });
  };

const UNKNOWN_PAYMENT = {
  mch_id: '1900000001',
  on_date: '2026-11-20',
  row_no: 1,
  entry_key: 'P:4200NOBODY',
  kind: 'PAYMENT',
  order_no: 'PNOBODY',
  amount_fen: 100,
  fee_units: 0,
};
const UNKNOWN_REFUND = { ...UNKNOWN_PAYMENT, entry_key: 'R:RNOBODY', kind: 'REFUND' };

const SETTLED = "event = 'PAYMENT_SETTLED'";
const fresh = { id: 'FAULT', group_key: 'FAULT', line_no: 0 };

const MERCHANT = { mch_id: '1900009999' };
const DAY = { ...MERCHANT, on_date: '2026-11-20' };

/** A day that was settled with so much. */
const dayOf = (settlementFen: number, facts: Record<string, SqlValue> = {}) => ({
  ...DAY,
  state: 'DONE',
  payments: 1,
  paid_fen: settlementFen,
  refunds: 0,
  refunded_fen: 0,
  fee_units: 0,
  settlement_fen: settlementFen,
  arrived_serial: 'B1',
  recovered: 0,
  fault: '',
  checked_at: 1,
  ...facts,
});
const bankLineOf = (amountFen: number) => ({
  ...MERCHANT,
  serial: 'B1',
  on_date: '2026-11-21',
  amount_fen: amountFen,
  counterparty: '财付通',
  summary: '结算',
  imported_by: 'P',
  imported_at: 1,
});

/** A payment that stood in the books of a quarter long before its statement was published. */
async function unsaidPayment(tx: Transaction): Promise<void> {
  const sum = await tx.row<{ estate_id: string; from_at: number }>(
    'SELECT estate_id, from_at FROM income_collected_sums ORDER BY statement_id LIMIT 1',
  );
  const { estate_id, from_at } = sum ?? { estate_id: '', from_at: 0 };
  const when = { occurred_at: from_at, posted_at: from_at };
  await again('ledger_entries', SETTLED, { ...fresh, ...when, estate_id, book: 'PUBLIC_INCOME' })(tx);
}

/** A day that was settled with so much, of which one fen is in the books. */
const settlementOf =
  (settlementFen: number, cameFen = settlementFen) =>
  async (tx: Transaction) => {
    await tx.insert('recon_runs', dayOf(settlementFen));
    await tx.insert('bank_lines', bankLineOf(cameFen));
    await again('ledger_entries', SETTLED, {
      ...fresh,
      event: 'GATEWAY_PAID_OUT',
      document_kind: 'PAYOUT',
      document_id: `${DAY.mch_id}:${DAY.on_date}`,
      debit_kind: 'BANK',
      credit_kind: 'GATEWAY_CLEARING',
      credit_subject: '',
      amount_fen: 1,
      bill_id: null,
      order_id: null,
    })(tx);
  };

const insert = (table: string, row: Record<string, SqlValue>) => (tx: Transaction) => tx.insert(table, row);

/** The bill of the first settlement settled by another order too. */
const byTwoOrders = async (tx: Transaction) => {
  const other = await tx.row<{ id: string }>('SELECT id FROM pay_orders ORDER BY id DESC LIMIT 1');
  await again('ledger_entries', SETTLED, { ...fresh, order_id: other?.id ?? null })(tx);
};

describe('the file', () => {
  it('asks about I1 to I17, in order', () => {
    expect(INVARIANTS.map(({ name }) => name)).toEqual(Array.from({ length: 17 }, (_, n) => `I${n + 1}`));
  });

  it('knows every kind of account', () => {
    const text = readFileSync(INVARIANTS_FILE, 'utf8');
    const [lists = []] = [/debit_kind IN \(([^)]+)\)/.exec(text) ?? []];
    const known = [...(lists[1] ?? '').matchAll(/'(\w+)'/g)].map(([, kind]) => kind);
    expect(known.sort()).toEqual([...ACCOUNT_KINDS].sort());
    const single = ACCOUNT_KINDS.filter((kind) => ACCOUNTS[kind].subject === 'NONE');
    const divided = /debit_subject <> '' AND e\.debit_kind IN \(([^)]+)\)/.exec(text)?.[1] ?? '';
    expect([...divided.matchAll(/'(\w+)'/g)].map(([, kind]) => kind).sort()).toEqual([...single].sort());
  });
});

describe('an honest history', () => {
  it('with bills paid, cancelled, open, paid late, paid wrongly and paid back breaks none', async () => {
    const states = await world.app.database.rows('SELECT state FROM pay_orders ORDER BY id');
    expect(states.map((row) => (row as { state: string }).state)).toEqual([
      'PAID',
      'PAID',
      'QUARANTINED',
      'QUARANTINED',
      'REFUNDED',
      'PARTIAL_REFUND',
    ]);
    expect(await brokenInvariants(world.app.database)).toEqual({});
  });
});

describe('what somebody did to the data by hand', () => {
  it.each<[string, string, (tx: Transaction) => Promise<unknown>]>([
    ['I1', 'an account of no kind', again('ledger_entries', SETTLED, { ...fresh, debit_kind: 'POCKET' })],
    ['I1', 'half a group', again('ledger_entries', SETTLED, { ...fresh, line_no: 1 })],
    [
      'I1',
      'a group in two books',
      again('ledger_entries', SETTLED, { id: 'F', line_no: 1, book: 'PUBLIC_INCOME' }),
    ],
    ['I1', 'a home of nowhere', again('ledger_entries', SETTLED, { ...fresh, credit_subject: 'NOWHERE' })],
    ['I2', 'a bill paid twice', again('ledger_entries', SETTLED, fresh)],
    [
      'I3',
      'an order that is over more than its bills',
      run("UPDATE pay_orders SET amount_fen = amount_fen + 1 WHERE state = 'PREPAID' OR state = 'PAID'"),
    ],
    ['I3', 'a payee of another book', run("UPDATE payees SET ledger = 'PUBLIC_INCOME'")],
    ['I4', 'a payment booked twice', again('ledger_entries', SETTLED, fresh)],
    ['I4', 'a payment not booked', run(`DELETE FROM ledger_entries WHERE ${SETTLED}`)],
    ['I5', 'suspense that is gone', run("DELETE FROM ledger_entries WHERE event = 'PAYMENT_QUARANTINED'")],
    [
      'I6',
      'a callback that was forgotten',
      run(
        "UPDATE pay_notices SET handled_at = NULL, received_at = received_at - 7200000 WHERE order_no = (SELECT order_no FROM pay_orders WHERE state = 'PAID' ORDER BY id LIMIT 1)",
      ),
    ],
    [
      'I6',
      'an order that nobody ended',
      run(
        "UPDATE pay_orders SET state = 'PREPAID', expires_at = expires_at - 172800000 WHERE state = 'CLOSED' OR state = 'PAID'",
      ),
    ],
    ['I7', 'late money that was dropped', run('DELETE FROM pay_credits')],
    ['I7', 'a payment that was dropped', run('UPDATE pay_orders SET transaction_id = NULL')],
    [
      'I8',
      'more given back than was paid',
      again('ledger_entries', SETTLED, {
        ...fresh,
        event: 'REFUND_SUCCEEDED',
        debit_kind: 'REFUND_PAYABLE',
        credit_kind: 'GATEWAY_CLEARING',
        credit_subject: '',
        amount_fen: 5810,
      }),
    ],
    [
      'I8',
      'more promised back than was paid',
      again('ledger_entries', SETTLED, {
        ...fresh,
        event: 'REFUND_REQUESTED',
        debit_kind: 'UNIT_RECEIVABLE',
        credit_kind: 'REFUND_PAYABLE',
        amount_fen: 5810,
      }),
    ],
    [
      'I8',
      'a refund that is held of no refund',
      run("UPDATE pay_orders SET refunding_fen = 1 WHERE state = 'PAID'"),
    ],
    [
      'I8',
      'a refund that was never asked for',
      run("UPDATE refunds SET state = 'SUCCEEDED' WHERE state = 'REQUESTED'"),
    ],
    ['I8', 'a refund approved by who asked', run('UPDATE refunds SET decided_by = asked_by')],
    ['I9', 'an order set back', run("UPDATE pay_orders SET state = 'PREPAID' WHERE state = 'PAID'")],
    [
      'I9',
      'a bill held by an order that is over',
      run(
        "UPDATE bills SET pending_order_no = (SELECT order_no FROM pay_orders WHERE state = 'PAID' ORDER BY id LIMIT 1) WHERE state = 'ISSUED'",
      ),
    ],
    ['I10', 'nothing moved', again('ledger_entries', SETTLED, { ...fresh, amount_fen: 0 })],
    ['I10', 'a line that was changed', run('UPDATE bill_lines SET amount_fen = amount_fen + 1')],
    ['I12', 'a bill that was lowered', run('UPDATE bills SET total_fen = total_fen - 1')],
    [
      'I12',
      'a cancelled bill that is back',
      run("UPDATE bills SET state = 'ISSUED' WHERE state = 'CANCELLED'"),
    ],
    [
      'I12',
      'a reduction that nobody granted',
      run('UPDATE bills SET reduced_fen = paid_fen WHERE paid_fen > 0'),
    ],
    [
      'I13',
      'a bill marked as paid',
      run("UPDATE bills SET state = 'PAID', paid_fen = total_fen WHERE state = 'ISSUED'"),
    ],
    [
      'I13',
      'a late fee that nobody paid',
      run("UPDATE bills SET late_fee_paid_fen = 1 WHERE state = 'PAID'"),
    ],
    ['I13', 'a credit that grew', run('UPDATE pay_credits SET left_fen = left_fen + 1')],
    ['I14', 'a receipt that is gone', run('DELETE FROM receipts')],
    [
      'I14',
      'a receipt number that was skipped',
      run('UPDATE receipt_counters SET last_number = last_number + 1'),
    ],
    [
      'I15',
      'a payment of no order',
      again('ledger_entries', SETTLED, { ...fresh, order_id: null, document_id: 'NOBODY' }),
    ],
    [
      'I15',
      'a bill out of nothing',
      again('ledger_entries', "event = 'BILL_ISSUED'", { ...fresh, document_id: 'NOBODY' }),
    ],
    ['I13', 'a credit that was spent twice', run('UPDATE pay_credits SET left_fen = left_fen - 1')],
    ['I8', 'a refund of one person alone', run('UPDATE refunds SET asked_by = decided_by')],
    ['I8', 'a refund over more than was paid', run('UPDATE refunds SET amount_fen = total_fen + 1')],
    [
      'I12',
      'income that was lowered',
      run('UPDATE income_book_lines SET income_net_fen = income_net_fen - 1'),
    ],
    ['I12', 'a correction that is gone', run('DELETE FROM income_book_corrections')],
    ['I12', 'an opening that was raised', run('UPDATE income_statements SET opening_fen = opening_fen + 1')],
    ['I15', 'income of no line', run('DELETE FROM income_book_lines')],
    ['I15', 'a refund of nobody', run('DELETE FROM refunds')],
    ['I16', 'a payment that only WeChat knows of', (tx) => tx.insert('trade_bill_rows', UNKNOWN_PAYMENT)],
    ['I16', 'a refund that only WeChat knows of', (tx) => tx.insert('trade_bill_rows', UNKNOWN_REFUND)],
    [
      'I16',
      'more gone from the gateway than came',
      again('ledger_entries', SETTLED, {
        ...fresh,
        event: 'GATEWAY_PAID_OUT',
        debit_kind: 'BANK',
        credit_kind: 'GATEWAY_CLEARING',
        credit_subject: '',
        amount_fen: 99_999_999,
        bill_id: null,
        order_id: null,
      }),
    ],
    ['I16', 'a settlement whose parts are not the whole', settlementOf(2)],
    ['I2', 'a bill that two orders settled', byTwoOrders],
    ['I3', 'an order for another home', run("UPDATE pay_orders SET unit_id = 'NOWHERE'")],
    ['I3', 'two books at one merchant', again('payees', '1 = 1', { id: 'F', ledger: 'PUBLIC_INCOME' })],
    [
      'I5',
      'a bill settled by money that was set aside',
      run("UPDATE pay_orders SET state = 'QUARANTINED' WHERE state = 'PAID'"),
    ],
    [
      'I8',
      'a refund a year too late',
      run("UPDATE pay_orders SET paid_at = paid_at - 40000000000 WHERE state = 'REFUNDED'"),
    ],
    ['I9', 'an order that ended at no time', run('UPDATE pay_orders SET ended_at = NULL')],
    ['I9', 'a paid bill that is open', run("UPDATE bills SET state = 'ISSUED' WHERE state = 'PAID'")],
    ['I10', 'a receipt over more', run('UPDATE receipts SET amount_fen = amount_fen + 1')],
    [
      'I12',
      'a credit out of money that nobody set aside',
      again('pay_credits', '1 = 1', { id: 'F', transaction_id: 'F', from_quarantine_id: 'F' }),
    ],
    [
      'I12',
      'a credit that paid something past the books',
      insert('credit_uses', { id: 'F', credit_id: 'F', bill_id: 'F', amount_fen: 1, used_at: 1 }),
    ],
    [
      'I12',
      'a reduction past the books',
      insert('bill_reductions', {
        bill_id: 'F',
        reduction_id: 'F',
        estate_id: 'F',
        month: '2026-11',
        amount_fen: 1,
        funder: '民政补助',
        credited_at: 1,
      }),
    ],
    [
      'I12',
      'a reduction in the books alone',
      again('ledger_entries', SETTLED, { ...fresh, event: 'REDUCTION_APPLIED', document_kind: 'REDUCTION' }),
    ],
    [
      'I14',
      'a receipt for nothing',
      again('receipts', '1 = 1', { id: 'F', order_id: 'F', receipt_number: 999_999 }),
    ],
    [
      'I15',
      'money in suspense that nobody set aside',
      again('ledger_entries', "event = 'PAYMENT_QUARANTINED'", { ...fresh, document_id: 'NOBODY' }),
    ],
    ['I16', 'a settlement that is in no book', insert('recon_runs', dayOf(1))],
    ['I16', 'a settlement of which the bank shows less', settlementOf(1, 0)],
    [
      'I16',
      'one line of the bank for two days',
      (tx) => tx.insert('recon_runs', dayOf(1), dayOf(1, { on_date: '2026-11-19' })),
    ],
    [
      'I16',
      'money at the bank that nobody looks into',
      again('ledger_entries', SETTLED, {
        ...fresh,
        event: 'BANK_LINE',
        document_kind: 'BANK_LINE',
        document_id: 'NOBODY',
        debit_kind: 'BANK',
        credit_kind: 'SUSPENSE',
        credit_subject: '',
      }),
    ],
    [
      'I17',
      'a decision that is said to have cost more',
      run('UPDATE decision_follow_ups SET spent_fen = spent_fen + 1 WHERE spent_fen > 0'),
    ],
    [
      'I17',
      'a charge that is given back though its line stands',
      run('UPDATE decision_spends SET released_at = 1'),
    ],
    [
      'I17',
      'a charge over less than its line',
      run('UPDATE decision_spends SET amount_fen = amount_fen - 1'),
    ],
    ['I17', 'a line that was moved off its decision', run('UPDATE income_book_lines SET decision_id = NULL')],
    [
      'I17',
      'a payment in the books that nobody applied for',
      again('income_book_lines', "direction = 'SPEND'", { id: 'F', source: 'SPENDING' }),
    ],
  ])('%s finds %s', async (name, _, fault) => {
    expect(await found(fault)).toContain(name);
  });

  it.each<[string, (tx: Transaction) => Promise<unknown>]>([
    ['made larger', run("UPDATE income_collected_sums SET amount_fen = 1 WHERE kind = 'PAYMENTS'")],
    ['made less', run("UPDATE income_collected_sums SET amount_fen = -1 WHERE kind = 'REFUNDS'")],
    ['of a fee that nobody kept', run("UPDATE income_collected_sums SET amount_fen = 7 WHERE kind = 'FEES'")],
    ['left out', unsaidPayment],
  ])('I12 finds what came by WeChat %s of its statement', async (_, fault) => {
    const told = (await foundAll(fault))['I12'] ?? [];
    expect(told.map(({ problem }) => problem)).toContain(
      'what a statement says came by WeChat is not what the books say',
    );
  });

  it('I16 leaves be a settlement that is all in the books', async () => {
    expect(await found(settlementOf(1))).toEqual([]);
  });

  it('I16 leaves be what stands on the list of differences', async () => {
    const listed = async (tx: Transaction) => {
      await tx.insert('trade_bill_rows', UNKNOWN_PAYMENT);
      await tx.insert('recon_differences', {
        id: 'D1',
        mch_id: UNKNOWN_PAYMENT.mch_id,
        estate_id: null,
        on_date: UNKNOWN_PAYMENT.on_date,
        class: 'MISSING_HERE',
        kind: 'PAYMENT',
        entry_key: UNKNOWN_PAYMENT.entry_key,
        order_no: UNKNOWN_PAYMENT.order_no,
        ours_fen: null,
        theirs_fen: 100,
        detail: '',
        state: 'OPEN',
        outcome: '',
        found_at: 1,
      });
    };
    expect(await found(listed)).toEqual([]);
  });

  it('I11 finds an action that is kept twice, where the database lets it', async () => {
    const definition = promisedTables().find((table) => table.name === 'idempotency_keys');
    if (definition === undefined) throw new Error('no such table');
    const { unique: _, ...without } = definition;
    const key = { person_id: 'P', action_key: 'k', request_hash: 'h', response_sealed: '', created_at: 1 };
    await world.app.database.transaction(async (tx) => {
      await tx.run('DROP TABLE idempotency_keys');
      for (const sql of createStatements(without, ENGINE === 'mariadb' ? 'mysql' : 'sqlite'))
        await tx.run(sql);
      await tx.insert('idempotency_keys', { id: 'A', ...key }, { id: 'B', ...key });
    });
    expect(Object.keys(await noticedIn(world.app.database))).toEqual(['I11']);
    await world.app.database.transaction((tx) => tx.run('DELETE FROM idempotency_keys'));
  });
});

const elsewhere = (side: 'debit' | 'credit') =>
  `UPDATE ledger_entries SET ${side}_kind = CASE ${side}_kind WHEN 'BANK' THEN 'SUSPENSE' ELSE 'BANK' END, ${side}_subject = ''
   WHERE id = ?`;

describe('any entry whatsoever', () => {
  it.each<[string, string]>([
    ['taken away', 'DELETE FROM ledger_entries WHERE id = ?'],
    ['over a fen more', 'UPDATE ledger_entries SET amount_fen = amount_fen + 1 WHERE id = ?'],
    ['over a fen less', 'UPDATE ledger_entries SET amount_fen = amount_fen - 1 WHERE id = ?'],
    ['debited elsewhere', elsewhere('debit')],
    ['credited elsewhere', elsewhere('credit')],
    ['of another home', "UPDATE ledger_entries SET debit_subject = 'U', credit_subject = 'U' WHERE id = ?"],
    ['of another book', "UPDATE ledger_entries SET book = 'MAINTENANCE_FUND' WHERE id = ?"],
  ])('%s is found', async (_, sql) => {
    const entries = await world.app.database.rows<{ id: string }>(
      'SELECT id FROM ledger_entries ORDER BY id',
    );
    expect(entries.length).toBeGreaterThan(8);
    for (const { id } of entries) expect([id, await found(run(sql, id))]).not.toEqual([id, []]);
  });
});

describe('every question of the file', () => {
  it('is one that some fault above has brought to light', () => {
    const asked = INVARIANTS.flatMap(({ sql }) =>
      [...sql.matchAll(/^SELECT '([^']+)'/gm)].map(([, problem = '']) => problem),
    );
    expect(asked.length).toBeGreaterThan(70);
    expect(asked.filter((problem) => !noticed.has(problem))).toEqual([]);
  });
});
