import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { ErrorBody } from '@linli/shared/errors';
import type { BillView, PayOrder } from '@linli/shared/fees';
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '@linli/shared/kernel';
import type {
  AskedResponse,
  BillPayments,
  MyRefunds,
  RefundedReceipt,
  RefundList,
  RefundRow,
  UnmatchedMoney,
} from '@linli/shared/refunds';
import { breachesOf, readInvariants } from '../../src/cli/check-invariants.ts';
import type { SqlValue } from '../../src/kernel/database/index.ts';
import type { Answer } from '../support/app.ts';
import { newKey } from '../support/assembly-builder.ts';
import { balances } from '../support/ledger-reader.ts';
import { PayWorld } from '../support/pay-world.ts';
import type { TestPerson } from '../support/estate-builder.ts';

const INVARIANTS = new URL('../../../scripts/invariants.sql', import.meta.url);

let world: PayWorld;
let owner: TestPerson;
let bill: BillView;
let room = 100;

beforeAll(async () => {
  world = await PayWorld.start();
});
afterAll(async () => {
  try {
    // Whatever happened here, in whatever order: the money is right.
    for (const invariant of readInvariants(readFileSync(INVARIANTS, 'utf8')))
      expect([invariant.name, await breachesOf(world.app.database, invariant)]).toEqual([invariant.name, []]);
  } finally {
    await world.stop();
  }
});
beforeEach(async () => {
  await world.control('DELETE', '/faults');
  ({ owner, bill } = await world.debtor(String(++room)));
});

const clerk = () => world.fees.clerk;
const manager = () => world.fees.manager;
const base = () => world.fees.base;
const current = () => world.fees.billOf(owner);

async function paid(): Promise<PayOrder> {
  const order = await world.ordered(owner, [bill]);
  await world.pay(order);
  await world.deliver();
  return (await world.view(owner, order)).body;
}

async function paymentOf(billId: string): Promise<BillPayments['items'][number]> {
  const { body } = await world.app.get<BillPayments>(`${base()}/bills/${billId}/payments`, clerk().token);
  const [payment] = body.items;
  if (payment === undefined) throw new Error('nothing was paid');
  return payment;
}

async function ask(facts: object = {}): Promise<Answer<AskedResponse & ErrorBody>> {
  const { orderId } = await paymentOf(bill.id);
  return asked({
    subject: 'PAYMENT',
    subjectId: orderId,
    billId: bill.id,
    effect: 'BILL_OPEN',
    amountFen: 5809,
    reason: '多收了一个月',
    ...facts,
  });
}

const asked = (request: object): Promise<Answer<AskedResponse & ErrorBody>> =>
  world.app.post(`${base()}/refunds`, clerk().token, request, newKey());

const decide = (id: string, approve = true, person = manager()): Promise<Answer<ErrorBody>> =>
  world.app.post(`${base()}/refunds/${id}/decision`, person.token, {
    approve,
    note: approve ? '' : '没有多收',
  });

async function refundOf(id: string): Promise<RefundRow> {
  const { body } = await world.app.get<RefundList>(`${base()}/refunds?limit=100`, clerk().token);
  const row = body.items.find((item) => item.id === id);
  if (row === undefined) throw new Error('no such refund');
  return row;
}

const stateOf = async (id: string) => (await refundOf(id)).state;
const unmatched = async () =>
  (await world.app.get<UnmatchedMoney>(`${base()}/unmatched`, clerk().token)).body;
const mine = async () => (await world.app.get<MyRefunds>('/api/me/refunds', owner.token)).body;

/** Asked for, approved and sent; the sandbox finishes it when its callbacks are delivered. */
async function approved(facts: object = {}): Promise<string> {
  const { status, body } = await ask(facts);
  expect(status).toBe(201);
  expect(await decide(body.id)).toMatchObject({ status: 204 });
  await world.app.runJobs();
  return body.id;
}

async function gatewayRefunds(): Promise<{ outTradeNo: string; amountFen: number; status: string }[]> {
  const { items } = (await world.control('GET', '/refunds')) as {
    items: { outTradeNo: string; amountFen: number; status: string }[];
  };
  return items;
}

/** What the books say of this home and of the gateway, after everything that happened to them. */
const inBooks = () => balances(world.app.database, world.fees.estateId);

describe('giving a payment back', () => {
  it('is asked for by one, approved by another, sent, and done when WeChat says so', async () => {
    const order = await paid();
    const { id } = (await ask()).body;
    expect(await stateOf(id)).toBe('REQUESTED');
    await decide(id);
    expect(await stateOf(id)).toBe('APPROVED');
    await world.app.runJobs();
    expect(await stateOf(id)).toBe('SENT');
    expect((await current()).state).toBe('PAID');

    await world.deliver();

    expect(await refundOf(id)).toMatchObject({
      state: 'SUCCEEDED',
      amountFen: 5809,
      askedBy: '李*',
      decidedBy: '赵*',
      hint: '',
    });
    expect(await current()).toMatchObject({ state: 'ISSUED', openFen: 5809, pendingOrderNo: null });
    expect((await world.view(owner, order)).body.state).toBe('REFUNDED');
    const receipt = await world.app.get<RefundedReceipt>(`/api/me/receipts/${order.receiptId}`, owner.token);
    expect(receipt.body).toMatchObject({
      state: 'VOIDED',
      refunds: [{ amountFen: 5809, state: 'SUCCEEDED' }],
      lines: [{ month: '2026-11', amountFen: 5809 }],
    });
    expect((await mine()).refunds).toMatchObject([{ amountFen: 5809, state: 'SUCCEEDED' }]);
  });

  it('is in the books: owed back, then gone from the gateway, as if it had not been paid', async () => {
    const before = await inBooks();
    await paid();
    await approved();
    await world.deliver();
    expect(await inBooks()).toEqual(before);
    await paid();
    await world.wait(2 * MINUTE_MS);
    const { body } = await world.app.get<BillPayments>(`${base()}/bills/${bill.id}/payments`, clerk().token);
    const payment = body.items.find(({ refundableFen }) => refundableFen > 0);
    await approved({ subjectId: payment?.orderId, amountFen: 9, effect: 'BILL_STAYS' });
    expect((await inBooks()).REFUND_PAYABLE).toBe((before.REFUND_PAYABLE ?? 0) + 9);
    await world.deliver();
    expect(await inBooks()).toEqual({
      ...before,
      UNIT_RECEIVABLE: (before.UNIT_RECEIVABLE ?? 0) - 5809,
      GATEWAY_CLEARING: (before.GATEWAY_CLEARING ?? 0) + 5800,
      FEE_INCOME: (before.FEE_INCOME ?? 0) - 9,
    });
  });

  it('leaves the bill to be paid again, by another order', async () => {
    await paid();
    await approved();
    await world.deliver();
    const again = await paid();
    expect(await current()).toMatchObject({ state: 'PAID', openFen: 0 });
    expect(again.state).toBe('PAID');
    expect(again.receiptId).not.toBeNull();
  });

  it('in part leaves the rest to be paid; what was charged too much leaves the bill settled', async () => {
    await paid();
    await approved({ amountFen: 800 });
    await world.deliver();
    expect(await current()).toMatchObject({ state: 'PART_PAID', openFen: 800 });
    const payment = await paymentOf(bill.id);
    expect(payment).toMatchObject({ paidFen: 5809, refundableFen: 5009 });

    await world.wait(2 * MINUTE_MS);
    await approved({ amountFen: 9, effect: 'BILL_STAYS' });
    await world.deliver();
    expect(await current()).toMatchObject({ state: 'PART_PAID', openFen: 800 });
    expect(await paymentOf(bill.id)).toMatchObject({ refundableFen: 5000 });
  });

  it('is never more than was paid, however often and by whomever it is asked', async () => {
    await paid();
    expect(await ask({ amountFen: 5810 })).toMatchObject({ status: 422, body: { code: 'REFUND.OVER_PAID' } });
    const answers = await Promise.all(Array.from({ length: 10 }, () => ask({ amountFen: 2000 })));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(2);
    expect(await paymentOf(bill.id)).toMatchObject({ refundableFen: 1809 });
    for (const { body } of answers.filter(({ status }) => status === 201)) await decide(body.id, false);
    expect(await paymentOf(bill.id)).toMatchObject({ refundableFen: 5809 });
  });

  it('is asked for once with one key', async () => {
    await paid();
    const { orderId } = await paymentOf(bill.id);
    const request = {
      subject: 'PAYMENT',
      subjectId: orderId,
      billId: bill.id,
      effect: 'BILL_OPEN',
      amountFen: 100,
      reason: '多收',
    };
    const key = newKey();
    const first = await world.app.post<AskedResponse>(`${base()}/refunds`, clerk().token, request, key);
    const second = await world.app.post<AskedResponse>(`${base()}/refunds`, clerk().token, request, key);
    expect(second.body).toEqual(first.body);
    expect(await paymentOf(bill.id)).toMatchObject({ refundableFen: 5709 });
  });

  it('goes out no sooner than a minute after the one before', async () => {
    await paid();
    await approved({ amountFen: 100 });
    const second = await approved({ amountFen: 200 });
    expect(await stateOf(second)).toBe('APPROVED');
    await world.wait(61 * SECOND_MS);
    await world.deliver();
    expect(await stateOf(second)).toBe('SUCCEEDED');
  });
});

describe('a refund that others overtake', () => {
  it('comes while the rest is being paid: that money is kept for the home, and the bill may be paid again', async () => {
    await paid();
    await approved({ amountFen: 2000 });
    await world.deliver();
    await world.wait(2 * MINUTE_MS);
    const rest = await world.ordered(owner, [await current()]);
    await approved({ amountFen: 3809 });
    await world.deliver();
    await world.pay(rest);
    await world.deliver();
    expect((await mine()).credits).toMatchObject([{ reason: 'ALREADY_PAID', leftFen: 2000 }]);
    const again = await world.ordered(owner, [await current()]);
    await world.pay(again);
    await world.deliver();
    expect(await current()).toMatchObject({ state: 'PAID', openFen: 0 });
  });

  it('asked for in time and approved a year after the payment, does not go out to be refused for ever', async () => {
    await paid();
    const { body } = await ask();
    const age = (ms: number) =>
      world.app.database.transaction((tx) =>
        tx.run('UPDATE pay_orders SET paid_at = paid_at - ? WHERE person_id = ?', [ms, owner.personId]),
      );
    await age(365 * DAY_MS + HOUR_MS);
    expect(await decide(body.id)).toMatchObject({ status: 409, body: { code: 'REFUND.TOO_LATE' } });
    expect(await stateOf(body.id)).toBe('REQUESTED');
    expect(await decide(body.id, false)).toMatchObject({ status: 204 });
    await age(-365 * DAY_MS - HOUR_MS);
    expect(await paymentOf(bill.id)).toMatchObject({ refundableFen: 5809 });
  });
});

describe('two persons', () => {
  it('nobody approves their own', async () => {
    await paid();
    const { body } = await ask();
    expect(await decide(body.id, true, clerk())).toMatchObject({
      status: 403,
      body: { code: 'REFUND.SAME_PERSON' },
    });
    expect(await stateOf(body.id)).toBe('REQUESTED');
  });

  it('refused or withdrawn it holds nothing back, and is decided once', async () => {
    await paid();
    const refused = (await ask()).body.id;
    expect(await decide(refused, false)).toMatchObject({ status: 204 });
    expect(await decide(refused)).toMatchObject({ status: 409, body: { code: 'REFUND.DECIDED' } });
    const withdrawn = (await ask()).body.id;
    const path = `${base()}/refunds/${withdrawn}/withdraw`;
    expect(await world.app.post(path, manager().token)).toMatchObject({ body: { code: 'REFUND.NOT_YOURS' } });
    expect(await world.app.post(path, clerk().token)).toMatchObject({ status: 204 });
    expect(await paymentOf(bill.id)).toMatchObject({ refundableFen: 5809 });
    expect(await gatewayRefunds()).not.toContainEqual(
      expect.objectContaining({ outTradeNo: (await paymentOf(bill.id)).orderNo }),
    );
  });

  it('approved twice at once it goes out once', async () => {
    await paid();
    const { orderNo } = await paymentOf(bill.id);
    const { body } = await ask();
    const answers = await Promise.all(Array.from({ length: 5 }, () => decide(body.id)));
    expect(answers.filter(({ status }) => status === 204)).toHaveLength(1);
    await world.deliver();
    const sent = (await gatewayRefunds()).filter(({ outTradeNo }) => outTradeNo === orderNo);
    expect(sent).toHaveLength(1);
  });

  it('neighbours and other estates have no part in it', async () => {
    await paid();
    const { body } = await ask();
    const elsewhere = await world.app.build.estate('幸福里');
    const stranger = await world.app.build.member('路人', 'COMPANY_MANAGER', [elsewhere]);
    expect((await decide(body.id, true, owner)).status).toBe(403);
    const path = `/api/estates/${elsewhere}/fees/refunds/${body.id}/decision`;
    expect(await world.app.post(path, stranger.token, { approve: true, note: '' })).toMatchObject({
      status: 404,
    });
  });

  it('what was not paid cannot be given back', async () => {
    await paid();
    const other = await world.debtor(String(++room));
    expect(await ask({ billId: other.bill.id })).toMatchObject({ body: { code: 'REFUND.NOTHING_PAID' } });
    expect(await ask({ effect: 'NONE' })).toMatchObject({ body: { code: 'REFUND.OUTCOME' } });
    expect(await ask({ reason: '' })).toMatchObject({ status: 400 });
  });
});

describe('whatever the gateway does', () => {
  const refunds = '/v3/refund/domestic/refunds';
  const sentOnce = async () => {
    const { orderNo } = await paymentOf(bill.id);
    return (await gatewayRefunds()).filter(({ outTradeNo }) => outTradeNo === orderNo);
  };

  it.each(['unreachable', 'lose-reply', 'unsigned-reply', 'forge-reply', 'stale-reply'])(
    'an answer that is %s is unknown: the same number is asked for again and gives the money once',
    async (kind) => {
      await paid();
      await world.fault({ kind: 'lose', of: 'refund', attempts: 'all' });
      await world.fault({ kind, method: 'POST', path: refunds, times: 1 });
      const id = await approved();
      expect(await stateOf(id)).toBe('SENT');
      await world.wait(10 * SECOND_MS);
      await world.wait(MINUTE_MS);
      expect(await stateOf(id)).toBe('SUCCEEDED');
      expect(await sentOnce()).toMatchObject([{ amountFen: 5809, status: 'SUCCESS' }]);
    },
  );

  it('a refusal is no refusal: it stays with a hint, and goes out when there is money', async () => {
    await paid();
    const message = '基本账户余额不足，请充值后重新发起';
    await world.fault({ kind: 'refuse', status: 403, code: 'NOT_ENOUGH', message, path: refunds, times: 2 });
    const id = await approved();
    expect(await refundOf(id)).toMatchObject({ state: 'SENT', hint: message });
    await world.wait(10 * SECOND_MS);
    expect(await stateOf(id)).toBe('SENT');
    await world.wait(MINUTE_MS);
    await world.deliver();
    expect(await refundOf(id)).toMatchObject({ state: 'SUCCEEDED', hint: '' });
    expect(await sentOnce()).toHaveLength(1);
  });

  it('a lost callback is made up for by asking', async () => {
    await paid();
    await world.fault({ kind: 'lose', of: 'refund', attempts: 'all' });
    const id = await approved();
    await world.wait(10 * SECOND_MS);
    expect(await stateOf(id)).toBe('SUCCEEDED');
  });

  it('ten callbacks at once are one', async () => {
    await paid();
    await world.fault({ kind: 'repeat', of: 'refund', copies: 10, concurrently: true });
    const id = await approved();
    await world.deliver();
    expect(await stateOf(id)).toBe('SUCCEEDED');
    expect(await current()).toMatchObject({ state: 'ISSUED', openFen: 5809 });
  });

  it.each(['signature', 'body', 'stale', 'serial', 'unsigned', 'ciphertext', 'associated-data', 'algorithm'])(
    'a callback with a wrong %s changes nothing',
    async (part) => {
      await paid();
      await world.fault({ kind: 'corrupt', of: 'refund', part, attempts: 1 });
      const id = await approved();
      const notices = await world.count('pay_notices');
      await world.deliver();
      expect(await stateOf(id)).toBe('SENT');
      expect(await world.count('pay_notices')).toBe(notices);
    },
  );

  it('a callback with another amount is asked about, not believed', async () => {
    await paid();
    await world.fault({ kind: 'contradict', of: 'refund', change: { amountFen: 1 } });
    const id = await approved();
    await world.deliver();
    expect(await refundOf(id)).toMatchObject({ state: 'SUCCEEDED', amountFen: 5809 });
  });

  it('an account that cannot take it: told, retried under the same number', async () => {
    await paid();
    await world.fault({ kind: 'refund-outcome', outcome: 'ABNORMAL' });
    const id = await approved();
    await world.deliver();
    expect(await stateOf(id)).toBe('ABNORMAL');
    expect((await current()).state).toBe('PAID');
    const path = `${base()}/refunds/${id}/retry`;
    expect(await world.app.post(path, clerk().token)).toMatchObject({ status: 204 });
    await world.deliver();
    await world.deliver();
    expect(await stateOf(id)).toBe('SUCCEEDED');
    expect(await sentOnce()).toHaveLength(1);
  });

  it('closed by WeChat: nothing is gone, and it may be asked for anew', async () => {
    await paid();
    await world.fault({ kind: 'refund-outcome', outcome: 'CLOSED' });
    const id = await approved();
    await world.deliver();
    expect(await stateOf(id)).toBe('CLOSED');
    expect(await paymentOf(bill.id)).toMatchObject({ refundableFen: 5809 });
    await world.wait(2 * MINUTE_MS);
    const again = await approved();
    await world.deliver();
    expect(await stateOf(again)).toBe('SUCCEEDED');
  });

  it('an old callback that it failed does not undo that it succeeded', async () => {
    await paid();
    await world.fault({ kind: 'refund-outcome', outcome: 'ABNORMAL' });
    await world.fault({ kind: 'delay', of: 'refund', ms: HOUR_MS });
    const id = await approved();
    await world.wait(10 * SECOND_MS);
    expect(await stateOf(id)).toBe('ABNORMAL');
    await world.app.post(`${base()}/refunds/${id}/retry`, clerk().token);
    await world.deliver();
    await world.deliver();
    expect(await stateOf(id)).toBe('SUCCEEDED');
    await world.wait(HOUR_MS);
    await world.deliver();
    expect(await stateOf(id)).toBe('SUCCEEDED');
  });
});

describe('money paid too much', () => {
  async function late(): Promise<MyRefunds['credits'][number]> {
    const order = await world.ordered(owner, [bill]);
    await world.app.post(`/api/me/pay-orders/${order.orderNo}/cancel`, owner.token);
    await world.pay(order, { force: true });
    await world.deliver();
    const [credit] = (await mine()).credits;
    if (credit === undefined) throw new Error('nothing was credited');
    return credit;
  }
  const choose = (id: string, choice: string, person = owner) =>
    world.app.post<MyRefunds & ErrorBody>(`/api/me/credits/${id}/choice`, person.token, { choice });

  it('goes back at the payer’s word, without anybody’s leave', async () => {
    const credit = await late();
    expect(credit).toMatchObject({ reason: 'LATE_SUCCESS', leftFen: 5809, state: 'OPEN' });
    expect(await choose(credit.id, 'REFUND')).toMatchObject({ status: 200, body: { credits: [] } });
    await world.deliver();
    expect((await mine()).refunds).toMatchObject([{ state: 'SENT' }]);
    await world.deliver();
    expect((await mine()).refunds).toMatchObject([{ state: 'SUCCEEDED', amountFen: 5809 }]);
    expect((await current()).state).toBe('ISSUED');
  });

  it('or is kept, and pays the bill', async () => {
    const before = await inBooks();
    const credit = await late();
    await choose(credit.id, 'KEEP');
    await world.app.runJobs();
    expect(await inBooks()).toEqual({
      ...before,
      GATEWAY_CLEARING: (before.GATEWAY_CLEARING ?? 0) + 5809,
      UNIT_RECEIVABLE: (before.UNIT_RECEIVABLE ?? 0) - 5809,
    });
    expect(await current()).toMatchObject({ state: 'PAID', openFen: 0 });
    expect((await mine()).credits).toEqual([]);
    const { body } = await world.app.get<BillPayments>(`${base()}/bills/${bill.id}/payments`, clerk().token);
    expect(body).toEqual({ items: [], fromCreditsFen: 5809 });
    expect(await choose(credit.id, 'REFUND')).toMatchObject({ body: { code: 'REFUND.CREDIT_GONE' } });
  });

  it('is nobody else’s to choose', async () => {
    const credit = await late();
    const stranger = await world.app.build.person('路人');
    expect((await choose(credit.id, 'REFUND', stranger)).status).toBe(404);
  });

  it('undecided for a week it goes back by itself, once', async () => {
    const credit = await late();
    await world.wait(6 * DAY_MS);
    expect((await mine()).credits).toMatchObject([{ id: credit.id, state: 'OPEN' }]);
    await world.wait(DAY_MS + HOUR_MS);
    await world.deliver();
    expect((await mine()).refunds).toMatchObject([{ state: 'SUCCEEDED', reason: '多付的钱自动退回' }]);
    await world.wait(2 * HOUR_MS);
    expect((await mine()).refunds).toHaveLength(1);
  });

  it('kept while its bill is being paid, it pays when that has ended, however many others are kept for nothing', async () => {
    const credit = await late();
    const order = await world.ordered(owner, [bill]);
    await choose(credit.id, 'KEEP');
    await world.app.runJobs();
    expect((await mine()).credits).toMatchObject([{ id: credit.id, state: 'KEPT', leftFen: 5809 }]);
    await world.app.database.transaction(async (tx) => {
      const row = await tx.row<Record<string, SqlValue>>('SELECT * FROM pay_credits WHERE id = ?', [
        credit.id,
      ]);
      const older = Array.from({ length: 250 }, (_, n) => ({ id: `KEPT${n}`, transaction_id: `KEPT${n}` }));
      const nothingOwed = { ...row, ledger: 'MAINTENANCE_FUND', created_at: 1 };
      await tx.insert('pay_credits', ...older.map((facts) => ({ ...nothingOwed, ...facts })));
    });
    await world.app.post(`/api/me/pay-orders/${order.orderNo}/cancel`, owner.token);
    await world.wait(HOUR_MS);
    await world.app.database.transaction((tx) => tx.run("DELETE FROM pay_credits WHERE id LIKE 'KEPT%'"));
    expect(await current()).toMatchObject({ state: 'PAID', openFen: 0 });
  });

  it('the desk may propose to keep it; another person agrees', async () => {
    const credit = await late();
    const request = { subject: 'CREDIT', subjectId: credit.id, outcome: 'KEEP', reason: '业主电话同意' };
    const made = await world.app.post<AskedResponse>(`${base()}/proposals`, clerk().token, request, newKey());
    expect(made.status).toBe(201);
    const again = await world.app.post(`${base()}/proposals`, manager().token, request, newKey());
    expect(again).toMatchObject({ status: 409, body: { code: 'REFUND.PENDING' } });
    const listed = (await unmatched()).credits.find(({ id }) => id === credit.id);
    expect(listed?.proposal).toMatchObject({ outcome: 'KEEP', mine: true, askedBy: '李*' });
    const path = `${base()}/proposals/${made.body.id}/decision`;
    const decision = { approve: true, note: '' };
    expect(await world.app.post(path, clerk().token, decision)).toMatchObject({
      body: { code: 'REFUND.SAME_PERSON' },
    });
    expect((await world.app.post(path, manager().token, decision)).status).toBe(204);
    await world.app.runJobs();
    expect((await current()).state).toBe('PAID');
  });
});

describe('money that fits no order', () => {
  async function setAside(
    change: object,
    everywhere = false,
  ): Promise<UnmatchedMoney['quarantined'][number]> {
    const order = await world.ordered(owner, [bill]);
    await world.fault({ kind: 'contradict', change, everywhere });
    await world.pay(order);
    await world.deliver();
    const [money] = (await unmatched()).quarantined;
    if (money === undefined) throw new Error('nothing was set aside');
    return money;
  }
  const giveBack = ({ id, receivedFen }: { id: string; receivedFen: number }) =>
    asked({
      subject: 'QUARANTINE',
      subjectId: id,
      billId: null,
      effect: 'NONE',
      amountFen: receivedFen,
      reason: '对不上，退回付款人',
    });
  const propose = (id: string, outcome: string) =>
    world.app.post<AskedResponse & ErrorBody>(
      `${base()}/proposals`,
      clerk().token,
      { subject: 'QUARANTINE', subjectId: id, outcome, reason: '查过流水' },
      newKey(),
    );
  const agree = (id: string) =>
    world.app.post(`${base()}/proposals/${id}/decision`, manager().token, { approve: true, note: '' });

  it('goes back whole, as the gateway knows it', async () => {
    const money = await setAside({ amountFen: 4000 }, true);
    expect(money).toMatchObject({ reason: 'AMOUNT', receivedFen: 4000, refundable: true, creditable: true });
    const { status, body } = await giveBack(money);
    expect(status).toBe(201);
    await decide(body.id);
    await world.deliver();
    await world.deliver();
    expect(await stateOf(body.id)).toBe('SUCCEEDED');
    expect((await unmatched()).quarantined.map(({ id }) => id)).not.toContain(money.id);
  });

  it('or becomes the home’s, by two persons', async () => {
    const money = await setAside({ openid: `o${'x'.repeat(27)}` });
    const { body } = await propose(money.id, 'CREDIT');
    expect((await agree(body.id)).status).toBe(204);
    expect((await mine()).credits).toMatchObject([{ reason: 'QUARANTINE_CLEARED', leftFen: 5809 }]);
  });

  it('that never came to us is written off, not sent back', async () => {
    const money = await setAside({ mchid: '1900000001' });
    expect(await giveBack(money)).toMatchObject({ status: 422, body: { code: 'REFUND.NOT_OURS' } });
    expect(await propose(money.id, 'CREDIT')).toMatchObject({ body: { code: 'REFUND.NOT_OURS' } });
    const { body } = await propose(money.id, 'DISMISS');
    const { SUSPENSE } = await inBooks();
    expect((await agree(body.id)).status).toBe(204);
    expect((await inBooks()).SUSPENSE ?? 0).toBe((SUSPENSE ?? 0) - money.receivedFen);
    expect((await unmatched()).quarantined.map(({ id }) => id)).not.toContain(money.id);
  });

  it('of another currency is no sum that could pay a bill', async () => {
    const money = await setAside({ currency: 'USD' });
    expect(money).toMatchObject({ reason: 'CURRENCY', creditable: false });
    expect(await propose(money.id, 'CREDIT')).toMatchObject({ body: { code: 'REFUND.OUTCOME' } });
  });

  it('for an order nobody knows is shown where its merchant number belongs, and is not written off', async () => {
    const money = await setAside({ outTradeNo: `P${'0'.repeat(22)}NBDY` });
    expect(money).toMatchObject({ reason: 'UNKNOWN_ORDER', refundable: true, creditable: false });
    expect(await propose(money.id, 'CREDIT')).toMatchObject({ body: { code: 'REFUND.NO_HOME' } });
    expect(await propose(money.id, 'DISMISS')).toMatchObject({ body: { code: 'REFUND.OUTCOME' } });
  });
});

describe('a late fee', () => {
  const PRINCIPAL_FEN = 5809;

  async function paidLate(): Promise<number> {
    const path = `${base()}/terms`;
    const terms = await world.app.get<object>(path, manager().token);
    const body = { ...terms.body, graceDays: 0, lateFeePpmPerDay: 500, lateFeeBasis: '物业服务合同第九条' };
    await world.app.call('PUT', path, { token: manager().token, body });
    await world.app.database.transaction((tx) =>
      tx.run("UPDATE bills SET due_on = '2026-10-01' WHERE id = ?", [bill.id]),
    );
    bill = await current();
    expect(bill.lateFeeFen).toBeGreaterThan(1);
    await paid();
    await world.app.call('PUT', path, { token: manager().token, body: terms.body });
    return bill.lateFeeFen;
  }
  async function back(facts: object): Promise<string> {
    const id = await approved(facts);
    await world.deliver();
    await world.wait(2 * MINUTE_MS);
    return stateOf(id);
  }

  it('goes back after the bill itself did, in as many parts as it is asked for', async () => {
    const lateFen = await paidLate();
    expect(await back({ amountFen: PRINCIPAL_FEN })).toBe('SUCCEEDED');
    expect(await back({ amountFen: lateFen - 1 })).toBe('SUCCEEDED');
    expect(await back({ amountFen: 1 })).toBe('SUCCEEDED');
    expect(await current()).toMatchObject({ state: 'ISSUED', openFen: PRINCIPAL_FEN });
  });

  it('goes back though the bill has been cancelled since', async () => {
    const lateFen = await paidLate();
    expect(await back({ amountFen: PRINCIPAL_FEN })).toBe('SUCCEEDED');
    const reason = '面积登记错了，重新出账';
    const cancelled = await world.app.post(`${base()}/bills/${bill.id}/cancel`, manager().token, { reason });
    expect(cancelled.status).toBe(200);
    expect(await back({ amountFen: lateFen })).toBe('SUCCEEDED');
  });

  it('alone leaves the bill as it is settled', async () => {
    const lateFen = await paidLate();
    expect(await back({ amountFen: PRINCIPAL_FEN, effect: 'BILL_STAYS' })).toBe('SUCCEEDED');
    expect(await back({ amountFen: lateFen })).toBe('SUCCEEDED');
    expect(await current()).toMatchObject({ state: 'PAID', openFen: 0 });
  });
});
