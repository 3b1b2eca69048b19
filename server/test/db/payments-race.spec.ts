import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { PayReport } from '../../src/wechat/pay.port.ts';
import { SettleService } from '../../src/features/payments/index.ts';
import { SessionsService } from '../../src/features/identity/index.ts';
import { PayOrdersService } from '../../src/features/payments/index.ts';
import { newKey } from '../support/assembly-builder.ts';
import { PayWorld } from '../support/pay-world.ts';
import type { TestPerson } from '../support/estate-builder.ts';

let world: PayWorld;

beforeAll(async () => {
  world = await PayWorld.start();
});
afterAll(() => world.stop());

const household = async (unitId: string, count: number): Promise<TestPerson[]> => {
  const people: TestPerson[] = [];
  for (let n = 0; n < count; n++)
    people.push(
      await world.app.build.resident(`家属${n}`, { estateId: world.fees.estateId, unitId }, 'FAMILY'),
    );
  return people;
};

describe('many at once', () => {
  it('fifty payers on one bill: one order, one settlement, one receipt', async () => {
    const { bill } = await world.debtor('101');
    const people = await household(bill.unitId, 50);
    const answers = await Promise.all(people.map((person) => world.order(person, [bill])));
    const placed = answers.filter(({ status }) => status === 201);
    expect(placed).toHaveLength(1);
    expect(new Set(answers.filter(({ status }) => status !== 201).map(({ body }) => body.code))).toEqual(
      new Set(['FEES.ORDER_PENDING']),
    );
    const [order] = placed;
    if (order === undefined) throw new Error('nobody may pay');
    await world.fault({ kind: 'repeat', copies: 9, concurrently: true });
    await world.pay(order.body);
    await world.deliver();
    expect(await settlementsOf(bill.id)).toBe(1);
    expect(await world.count('receipts')).toBe(1);
  });

  it('fifty reports of one payment at once, by callback and query: booked once', async () => {
    const { owner, bill } = await world.debtor('102');
    const order = await world.ordered(owner, [bill]);
    await world.fault({ kind: 'lose', attempts: 'all' });
    await world.pay(order);
    const before = await world.count('receipts');
    const report = await reportOf(order.orderNo);
    const settling = world.app.nest.get(SettleService);
    const outcomes = await Promise.all(Array.from({ length: 50 }, () => settling.settle(report)));
    expect(outcomes.filter((outcome) => outcome === 'SETTLED')).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome === 'KNOWN')).toHaveLength(49);
    expect(await world.count('receipts')).toBe(before + 1);
    expect(await settlementsOf(bill.id)).toBe(1);
  });

  it('twenty bills of twenty homes settled at once take twenty numbers in a row', async () => {
    const reports: PayReport[] = [];
    await world.fault({ kind: 'lose', attempts: 'all', times: 20 });
    for (let n = 0; n < 20; n++) {
      const { owner, bill } = await world.debtor(`2${10 + n}`);
      const order = await world.ordered(owner, [bill]);
      await world.pay(order);
      reports.push(await reportOf(order.orderNo));
    }
    const settling = world.app.nest.get(SettleService);
    const outcomes = await Promise.all(reports.map((report) => settling.settle(report)));
    expect(new Set(outcomes)).toEqual(new Set(['SETTLED']));
    const rows = await world.app.database.rows<{ receipt_number: number }>(
      'SELECT receipt_number FROM receipts ORDER BY receipt_number',
    );
    expect(rows.map((row) => row.receipt_number)).toEqual(rows.map((_, index) => index + 1));
  });

  it('an order closed here while its money arrives: paid or credited, never lost', async () => {
    for (let round = 0; round < 5; round++) {
      const { owner, bill } = await world.debtor(`3${10 + round}`);
      const order = await world.ordered(owner, [bill]);
      const caller = await world.app.nest.get(SessionsService).find(owner.token);
      if (caller === null) throw new Error('signed out');
      const closing = world.app.nest.get(PayOrdersService).cancel(caller, order.orderNo);
      const settling = world.app.nest.get(SettleService).settle(await unpaidReport(order.orderNo, 5809));
      await Promise.all([closing, settling]);
      const row = await world.app.database.row<{ state: string }>('SELECT state FROM bills WHERE id = ?', [
        bill.id,
      ]);
      const credits = await world.app.database.rows(
        'SELECT c.id FROM pay_credits c JOIN pay_orders o ON o.id = c.order_id WHERE o.order_no = ?',
        [order.orderNo],
      );
      expect([row?.state, credits.length]).toEqual(row?.state === 'PAID' ? ['PAID', 0] : ['ISSUED', 1]);
    }
  });

  it('two payments of one bill over a closed and an open order: one settles, the other is a credit', async () => {
    const { owner, bill } = await world.debtor('401');
    const first = await world.ordered(owner, [bill]);
    await world.app.post(`/api/me/pay-orders/${first.orderNo}/cancel`, owner.token);
    const second = await world.ordered(owner, [bill]);
    await world.pay(second);
    await world.pay(first, { force: true });
    await world.deliver();
    expect(await settlementsOf(bill.id)).toBe(1);
    const credits = await world.app.database.rows<{ amount_fen: number; reason: string }>(
      'SELECT c.amount_fen, c.reason FROM pay_credits c JOIN pay_orders o ON o.id = c.order_id WHERE o.order_no = ?',
      [first.orderNo],
    );
    expect(credits).toEqual([{ amount_fen: 5809, reason: 'LATE_SUCCESS' }]);
  });

  it('twenty double taps of different keys make one order each', async () => {
    const { owner, bill } = await world.debtor('402');
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => world.order(owner, [bill], {}, newKey())),
    );
    const numbers = new Set(answers.filter(({ status }) => status === 201).map(({ body }) => body.orderNo));
    expect(numbers.size).toBe(1);
    expect(answers.every(({ status }) => status === 201 || status === 409)).toBe(true);
  });
});

describe('the database itself', () => {
  it('refuses a second settlement of a bill, a used receipt number and an overpaid bill', async () => {
    const settled = await world.app.database.row<{ bill_id: string; order_id: string }>(
      'SELECT bill_id, order_id FROM bill_settlements LIMIT 1',
    );
    if (settled === null) throw new Error('nothing is settled');
    const attempt = (sql: string, values: (string | number)[]) =>
      world.app.database.transaction((tx) => tx.run(sql, values));
    await expect(
      attempt(
        'INSERT INTO bill_settlements (bill_id, order_id, principal_fen, late_fee_fen, settled_at) VALUES (?, ?, 1, 0, 1)',
        [settled.bill_id, settled.order_id],
      ),
    ).rejects.toThrow();
    await expect(
      attempt('UPDATE bills SET paid_fen = total_fen + 1 WHERE id = ?', [settled.bill_id]),
    ).rejects.toThrow();
    await expect(
      attempt('UPDATE receipts SET receipt_number = 1 WHERE receipt_number = ?', [2]),
    ).rejects.toThrow();
  });
});

async function settlementsOf(billId: string): Promise<number> {
  const rows = await world.app.database.rows('SELECT bill_id FROM bill_settlements WHERE bill_id = ?', [
    billId,
  ]);
  return rows.length;
}

/** What the gateway says of a paid order. */
async function reportOf(orderNo: string): Promise<PayReport> {
  const order = (await world.control('GET', `/orders/${orderNo}`)) as {
    transactionId: string;
    payerOpenid: string;
    amountFen: number;
    paidAt: number;
  };
  const { mchId, appId } = world.sandbox.config;
  return {
    orderNo,
    state: 'SUCCESS',
    transactionId: order.transactionId,
    mchId,
    appId,
    amountFen: order.amountFen,
    currency: 'CNY',
    openid: order.payerOpenid,
    paidAt: order.paidAt,
  };
}

/** The same of an order whose payment is on its way. */
async function unpaidReport(orderNo: string, amountFen: number): Promise<PayReport> {
  const report = await reportOf(orderNo);
  return { ...report, transactionId: `4200${orderNo.slice(-20)}`, amountFen, paidAt: world.app.clock.now() };
}
