import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  type LedgerGroup,
  paymentQuarantined,
  type QuarantinedMoney,
  refundRequested,
} from '@linli/shared/ledger';
import { Ledger } from '../../src/features/ledger/index.ts';
import { openDatabase } from '../../src/kernel/database/index.ts';
import { TestApp } from '../support/app.ts';
import { ENGINE, openTestDatabase } from '../support/engine.ts';

let app: TestApp;
let estateId: string;
let serial = 0;

beforeAll(async () => {
  app = await TestApp.start();
  estateId = await app.build.estate();
});
afterAll(() => app.stop());

const money = (facts: Partial<QuarantinedMoney> = {}): LedgerGroup =>
  paymentQuarantined({
    quarantineId: `Q${++serial}`,
    orderId: null,
    orderNo: `P${serial}`,
    transactionId: `4200${serial}`,
    estateId,
    book: 'PROPERTY_FEE',
    receivedFen: 100,
    occurredAt: 1,
    ...facts,
  });

const post = (...groups: LedgerGroup[]) =>
  app.database.transaction((tx) => app.nest.get(Ledger).post(tx, ...groups));
const entriesOf = ({ key }: LedgerGroup) =>
  app.database.rows<{ amount_fen: number }>(
    'SELECT debit_kind, credit_kind, amount_fen FROM ledger_entries WHERE group_key = ?',
    [key],
  );

describe('posting', () => {
  it('what happened once is written once, however often and by however many it is told', async () => {
    const group = money();
    await Promise.all(Array.from({ length: 8 }, () => post(group)));
    await post(group, money());
    expect(await entriesOf(group)).toEqual([
      { debit_kind: 'GATEWAY_CLEARING', credit_kind: 'SUSPENSE', amount_fen: 100 },
    ]);
  });

  it('the same happening with another amount is a bug, and nothing of its transaction stays', async () => {
    const group = money();
    await post(group);
    const other = money();
    await expect(post(other, { ...group, entries: money({ receivedFen: 101 }).entries })).rejects.toThrow(
      'is there already, with other entries',
    );
    expect(await entriesOf(other)).toEqual([]);
  });

  it('known and new groups together: the new ones are written', async () => {
    const [known, fresh] = [money(), money()];
    await post(known);
    await post(known, fresh);
    expect(await entriesOf(fresh)).toHaveLength(1);
  });

  it('nothing moved leaves nothing', async () => {
    const group = money({ receivedFen: 0 });
    await post(group);
    expect(await entriesOf(group)).toEqual([]);
  });

  it('what is rolled back is not in the books', async () => {
    const group = money();
    const failing = app.database.transaction(async (tx) => {
      await app.nest.get(Ledger).post(tx, group);
      throw new Error('on second thought');
    });
    await expect(failing).rejects.toThrow('on second thought');
    expect(await entriesOf(group)).toEqual([]);
  });

  it('a refund of money that nobody knows whose it is needs neither estate nor home', async () => {
    const group = refundRequested({
      refundId: 'R1',
      orderId: null,
      estateId: null,
      unitId: null,
      book: 'PROPERTY_FEE',
      occurredAt: 1,
      parts: [{ from: 'SUSPENSE', amountFen: 5 }],
    });
    await post(group);
    expect(await entriesOf(group)).toHaveLength(1);
  });
});

describe('the database itself', () => {
  const columns = {
    id: 'E1',
    group_key: 'HAND:1',
    line_no: 0,
    estate_id: null,
    book: 'PROPERTY_FEE',
    event: 'CORRECTION',
    debit_kind: 'BANK',
    debit_subject: '',
    credit_kind: 'SUSPENSE',
    credit_subject: '',
    amount_fen: 1,
    bill_id: null,
    order_id: null,
    document_kind: 'BANK_LINE',
    document_id: '1',
    occurred_at: 1,
    posted_at: 1,
  };
  const insert = (changes: object) =>
    app.database.transaction((tx) => tx.insert('ledger_entries', { ...columns, ...changes }));

  it.each([
    ['nothing', { amount_fen: 0 }],
    ['less than nothing', { amount_fen: -1 }],
    ['more than whole numbers can tell', { amount_fen: Number.MAX_SAFE_INTEGER + 2 }],
    ['money to where it comes from', { credit_kind: 'BANK' }],
    ['a fourth book', { book: 'PETTY_CASH' }],
    ['the bill of nobody', { bill_id: 'nobody' }],
  ])('refuses to move %s', async (_, changes) => {
    await expect(insert(changes)).rejects.toThrow();
  });
});

// On a MySQL-protocol server the application's user is granted nothing but INSERT and SELECT: `grants.spec.ts`.
(ENGINE === 'sqlite' ? describe : describe.skip)('the embedded database', () => {
  const execute = (sql: string) => app.database.transaction((tx) => tx.run(sql));

  it.each([
    'UPDATE ledger_entries SET amount_fen = amount_fen + 1',
    'DELETE FROM ledger_entries',
    'UPDATE OR REPLACE ledger_entries SET id = id',
    'REPLACE INTO ledger_entries SELECT * FROM ledger_entries',
    'INSERT OR REPLACE INTO ledger_entries SELECT * FROM ledger_entries',
    'INSERT INTO ledger_entries SELECT * FROM ledger_entries WHERE true ON CONFLICT DO UPDATE SET amount_fen = 1',
  ])('refuses %s', async (sql) => {
    await post(money());
    await expect(execute(sql)).rejects.toThrow('ledger_entries is append-only');
  });

  it.each(['ballot_log_leaves', 'ballot_log_nodes', 'ballot_log_checkpoints', 'audit_log'])(
    'keeps %s as it keeps the ledger',
    async (table) => {
      const triggers = await app.database.rows<{ sql: string }>(
        "SELECT sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ? ORDER BY name",
        [table],
      );
      expect(triggers.map(({ sql }) => /BEFORE (\w+)/.exec(sql)?.[1])).toEqual(['DELETE', 'UPDATE']);
    },
  );

  it('does not start without the triggers that refuse it', async () => {
    const { environment, database, dispose } = await openTestDatabase();
    await database.transaction((tx) => tx.run('DROP TRIGGER tr_ledger_entries_delete'));
    await expect(openDatabase(environment, { migrate: false })).rejects.toThrow(
      'trigger tr_ledger_entries_delete is missing',
    );
    await dispose();
  });
});
