import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { BillView, PayOrder, Receipt, ReceiptList } from '@linli/shared/fees';
import type { UnmatchedMoney } from '@linli/shared/refunds';
import { MINUTE_MS, SECOND_MS } from '@linli/shared/kernel';
import { newKey } from '../support/assembly-builder.ts';
import { PayWorld } from '../support/pay-world.ts';
import type { TestPerson } from '../support/estate-builder.ts';

let world: PayWorld;
let owner: TestPerson;
let bill: BillView;
let room = 100;

beforeAll(async () => {
  world = await PayWorld.start();
});
afterAll(() => world.stop());
beforeEach(async () => {
  await world.control('DELETE', '/faults');
  ({ owner, bill } = await world.debtor(String(++room)));
});

const current = () => world.fees.billOf(owner);
const state = async () => (await current()).state;

describe('paying a bill', () => {
  it('orders, pays, is told, settles the bill and gives a receipt', async () => {
    const order = await world.ordered(owner, [bill]);
    expect(order).toMatchObject({
      amountFen: 5809,
      ledger: 'PROPERTY_FEE',
      payeeName: '奇台县安泰物业服务有限公司',
      pay: { kind: 'CASHIER' },
      receiptId: null,
    });
    expect((await current()).pendingOrderNo).toBe(order.orderNo);

    await world.pay(order);
    await world.deliver();

    expect(await current()).toMatchObject({ state: 'PAID', openFen: 0, pendingOrderNo: null });
    const { body } = await world.view(owner, order);
    expect(body).toMatchObject({ state: 'PAID', pay: null });
    const receipt = await world.app.get<Receipt>(`/api/me/receipts/${body.receiptId}`, owner.token);
    expect(receipt.body).toMatchObject({
      state: 'ISSUED',
      amountFen: 5809,
      issuerName: '奇台县安泰物业服务有限公司',
      payerName: `业主${room}`,
      orderNo: order.orderNo,
      lines: [{ month: '2026-11', amountFen: 5809, formula: '89.37 ㎡ × 0.65 元 × 1 月 = 58.09 元' }],
    });
    expect(receipt.body.transactionId).toMatch(/^4200\d{24}$/);
  });

  it('gives the weapp parameters that WeChat accepts', async () => {
    const { body } = await world.order(owner, [bill], { channel: 'WEAPP' });
    const { kind, ...parameters } = body.pay ?? { kind: 'CASHIER' as const };
    expect(kind).toBe('WEAPP');
    const { payerOpenid } = (await world.control('GET', `/orders/${body.orderNo}`)) as {
      payerOpenid: string;
    };
    expect(await world.control('POST', '/pay', { ...parameters, openid: payerOpenid })).toEqual({
      errMsg: 'requestPayment:ok',
    });
    await world.deliver();
    expect(await state()).toBe('PAID');
  });

  it('pays several months in one order, oldest and newest alike', async () => {
    await world.fees.issue('2026-12');
    const bills = (await world.fees.billsOf(owner)).items;
    const order = await world.ordered(owner, bills);
    expect(order.amountFen).toBe(2 * 5809);
    await world.pay(order);
    await world.deliver();
    expect((await world.fees.billsOf(owner)).openFen).toBe(0);
    const list = await world.app.get<ReceiptList>('/api/me/receipts', owner.token);
    expect(list.body.items).toHaveLength(1);
  });

  it('numbers receipts without a gap', async () => {
    const neighbour = await world.debtor(String(++room));
    for (const [payer, owed] of [
      [owner, bill],
      [neighbour.owner, neighbour.bill],
    ] as const) {
      await world.pay(await world.ordered(payer, [owed]));
      await world.deliver();
    }
    const rows = await world.app.database.rows<{ receipt_number: number }>(
      'SELECT receipt_number FROM receipts ORDER BY receipt_number',
    );
    expect(rows.map((row) => row.receipt_number)).toEqual(rows.map((_, index) => index + 1));
  });
});

describe('ordering twice', () => {
  it('two taps with one key make one order', async () => {
    const key = newKey();
    const answers = await Promise.all([
      world.order(owner, [bill], {}, key),
      world.order(owner, [bill], {}, key),
    ]);
    const done = answers.filter(({ status }) => status === 201);
    expect(done.length).toBeGreaterThan(0);
    expect(new Set(done.map(({ body }) => body.orderNo)).size).toBe(1);
    const again = await world.order(owner, [bill], {}, key);
    expect(again.body.orderNo).toBe(done[0]?.body.orderNo);
  });

  it('the same bills again, with a new key, go on with the same order and the same prepay id', async () => {
    const first = await world.ordered(owner, [bill]);
    const second = await world.ordered(owner, [bill]);
    expect(second).toMatchObject({ orderNo: first.orderNo, pay: first.pay });
  });

  it('somebody else of the household is told that it is being paid', async () => {
    const wife = await world.app.build.resident(
      '家属',
      { estateId: world.fees.estateId, unitId: bill.unitId },
      'FAMILY',
    );
    await world.ordered(owner, [bill]);
    expect(await world.order(wife, [bill])).toMatchObject({
      status: 409,
      body: { code: 'FEES.ORDER_PENDING' },
    });
  });

  it('a paid bill cannot be ordered again', async () => {
    await world.pay(await world.ordered(owner, [bill]));
    await world.deliver();
    expect(await world.order(owner, [bill])).toMatchObject({ status: 409, body: { code: 'FEES.BILL_PAID' } });
  });
});

describe('what may not be ordered', () => {
  it('the bill of another home', async () => {
    const stranger = await world.debtor(String(++room));
    expect(await world.order(stranger.owner, [bill])).toMatchObject({
      status: 403,
      body: { code: 'FEES.BILL_NOT_YOURS' },
    });
  });

  it('another amount than is owed', async () => {
    expect(await world.order(owner, [bill], { amountFen: 5808 })).toMatchObject({
      status: 409,
      body: { code: 'FEES.ORDER_AMOUNT_CHANGED' },
    });
  });

  it('a bill of a ledger that has no payee, nor two ledgers at once', async () => {
    await world.app.call('PUT', `${world.fees.base}/units/${bill.unitId}/billing`, {
      token: world.fees.manager.token,
      body: { instalment: 'MONTH', commonParkingSpaces: 1, deliveredOn: null },
    });
    await world.fees.issue('2026-12');
    const bills = (await world.fees.billsOf(owner)).items;
    const parking = bills.filter(({ ledger }) => ledger === 'PUBLIC_INCOME');
    expect(parking).toHaveLength(1);
    expect(await world.order(owner, parking)).toMatchObject({
      status: 409,
      body: { code: 'FEES.PAYEE_MISSING' },
    });
    expect(await world.order(owner, bills)).toMatchObject({
      status: 422,
      body: { code: 'FEES.ORDER_MIXED_LEDGERS' },
    });
  });

  it('without a key, without bills, or with fields nobody knows', async () => {
    const body = { billIds: [bill.id], channel: 'H5', amountFen: 5809 };
    const keyless = await world.app.post('/api/me/pay-orders', owner.token, body);
    expect(keyless).toMatchObject({ body: { code: 'IDEMPOTENCY.REQUIRED' } });
    expect(await world.order(owner, [], { amountFen: 1 })).toMatchObject({ status: 400 });
    expect(await world.order(owner, [bill], { discount: 1 })).toMatchObject({
      status: 400,
      body: { code: 'REQUEST.UNKNOWN_FIELD' },
    });
  });

  it('nobody sees another person’s order or receipt', async () => {
    const order = await world.ordered(owner, [bill]);
    const stranger = await world.app.build.person('路人');
    expect((await world.view(stranger, order)).status).toBe(404);
    await world.pay(order);
    await world.deliver();
    const { receiptId } = (await world.view(owner, order)).body;
    expect((await world.app.get(`/api/me/receipts/${receiptId}`, stranger.token)).status).toBe(404);
  });
});

describe('when the callback does not come', () => {
  it('a query finds the payment, on the schedule', async () => {
    const order = await world.ordered(owner, [bill]);
    await world.fault({ kind: 'lose', attempts: 'all' });
    await world.pay(order);
    await world.sandbox.settle();
    expect(await state()).toBe('ISSUED');
    await world.wait(5 * SECOND_MS);
    expect(await state()).toBe('PAID');
  });

  it('asks again at 15 s, 30 s and 60 s where the first answers were open', async () => {
    const order = await world.ordered(owner, [bill]);
    await world.fault({ kind: 'lose', attempts: 'all' });
    await world.wait(16 * SECOND_MS);
    await world.pay(order);
    await world.wait(14 * SECOND_MS);
    expect(await state()).toBe('PAID');
  });

  it('a gateway that does not answer is asked again, and nothing is taken for unpaid', async () => {
    const order = await world.ordered(owner, [bill]);
    await world.fault({ kind: 'lose', attempts: 'all' });
    await world.fault({ kind: 'unreachable', path: '/v3/pay/transactions/out-trade-no', times: 1 });
    await world.pay(order);
    await world.wait(5 * SECOND_MS);
    expect(await state()).toBe('ISSUED');
    await world.wait(10 * SECOND_MS);
    expect(await state()).toBe('PAID');
  });

  it('the page that waits for it asks too', async () => {
    const order = await world.ordered(owner, [bill]);
    await world.fault({ kind: 'lose', attempts: 'all' });
    await world.pay(order);
    world.app.clock.advance(4 * SECOND_MS);
    expect((await world.view(owner, order)).body.state).toBe('PAID');
  });

  it('an answer that is not signed by WeChat is not believed', async () => {
    const order = await world.ordered(owner, [bill]);
    await world.fault({ kind: 'lose', attempts: 'all' });
    await world.pay(order);
    await world.fault({ kind: 'forge-reply', path: '/v3/pay/transactions/out-trade-no', times: 1 });
    world.app.clock.advance(4 * SECOND_MS);
    expect((await world.view(owner, order)).body.state).toBe('PREPAID');
  });
});

describe('a callback that can never be booked', () => {
  it('keeps no other one from being booked', async () => {
    const { owner: neighbour, bill: theirs } = await world.debtor(String(++room));
    const [spoilt, order] = [await world.ordered(neighbour, [theirs]), await world.ordered(owner, [bill])];
    await world.pay(spoilt);
    await world.sandbox.settle();
    await world.app.database.transaction((tx) =>
      tx.run("UPDATE pay_notices SET outcome_sealed = 'v1.gone' WHERE order_no = ?", [spoilt.orderNo]),
    );
    await world.pay(order);
    await world.deliver();
    expect(await state()).toBe('PAID');
    expect((await world.fees.billOf(neighbour)).state).toBe('ISSUED');
    // What it told is asked about all the same.
    await world.wait(5 * SECOND_MS);
    expect((await world.fees.billOf(neighbour)).state).toBe('PAID');
    await world.app.database.transaction((tx) =>
      tx.run('UPDATE pay_notices SET handled_at = received_at WHERE order_no = ?', [spoilt.orderNo]),
    );
  });
});

describe('an answer about another order', () => {
  const path = '/v3/pay/transactions/out-trade-no';

  it('closes nothing and books nothing of the one that was asked about', async () => {
    const abandoned = await world.ordered(owner, [bill]);
    const cancel = `/api/me/pay-orders/${abandoned.orderNo}/cancel`;
    await world.app.post(cancel, owner.token);
    const order = await world.ordered(owner, [bill]);
    await world.fault({ kind: 'lose', attempts: 'all' });
    await world.pay(order);
    await world.fault({ kind: 'answer-about', number: abandoned.orderNo, method: 'GET', path, times: 1 });
    world.app.clock.advance(4 * SECOND_MS);
    expect((await world.view(owner, order)).body.state).toBe('PREPAID');
    world.app.clock.advance(4 * SECOND_MS);
    expect((await world.view(owner, order)).body.state).toBe('PAID');
  });

  it('that is paid is not taken for the end of the one that was to be closed', async () => {
    const { owner: neighbour, bill: theirs } = await world.debtor(String(++room));
    const paid = await world.ordered(neighbour, [theirs]);
    await world.pay(paid);
    await world.deliver();
    const order = await world.ordered(owner, [bill]);
    await world.fault({ kind: 'answer-about', number: paid.orderNo, method: 'GET', path, times: 100 });
    await world.wait(31 * MINUTE_MS);
    expect((await world.view(owner, order)).body.state).toBe('CLOSED');
    expect((await current()).pendingOrderNo).toBeNull();
  });
});

describe('callbacks that repeat or lie', () => {
  const effects = async () => ({
    settlements: await world.count('bill_settlements'),
    receipts: await world.count('receipts'),
    credits: await world.count('pay_credits'),
    quarantine: await world.count('pay_quarantine'),
  });

  it('ten at once are one payment', async () => {
    const order = await world.ordered(owner, [bill]);
    const before = await effects();
    await world.fault({ kind: 'repeat', copies: 10, concurrently: true });
    await world.pay(order);
    await world.deliver();
    const after = await effects();
    expect(after).toEqual({ ...before, settlements: before.settlements + 1, receipts: before.receipts + 1 });
    await world.control('POST', '/callbacks/resend', { subject: order.orderNo });
    await world.app.runJobs();
    expect(await effects()).toEqual(after);
  });

  it('a wrong amount is set aside and the bill stays', async () => {
    const order = await world.ordered(owner, [bill]);
    await world.fault({ kind: 'contradict', change: { amountFen: 1 }, everywhere: true });
    await world.pay(order);
    await world.deliver();
    expect(await current()).toMatchObject({ state: 'ISSUED', openFen: 5809 });
    expect((await world.view(owner, order)).body.state).toBe('QUARANTINED');
    const desk = await world.app.get<UnmatchedMoney>(`${world.fees.base}/unmatched`, world.fees.clerk.token);
    expect(desk.body.quarantined[0]).toMatchObject({
      orderNo: order.orderNo,
      reason: 'AMOUNT',
      expectedFen: 5809,
      receivedFen: 1,
    });
  });

  it.each([
    ['payer', { openid: `o${'x'.repeat(27)}` }, 'PAYER'],
    ['merchant', { mchid: '1900000001' }, 'MERCHANT'],
    ['app', { appid: 'wx0000000000000000' }, 'APP'],
    ['currency', { currency: 'USD' }, 'CURRENCY'],
    ['order', { outTradeNo: 'P000000000000000000000NOBODY' }, 'UNKNOWN_ORDER'],
  ])('another %s is set aside too', async (_, change, reason) => {
    const order = await world.ordered(owner, [bill]);
    await world.fault({ kind: 'contradict', change });
    await world.pay(order);
    await world.deliver();
    expect(await state()).toBe('ISSUED');
    const row = await world.app.database.row('SELECT reason FROM pay_quarantine ORDER BY id DESC LIMIT 1');
    expect(row).toEqual({ reason });
  });

  it.each([
    'signature',
    'probe',
    'body',
    'truncated',
    'stale',
    'serial',
    'unsigned',
    'ciphertext',
    'associated-data',
    'algorithm',
  ])('one with a wrong %s is refused and changes nothing', async (part) => {
    const order = await world.ordered(owner, [bill]);
    const before = { ...(await effects()), notices: await world.count('pay_notices') };
    await world.fault({ kind: 'corrupt', part, attempts: 1 });
    await world.pay(order);
    await world.deliver();
    expect({ ...(await effects()), notices: await world.count('pay_notices') }).toEqual(before);
    expect(await state()).toBe('ISSUED');
    const { items } = (await world.control('GET', '/callbacks')) as {
      items: { subject: string; attempts: { status: number }[] }[];
    };
    const status = items.find(({ subject }) => subject === order.orderNo)?.attempts[0]?.status ?? 0;
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(500);
  });

  it('a genuine retry after a refused one is booked', async () => {
    const order = await world.ordered(owner, [bill]);
    await world.fault({ kind: 'corrupt', part: 'signature', attempts: 1 });
    await world.pay(order);
    await world.sandbox.settle();
    await world.control('POST', '/clock', { advanceMs: 15 * SECOND_MS });
    await world.app.runJobs();
    expect(await state()).toBe('PAID');
  });

  it('one signed with the platform certificate is as good', async () => {
    await world.control('POST', '/settings', { signCallbacksWith: 'certificate' });
    await world.pay(await world.ordered(owner, [bill]));
    await world.deliver();
    await world.control('POST', '/settings', { signCallbacksWith: 'public-key' });
    expect(await state()).toBe('PAID');
  });
});

describe('closing', () => {
  const cancel = (order: PayOrder) =>
    world.app.post<PayOrder>(`/api/me/pay-orders/${order.orderNo}/cancel`, owner.token);

  it('a cancelled order frees the bill, and its number is never used again', async () => {
    const order = await world.ordered(owner, [bill]);
    expect((await cancel(order)).body).toMatchObject({ state: 'CLOSED', pay: null });
    expect((await current()).pendingOrderNo).toBeNull();
    const next = await world.ordered(owner, [bill]);
    expect(next.orderNo).not.toBe(order.orderNo);
  });

  it('one that has been paid meanwhile is booked instead', async () => {
    const order = await world.ordered(owner, [bill]);
    await world.fault({ kind: 'lose', attempts: 'all' });
    await world.pay(order);
    expect((await cancel(order)).body.state).toBe('PAID');
    expect(await state()).toBe('PAID');
  });

  it('an order nobody paid is closed after half an hour, asked about before', async () => {
    const order = await world.ordered(owner, [bill]);
    await world.wait(31 * MINUTE_MS);
    expect((await world.view(owner, order)).body.state).toBe('CLOSED');
    expect((await current()).pendingOrderNo).toBeNull();
  });

  it('money that comes after closing becomes a credit; the bill stays open', async () => {
    const order = await world.ordered(owner, [bill]);
    await cancel(order);
    await world.pay(order, { force: true });
    await world.deliver();
    expect(await state()).toBe('ISSUED');
    expect((await world.view(owner, order)).body.state).toBe('QUARANTINED');
    const desk = await world.app.get<UnmatchedMoney>(
      `${world.fees.base}/unmatched`,
      world.fees.manager.token,
    );
    expect(desk.body.credits[0]).toMatchObject({
      orderNo: order.orderNo,
      reason: 'LATE_SUCCESS',
      amountFen: 5809,
    });
  });

  it('one that is closed at WeChat, whose answer was lost, is closed here though WeChat will not close it twice', async () => {
    const order = await world.ordered(owner, [bill]);
    const path = `/v3/pay/transactions/out-trade-no/${order.orderNo}/close`;
    await world.fault({ kind: 'lose-reply', path, times: 1 });
    expect(await cancel(order)).toMatchObject({ status: 502, body: { code: 'FEES.GATEWAY' } });
    await world.fault({ kind: 'refuse', status: 400, code: 'ORDER_CLOSED', path, times: 100 });
    expect((await cancel(order)).body.state).toBe('CLOSED');
    expect((await current()).pendingOrderNo).toBeNull();
  });

  it('a gateway that cannot be reached leaves order and bill as they are', async () => {
    const order = await world.ordered(owner, [bill]);
    await world.fault({ kind: 'unreachable', path: '/v3/pay/transactions', times: 5 });
    expect(await cancel(order)).toMatchObject({ status: 502, body: { code: 'FEES.GATEWAY' } });
    await world.control('DELETE', '/faults');
    expect((await world.view(owner, order)).body.state).toBe('PREPAID');
  });
});

describe('an order whose time is over while the gateway is away', () => {
  let wife: TestPerson;
  let order: PayOrder;

  beforeEach(async () => {
    wife = await world.app.build.resident(
      '家属',
      { estateId: world.fees.estateId, unitId: bill.unitId },
      'FAMILY',
    );
    order = await world.ordered(owner, [bill]);
  });
  const away = () => world.fault({ kind: 'unreachable', path: '/v3/pay/transactions', times: 1_000 });
  const back = () => world.control('DELETE', '/faults');
  /** As a server of before left it: nobody tries to close the order any more. */
  const givenUp = () =>
    world.app.database.transaction((tx) =>
      tx.run("UPDATE jobs SET state = 'DEAD' WHERE state = 'WAITING' AND kind LIKE 'payments.%'"),
    );

  it('is closed when the gateway is back, though it was away for a day', async () => {
    await away();
    for (let wait = 0; wait < 20; wait++) await world.wait(72 * MINUTE_MS);
    expect((await current()).pendingOrderNo).toBe(order.orderNo);
    await back();
    await world.wait(10 * MINUTE_MS);
    expect((await world.view(owner, order)).body.state).toBe('CLOSED');
    expect((await current()).pendingOrderNo).toBeNull();
  });

  it('does not keep somebody else of the household from paying', async () => {
    await givenUp();
    world.app.clock.advance(31 * MINUTE_MS);
    await away();
    expect((await world.order(wife, [bill])).body.code).toBe('FEES.ORDER_PENDING');
    await back();
    world.app.clock.advance(3 * SECOND_MS);
    const second = await world.ordered(wife, [bill]);
    expect(second.orderNo).not.toBe(order.orderNo);
    expect((await world.view(owner, order)).body.state).toBe('CLOSED');
    expect((await current()).pendingOrderNo).toBe(second.orderNo);
  });

  it('nor the payer from starting again', async () => {
    await givenUp();
    world.app.clock.advance(31 * MINUTE_MS);
    expect((await world.ordered(owner, [bill])).orderNo).not.toBe(order.orderNo);
  });

  it('and was paid after all: the next payer is told so, and pays nothing', async () => {
    await world.fault({ kind: 'lose', attempts: 'all' });
    await world.pay(order);
    await givenUp();
    world.app.clock.advance(31 * MINUTE_MS);
    expect((await world.order(wife, [bill])).body.code).toBe('FEES.BILL_PAID');
    expect((await world.view(owner, order)).body.state).toBe('PAID');
  });

  it('is nothing that a stranger could touch', async () => {
    await givenUp();
    world.app.clock.advance(31 * MINUTE_MS);
    const stranger = await world.debtor(String(++room));
    expect((await world.order(stranger.owner, [bill])).body.code).toBe('FEES.BILL_NOT_YOURS');
    expect((await current()).pendingOrderNo).toBe(order.orderNo);
  });
});

describe('a gateway in trouble while ordering', () => {
  it('keeps the order; the same request goes on with it', async () => {
    const key = newKey();
    await world.fault({ kind: 'unreachable', path: '/v3/pay/transactions/jsapi', times: 1 });
    expect(await world.order(owner, [bill], {}, key)).toMatchObject({
      status: 502,
      body: { code: 'FEES.GATEWAY' },
    });
    const pending = (await current()).pendingOrderNo;
    const second = await world.order(owner, [bill], {}, key);
    expect(second).toMatchObject({ status: 201, body: { orderNo: pending, state: 'PREPAID' } });
  });

  it('a lost answer to our order places no second one', async () => {
    await world.fault({ kind: 'lose-reply', path: '/v3/pay/transactions/jsapi', times: 1 });
    const first = await world.order(owner, [bill]);
    expect(first.status).toBe(502);
    const second = await world.ordered(owner, [bill]);
    expect(second.orderNo).toBe((await current()).pendingOrderNo);
    const { items } = (await world.control('GET', '/orders')) as { items: { outTradeNo: string }[] };
    expect(items.filter(({ outTradeNo }) => outTradeNo === second.orderNo)).toHaveLength(1);
  });
});

describe('payees', () => {
  it('a merchant number serves one ledger only', async () => {
    const operator = await world.app.build.member('运维', 'OPERATOR', [world.fees.estateId]);
    const set = (body: object) => world.app.post(`${world.fees.base}/payees`, operator.token, body);
    const { mchId } = world.sandbox.config;
    expect(await set({ ledger: 'PUBLIC_INCOME', holderName: '业主委员会', mchId })).toMatchObject({
      status: 409,
      body: { code: 'FEES.PAYEE_LEDGER' },
    });
    expect(
      (await set({ ledger: 'PUBLIC_INCOME', holderName: '业主委员会', mchId: '1900000002' })).status,
    ).toBe(204);
    const denied = await world.app.post(`${world.fees.base}/payees`, world.fees.manager.token, {});
    expect(denied.status).toBe(403);
  });
});
