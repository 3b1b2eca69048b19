import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { ErrorBody } from '@linli/shared/errors';
import type { BillView, PayOrder } from '@linli/shared/fees';
import { addDays, HOUR_MS, MINUTE_MS, shanghaiDate, startOfDay, yuanText } from '@linli/shared/kernel';
import type { BankImport, DifferenceView, ReconciledDay, ReconciliationMonth } from '@linli/shared/reconcile';
import type { AskedResponse, UnmatchedMoney } from '@linli/shared/refunds';
import { PayeesService } from '../../src/features/payments/index.ts';
import { SettleService } from '../../src/features/payments/settle.service.ts';
import { OwnEntriesRepository } from '../../src/features/reconciliation/own-entries.repository.ts';
import { newKey } from '../support/assembly-builder.ts';
import { FeesBuilder } from '../support/fees-builder.ts';
import { balances } from '../support/ledger-reader.ts';
import { multipart } from '../support/multipart.ts';
import { PayWorld } from '../support/pay-world.ts';
import type { TestPerson } from '../support/estate-builder.ts';

let world: PayWorld;
let room = 100;

beforeAll(async () => {
  world = await PayWorld.start();
});
afterAll(() => world.stop());
afterEach(() => world.control('DELETE', '/faults'));

const path = () => `/api/estates/${world.fees.estateId}/reconciliation`;
const today = () => shanghaiDate(world.app.clock.now());

interface Paid {
  readonly owner: TestPerson;
  readonly bill: BillView;
  readonly order: PayOrder;
}

async function paid(): Promise<Paid> {
  const { owner, bill } = await world.debtor(String(++room));
  const order = await world.ordered(owner, [bill]);
  await world.pay(order);
  await world.deliver();
  return { owner, bill, order };
}

/** Refunded in full, by two people; answers its number. */
async function refunded({ bill }: Paid, amountFen = 5809): Promise<string> {
  const { base, clerk, manager } = world.fees;
  const payments = await world.app.get<{ items: { orderId: string }[] }>(
    `${base}/bills/${bill.id}/payments`,
    clerk.token,
  );
  const subjectId = payments.body.items[0]?.orderId;
  const request = {
    subject: 'PAYMENT',
    subjectId,
    billId: bill.id,
    effect: 'BILL_OPEN',
    amountFen,
    reason: '多收了',
  };
  const { body } = await world.app.post<AskedResponse>(`${base}/refunds`, clerk.token, request, newKey());
  await world.app.post(`${base}/refunds/${body.id}/decision`, manager.token, { approve: true, note: '' });
  await world.deliver();
  await world.deliver();
  return `R${body.id}`;
}

/** The next morning; at ten past ten WeChat has yesterday's bill. */
async function nextMorning(sinceMidnight = 10 * HOUR_MS + 10 * MINUTE_MS): Promise<void> {
  const now = world.app.clock.now();
  await world.wait(startOfDay(addDays(today(), 1)) + sinceMidnight - now);
  await world.app.runJobs();
}

async function monthOf(date: string): Promise<ReconciliationMonth> {
  const answer = await world.app.get<ReconciliationMonth>(
    `${path()}?month=${date.slice(0, 7)}`,
    world.fees.clerk.token,
  );
  expect(answer.status).toBe(200);
  return answer.body;
}

async function dayOf(date: string): Promise<ReconciledDay> {
  const day = (await monthOf(date)).days.find((row) => row.date === date);
  if (day === undefined) throw new Error(`${date} was not compared`);
  return day;
}

const foundOn = async (date: string): Promise<DifferenceView[]> =>
  (await monthOf(date)).differences.filter(({ onDate }) => onDate === date);

const HEADER = '交易日期,收入金额,支出金额,对方户名,摘要,交易流水号';
async function importLines(...lines: string[]): Promise<BankImport> {
  const { payload, headers } = multipart('流水.csv', Buffer.from([HEADER, ...lines].join('\n')));
  const answer = await world.app.call<BankImport>('POST', `${path()}/bank-statements?ledger=PROPERTY_FEE`, {
    token: world.fees.clerk.token,
    body: payload,
    headers,
  });
  expect(answer.status).toBe(200);
  return answer.body;
}
const grown = (
  before: Awaited<ReturnType<typeof balances>>,
  after: Awaited<ReturnType<typeof balances>>,
  kind: keyof typeof before,
) => (after[kind] ?? 0) - (before[kind] ?? 0);
const settlement = (fen: number, serial: string) =>
  `${today()},${yuanText(fen).replaceAll(',', '')},,财付通支付科技有限公司,微信支付结算,${serial}`;

describe('a day beside the trade bill', () => {
  it('agrees, and says what will be settled', async () => {
    const date = today();
    await paid();
    await paid();
    await refunded(await paid());
    await nextMorning();
    expect(await dayOf(date)).toMatchObject({
      state: 'DONE',
      payments: 3,
      paidFen: 3 * 5809,
      refunds: 1,
      refundedFen: 5809,
      feeFen: 70,
      settlementFen: 2 * 5809 - 70,
      arrivedFen: null,
      differences: 0,
      fault: '',
    });
  });

  it('without any payment is empty', async () => {
    const date = today();
    await nextMorning();
    expect(await dayOf(date)).toMatchObject({ state: 'EMPTY', payments: 0, differences: 0 });
  });

  it('finds every difference that was made, and no other', async () => {
    const date = today();
    const [missing, amount, doubled, fee, stranger, undone] = [
      await paid(),
      await paid(),
      await paid(),
      await paid(),
      await paid(),
      await paid(),
    ];
    await paid();
    const refundNo = await refunded(undone);
    const misstate = (facts: object) => world.fault({ kind: 'misstate-bill', ...facts });
    await misstate({ outTradeNo: missing.order.orderNo });
    await misstate({ outTradeNo: amount.order.orderNo, reportedFen: 5800 });
    await misstate({ outTradeNo: doubled.order.orderNo, double: true });
    await misstate({ outTradeNo: fee.order.orderNo, moreFeeUnits: 2_000 });
    await misstate({ outRefundNo: refundNo, state: 'ABNORMAL' });
    await world.app.database.transaction((tx) =>
      tx.run("UPDATE pay_orders SET mch_id = '1900000001' WHERE order_no = ?", [stranger.order.orderNo]),
    );
    await nextMorning();
    const found = await foundOn(date);
    expect(found.map((row) => [row.class, row.kind, row.orderNo]).sort()).toEqual(
      [
        ['MISSING_THERE', 'PAYMENT', missing.order.orderNo],
        ['AMOUNT', 'PAYMENT', amount.order.orderNo],
        ['DUPLICATE', 'PAYMENT', doubled.order.orderNo],
        ['FEE', 'PAYMENT', fee.order.orderNo],
        ['MISSING_HERE', 'PAYMENT', stranger.order.orderNo],
        ['STATE', 'REFUND', undone.order.orderNo],
      ].sort(),
    );
    expect(found.find((row) => row.class === 'AMOUNT')).toMatchObject({ oursFen: 5809, theirsFen: 5800 });
    expect(await dayOf(date)).toMatchObject({ differences: 6, openDifferences: 6 });
  });

  it('books what only the bill tells: callback and queries were lost', async () => {
    const date = today();
    const { owner, bill } = await world.debtor(String(++room));
    const order = await world.ordered(owner, [bill]);
    await world.fault({ kind: 'lose', attempts: 'all' });
    await world.pay(order);
    await world.sandbox.settle();
    // As a server that was away for a day left it.
    await world.app.database.transaction((tx) =>
      tx.run("UPDATE jobs SET state = 'DEAD' WHERE kind IN ('payments.query', 'payments.expire')"),
    );
    await nextMorning();
    expect(await dayOf(date)).toMatchObject({ state: 'DONE', payments: 1, recovered: 1, differences: 0 });
    expect((await world.fees.billOf(owner)).state).toBe('PAID');
  });

  it('is asked about again where the gateway has not answered about what only the bill tells', async () => {
    const date = today();
    const { owner, bill } = await world.debtor(String(++room));
    const order = await world.ordered(owner, [bill]);
    await world.fault({ kind: 'lose', attempts: 'all' });
    await world.pay(order);
    await world.sandbox.settle();
    await world.app.database.transaction((tx) =>
      tx.run("UPDATE jobs SET state = 'DEAD' WHERE kind IN ('payments.query', 'payments.expire')"),
    );
    await world.fault({ kind: 'unreachable', path: '/v3/pay/transactions', times: 1 });
    await nextMorning();
    expect(await dayOf(date)).toMatchObject({ state: 'WAITING', differences: 0 });
    await world.wait(HOUR_MS);
    expect(await dayOf(date)).toMatchObject({ state: 'DONE', recovered: 1, differences: 0 });
    expect((await world.fees.billOf(owner)).state).toBe('PAID');
  });

  it('that cannot be written down keeps no other day from being compared', async () => {
    const date = today();
    await paid();
    const stuck = { mch_id: world.sandbox.config.mchId, on_date: date, row_no: 0 };
    const row = { ...stuck, entry_key: 'P:1', kind: 'PAYMENT', order_no: 'P1', amount_fen: 1, fee_units: 0 };
    await world.app.database.transaction((tx) => tx.insert('trade_bill_rows', row));
    await nextMorning();
    const next = today();
    await paid();
    await nextMorning();
    await world.app.database.transaction((tx) =>
      tx.run('DELETE FROM trade_bill_rows WHERE mch_id = ? AND on_date = ?', [stuck.mch_id, date]),
    );
    expect(await dayOf(date)).toMatchObject({ state: 'WAITING' });
    expect(await dayOf(next)).toMatchObject({ state: 'DONE', payments: 1, differences: 0 });
    await world.wait(HOUR_MS);
    expect(await dayOf(date)).toMatchObject({ state: 'DONE', payments: 1, differences: 0 });
  });

  it('knows a second payment of an order whose first did not fit', async () => {
    const { owner, bill } = await world.debtor(String(++room));
    const order = await world.ordered(owner, [bill]);
    await world.fault({ kind: 'contradict', change: { amountFen: 17 }, everywhere: true });
    await world.pay(order);
    await world.deliver();
    const known = await world.app.database.row<{ mch_id: string; app_id: string; payer_index: string }>(
      'SELECT mch_id, app_id, payer_index FROM pay_orders WHERE order_no = ?',
      [order.orderNo],
    );
    const paidAt = world.app.clock.now();
    const { payerOpenid } = (await world.control('GET', `/orders/${order.orderNo}`)) as {
      payerOpenid: string;
    };
    const second = { orderNo: order.orderNo, transactionId: '4200SECOND', amountFen: 5809, currency: 'CNY' };
    await world.app.nest.get(SettleService).settle({
      ...second,
      state: 'SUCCESS',
      mchId: known?.mch_id ?? '',
      appId: known?.app_id ?? '',
      openid: payerOpenid,
      paidAt,
    });
    const own = world.app.nest.get(OwnEntriesRepository);
    const { mchId } = world.sandbox.config;
    expect(await own.between(world.app.database, mchId, paidAt, paidAt)).toContainEqual(
      expect.objectContaining({ transactionId: '4200SECOND', amountFen: 5809 }),
    );
    await nextMorning();
  });

  it.each([
    ['changed on its way', { kind: 'damage-bill', damage: 'changed' }],
    ['cut off', { kind: 'damage-bill', damage: 'truncated' }],
    ['a bomb', { kind: 'damage-bill', damage: 'bomb' }],
    ['not signed', { kind: 'unsigned-reply', path: '/v3/bill/tradebill' }],
    ['forged', { kind: 'forge-reply', path: '/v3/bill/tradebill' }],
    ['not made yet', { kind: 'refuse', status: 400, code: 'STATEMENT_CREATING', path: '/v3/bill/tradebill' }],
    ['denied', { kind: 'refuse', status: 400, code: 'NO_STATEMENT_EXIST', path: '/v3/bill/tradebill' }],
    ['lost', { kind: 'unreachable', path: '/v3/billdownload' }],
  ])('a bill that is %s is not believed, and asked for again', async (_, fault) => {
    const date = today();
    await paid();
    await world.fault({ ...fault, times: 1 });
    await nextMorning();
    const waiting = await dayOf(date);
    expect(waiting).toMatchObject({ state: 'WAITING', differences: 0 });
    expect(waiting.fault).not.toBe('');
    await world.wait(HOUR_MS);
    expect(await dayOf(date)).toMatchObject({ state: 'DONE', payments: 1, differences: 0, fault: '' });
  });
});

describe('a difference', () => {
  it('is worked off by two people, with a reason that stays to be read', async () => {
    const date = today();
    const { order } = await paid();
    await world.fault({ kind: 'misstate-bill', outTradeNo: order.orderNo, moreFeeUnits: 5_000 });
    await nextMorning();
    const [difference] = await foundOn(date);
    if (difference === undefined) throw new Error('nothing was found');
    const { base, clerk, manager } = world.fees;
    const request = {
      subject: 'DIFFERENCE',
      subjectId: difference.id,
      outcome: 'EXPLAIN',
      reason: '费率本月调整',
    };
    const asFee = { ...request, outcome: 'AS_FEE' };
    expect(await world.app.post<ErrorBody>(`${base}/proposals`, clerk.token, asFee, newKey())).toMatchObject({
      status: 422,
      body: { code: 'REFUND.OUTCOME' },
    });
    const made = await world.app.post<AskedResponse>(`${base}/proposals`, clerk.token, request, newKey());
    expect(made.status).toBe(201);
    const decision = `${base}/proposals/${made.body.id}/decision`;
    const agree = { approve: true, note: '' };
    expect((await world.app.post<ErrorBody>(decision, clerk.token, agree)).body.code).toBe(
      'REFUND.SAME_PERSON',
    );
    expect((await world.app.post(decision, manager.token, agree)).status).toBe(204);
    const [settled] = await foundOn(date);
    expect(settled).toMatchObject({
      state: 'SETTLED',
      outcome: '查明原因，不用更正：费率本月调整（李*提出，赵*同意）',
    });
    expect((await monthOf(date)).csv).toContain('费率本月调整');
    const again = await world.app.post<ErrorBody>(`${base}/proposals`, clerk.token, request, newKey());
    expect(again.body.code).toBe('REFUND.DECIDED');
  });

  it('of another estate is not found', async () => {
    const date = today();
    const { order } = await paid();
    await paid();
    await world.fault({ kind: 'misstate-bill', outTradeNo: order.orderNo });
    await nextMorning();
    const [difference] = await foundOn(date);
    const elsewhere = await world.app.build.estate('幸福里');
    const stranger = await world.app.build.member('路人', 'COMPANY_MANAGER', [elsewhere]);
    const answer = await world.app.post<ErrorBody>(
      `/api/estates/${elsewhere}/fees/proposals`,
      stranger.token,
      { subject: 'DIFFERENCE', subjectId: difference?.id, outcome: 'EXPLAIN', reason: '不关我事' },
      newKey(),
    );
    expect(answer.status).toBe(404);
  });
});

describe('the bank statement', () => {
  it('shows that the settlement arrived; it is in the books once, however often the file comes', async () => {
    const date = today();
    await paid();
    await nextMorning();
    const { settlementFen } = await dayOf(date);
    const before = await balances(world.app.database, world.fees.estateId);
    const lines = [settlement(settlementFen, 'B1'), `${today()},3.00,,王建国,物业费,B2`];
    expect(await importLines(...lines)).toMatchObject({
      lines: 2,
      newLines: 2,
      settlements: 1,
      otherLines: 1,
      differences: 0,
      faults: [],
    });
    expect(await dayOf(date)).toMatchObject({ arrivedFen: settlementFen, differences: 0 });
    const after = await balances(world.app.database, world.fees.estateId);
    expect((after.BANK ?? 0) - (before.BANK ?? 0)).toBe(settlementFen);
    expect((before.GATEWAY_CLEARING ?? 0) - (after.GATEWAY_CLEARING ?? 0)).toBe(5809);
    expect((after.GATEWAY_FEE ?? 0) - (before.GATEWAY_FEE ?? 0)).toBe(5809 - settlementFen);

    expect(await importLines(...lines)).toMatchObject({ newLines: 0, differences: 0 });
    expect(await balances(world.app.database, world.fees.estateId)).toEqual(after);
  });

  it('tells money that should not be there, and a line that is told twice', async () => {
    const date = today();
    const stray = settlement(1_00, 'B3');
    const before = await balances(world.app.database, world.fees.estateId);
    expect(await importLines(stray, stray)).toMatchObject({ newLines: 1, differences: 2 });
    const found = await foundOn(date);
    expect(found.map((row) => row.class).sort()).toEqual(['DUPLICATE', 'MISSING_HERE']);
    expect(await importLines(stray)).toMatchObject({ newLines: 0, differences: 0 });
    const after = await balances(world.app.database, world.fees.estateId);
    expect([grown(before, after, 'BANK'), grown(before, after, 'SUSPENSE')]).toEqual([1_00, 1_00]);
  });

  it.each([
    ['less', -1],
    ['more', 2],
  ])(
    'tells %s than was owed; the books have what the bank shows, and the rest in suspense',
    async (_, moreFen) => {
      const date = today();
      await paid();
      await nextMorning();
      const { settlementFen } = await dayOf(date);
      const before = await balances(world.app.database, world.fees.estateId);
      const line = settlement(settlementFen + moreFen, `B4${moreFen}`);
      expect(await importLines(line)).toMatchObject({ differences: 1 });
      const difference = (await foundOn(date)).find((row) => row.class === 'AMOUNT');
      expect(difference).toMatchObject({
        class: 'AMOUNT',
        oursFen: settlementFen,
        theirsFen: settlementFen + moreFen,
        state: 'OPEN',
      });
      expect(await dayOf(date)).toMatchObject({ settlementFen, arrivedFen: settlementFen + moreFen });
      const after = await balances(world.app.database, world.fees.estateId);
      expect(grown(before, after, 'BANK')).toBe(settlementFen + moreFen);
      expect(grown(before, after, 'GATEWAY_CLEARING')).toBe(-5809);
      expect(grown(before, after, 'SUSPENSE')).toBe(moreFen);
      expect(await importLines(line)).toMatchObject({ newLines: 0, differences: 0 });
      expect(await balances(world.app.database, world.fees.estateId)).toEqual(after);
    },
  );

  it('that comes before WeChat’s bill waits for it, and is paired when the day is compared', async () => {
    const date = today();
    await paid();
    await nextMorning(9 * HOUR_MS);
    const line = settlement(5809 - 35, 'B5');
    expect(await importLines(line)).toMatchObject({ newLines: 1, differences: 0 });
    await world.wait(70 * MINUTE_MS);
    expect(await dayOf(date)).toMatchObject({ state: 'DONE', arrivedFen: 5809 - 35, differences: 0 });
    expect(await importLines(line)).toMatchObject({ newLines: 0, differences: 0 });
  });

  it('is in the books once, though its lines have no number and the next file begins elsewhere', async () => {
    const date = today();
    await paid();
    await nextMorning();
    const { settlementFen } = await dayOf(date);
    const [line, other] = [settlement(settlementFen, ''), `${today()},3.00,,王建国,物业费,`];
    expect(await importLines(line, other)).toMatchObject({ newLines: 2, differences: 0 });
    const after = await balances(world.app.database, world.fees.estateId);
    const earlier = `${date},8.00,,王建国,物业费,`;
    expect(await importLines(earlier, line, other)).toMatchObject({ newLines: 1, differences: 0 });
    expect(await balances(world.app.database, world.fees.estateId)).toEqual(after);
  });

  it('keeps both of two lines over which one number stands', async () => {
    const before = await world.count('bank_lines');
    const [one, other] = [`${today()},3.00,,甲,物业费,V7`, `${today()},4.00,,乙,物业费,V7`];
    expect(await importLines(one, other)).toMatchObject({ newLines: 2, differences: 0 });
    expect(await importLines(other)).toMatchObject({ newLines: 0 });
    expect(await world.count('bank_lines')).toBe(before + 2);
  });

  it('that cannot be read changes nothing and names the lines', async () => {
    const lines = await world.count('bank_lines');
    expect(await importLines('昨天,一元,,甲,,B9')).toMatchObject({
      newLines: 0,
      faults: [{ code: 'BANK.DATE' }, { code: 'BANK.AMOUNT' }],
    });
    expect(await world.count('bank_lines')).toBe(lines);
  });
});

describe('a merchant that serves two estates', () => {
  let other: FeesBuilder;
  beforeAll(async () => {
    other = await FeesBuilder.start(world.app);
    await world.app.nest.get(PayeesService).set('SYSTEM', other.estateId, {
      ledger: 'PROPERTY_FEE',
      holderName: '奇台县安泰物业服务有限公司',
      mchId: world.sandbox.config.mchId,
    });
    await other.publish();
  });

  async function paidElsewhere(elsewhereRoom: string): Promise<void> {
    const owner = await world.app.build.owner(`业主${elsewhereRoom}`, [await other.home(elsewhereRoom)]);
    await other.issue('2026-11');
    const order = await world.ordered(owner, [await other.billOf(owner)]);
    await world.pay(order);
    await world.deliver();
  }

  const booksOf = (estateId: string) => balances(world.app.database, estateId);
  /** What the last payout changed. */
  async function changed(estateId: string, before: Awaited<ReturnType<typeof booksOf>>) {
    const after = await booksOf(estateId);
    const by = (kind: 'BANK' | 'GATEWAY_FEE' | 'GATEWAY_CLEARING') =>
      (after[kind] ?? 0) - (before[kind] ?? 0);
    return { bank: by('BANK'), fee: by('GATEWAY_FEE'), clearing: by('GATEWAY_CLEARING') };
  }

  it('pays each its own part, with the fee of its own lines', async () => {
    const date = today();
    await paid();
    await paidElsewhere('901');
    await paidElsewhere('902');
    await nextMorning();
    const [here, there] = [await booksOf(world.fees.estateId), await booksOf(other.estateId)];
    const { settlementFen, feeFen } = await dayOf(date);
    const line = settlement(settlementFen, 'B20');
    expect(await importLines(line)).toMatchObject({ newLines: 1, differences: 0 });
    const parts = [await changed(world.fees.estateId, here), await changed(other.estateId, there)];
    expect(parts.map(({ clearing }) => clearing)).toEqual([-5809, -2 * 5809]);
    expect(parts.map(({ bank, fee }) => bank + fee)).toEqual([5809, 2 * 5809]);
    expect(parts.reduce((sum, { fee }) => sum + fee, 0)).toBe(feeFen);
    for (const { fee, clearing } of parts) expect(Math.abs(fee + clearing * 0.006)).toBeLessThanOrEqual(1);
    await importLines(line);
    expect(await changed(other.estateId, there)).toEqual(parts[1]);
  });

  it('puts what no book has in suspense, with a difference that both estates see', async () => {
    const date = today();
    const { order } = await paid();
    await paidElsewhere('903');
    await world.app.database.transaction((tx) =>
      tx.run("UPDATE pay_orders SET mch_id = '1900000001' WHERE order_no = ?", [order.orderNo]),
    );
    await nextMorning();
    const [here, there] = [await booksOf(world.fees.estateId), await booksOf(other.estateId)];
    const { settlementFen } = await dayOf(date);
    await importLines(settlement(settlementFen, 'B21'));
    expect(await changed(world.fees.estateId, here)).toEqual({ bank: 0, fee: 0, clearing: 0 });
    expect(await changed(other.estateId, there)).toMatchObject({ clearing: -5809 });
    const suspended = await world.app.database.rows<{ credit_kind: string; amount_fen: number }>(
      `SELECT credit_kind, amount_fen FROM ledger_entries WHERE group_key = ? ORDER BY line_no`,
      [`GATEWAY_PAID_OUT:${world.sandbox.config.mchId}:${date}:OPEN`],
    );
    expect(suspended.map((entry) => entry.credit_kind)).toEqual(['SUSPENSE', 'SUSPENSE']);
    expect(suspended.reduce((sum, entry) => sum + entry.amount_fen, 0)).toBe(5809);
    const shown = await world.app.get<ReconciliationMonth>(
      `/api/estates/${other.estateId}/reconciliation?month=${date.slice(0, 7)}`,
      other.clerk.token,
    );
    for (const differences of [await foundOn(date), shown.body.differences])
      expect(differences).toContainEqual(
        expect.objectContaining({ kind: 'SETTLEMENT', class: 'MISSING_HERE', state: 'OPEN', onDate: date }),
      );
  });

  it('shows both what no order is known for; one of them sees to it, and it is given back as nobody’s', async () => {
    const { owner, bill } = await world.debtor(String(++room));
    const order = await world.ordered(owner, [bill]);
    // As another program of the company has ordered it.
    await world.app.database.transaction(async (tx) => {
      await tx.run(
        "UPDATE pay_orders SET order_no = ?, state = 'CLOSED', ended_at = created_at WHERE order_no = ?",
        [`${order.orderNo}X`, order.orderNo],
      );
      await tx.run('UPDATE bills SET pending_order_no = NULL WHERE id = ?', [bill.id]);
    });
    await world.pay(order);
    await world.deliver();
    const shown = async (estateId: string, token: string) => {
      const { body } = await world.app.get<UnmatchedMoney>(`/api/estates/${estateId}/fees/unmatched`, token);
      return body.quarantined.filter(({ orderNo }) => orderNo === order.orderNo);
    };
    const [here] = await shown(world.fees.estateId, world.fees.clerk.token);
    const [there] = await shown(other.estateId, other.clerk.token);
    expect(there).toMatchObject({ id: here?.id, reason: 'UNKNOWN_ORDER', receivedFen: 5809 });
    const { base, clerk, manager } = other;
    const request = {
      subject: 'QUARANTINE',
      subjectId: here?.id,
      billId: null,
      effect: 'NONE',
      amountFen: 5809,
      reason: '不是本小区的',
    };
    const asked = await world.app.post<AskedResponse>(`${base}/refunds`, clerk.token, request, newKey());
    expect(asked.status).toBe(201);
    await world.app.post(`${base}/refunds/${asked.body.id}/decision`, manager.token, {
      approve: true,
      note: '',
    });
    await world.deliver();
    await world.deliver();
    expect(await shown(world.fees.estateId, world.fees.clerk.token)).toEqual([]);
    const entries = await world.app.database.rows<{ event: string; estate_id: string | null }>(
      "SELECT event, estate_id FROM ledger_entries WHERE document_kind = 'REFUND' AND document_id = ? ORDER BY id",
      [asked.body.id],
    );
    expect(entries).toEqual([
      { event: 'REFUND_REQUESTED', estate_id: null },
      { event: 'REFUND_SUCCEEDED', estate_id: null },
    ]);
  });
});
