import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ErrorBody } from '@linli/shared/errors';
import type { AccountKind, AccountPage, EntryPage, EntryTrace, TrialBalanceView } from '@linli/shared/ledger';
import { MINUTE_MS } from '@linli/shared/kernel';
import { openDatabase } from '../../src/kernel/database/index.ts';
import type { TestPerson } from '../support/estate-builder.ts';
import { balances } from '../support/ledger-reader.ts';
import { PayWorld } from '../support/pay-world.ts';

let world: PayWorld;
let room = 100;

beforeAll(async () => {
  world = await PayWorld.start();
});
afterAll(() => world.stop());

const debtor = () => world.debtor(String(++room));
const balance = () => balances(world.app.database, world.fees.estateId);

/** How the balances differ after `happening`. */
async function moved(happening: () => Promise<unknown>): Promise<Partial<Record<AccountKind, number>>> {
  const before = await balance();
  await happening();
  const after = await balance();
  const kinds = [...new Set([...Object.keys(before), ...Object.keys(after)])] as AccountKind[];
  return Object.fromEntries(
    kinds
      .map((kind) => [kind, (after[kind] ?? 0) - (before[kind] ?? 0)] as const)
      .filter(([, change]) => change !== 0),
  );
}

describe('what happens to money is in the books', () => {
  it('a bill is owed and earned; cancelled, it is neither', async () => {
    const { bill } = await debtor();
    const cancelling = () =>
      world.app.post(`${world.fees.base}/bills/${bill.id}/cancel`, world.fees.manager.token, {
        reason: '面积登记错了，重新出账',
      });
    expect(await moved(debtor)).toEqual({ UNIT_RECEIVABLE: 5809, FEE_INCOME: 5809 });
    expect(await moved(cancelling)).toEqual({ UNIT_RECEIVABLE: -5809, FEE_INCOME: -5809 });
    await world.fees.issue();
  });

  it('a payment takes it off what the home owes', async () => {
    const { owner, bill } = await debtor();
    const paying = async () => {
      await world.pay(await world.ordered(owner, [bill]));
      await world.deliver();
    };
    expect(await moved(paying)).toEqual({ GATEWAY_CLEARING: 5809, UNIT_RECEIVABLE: -5809 });
  });

  it('a late fee is earned when it is paid', async () => {
    const { owner } = await debtor();
    const terms = await world.app.get<object>(`${world.fees.base}/terms`, world.fees.manager.token);
    const setTerms = (facts: object) =>
      world.app.call('PUT', `${world.fees.base}/terms`, {
        token: world.fees.manager.token,
        body: { ...terms.body, ...facts },
      });
    await setTerms({ graceDays: 0, lateFeePpmPerDay: 500, lateFeeBasis: '物业服务合同第九条' });
    const days = 40 * 24 * 60;
    world.app.clock.advance(days * MINUTE_MS);
    await world.control('POST', '/clock', { advanceMs: days * MINUTE_MS });
    const bill = await world.fees.billOf(owner);
    expect(bill.lateFeeFen).toBeGreaterThan(0);
    const paying = async () => {
      await world.pay(await world.ordered(owner, [bill]));
      await world.deliver();
    };
    expect(await moved(paying)).toEqual({
      GATEWAY_CLEARING: 5809 + bill.lateFeeFen,
      UNIT_RECEIVABLE: -5809,
      LATE_FEE_INCOME: bill.lateFeeFen,
    });
    await setTerms({});
  });

  it('money after closing is the home’s', async () => {
    const { owner, bill } = await debtor();
    const order = await world.ordered(owner, [bill]);
    await world.app.post(`/api/me/pay-orders/${order.orderNo}/cancel`, owner.token);
    const late = async () => {
      await world.pay(order, { force: true });
      await world.deliver();
    };
    expect(await moved(late)).toEqual({ GATEWAY_CLEARING: 5809, UNIT_CREDIT: 5809 });
  });

  it('money that does not fit has arrived all the same', async () => {
    const { owner, bill } = await debtor();
    const order = await world.ordered(owner, [bill]);
    await world.fault({ kind: 'contradict', change: { amountFen: 17 }, everywhere: true });
    const wrong = async () => {
      await world.pay(order);
      await world.deliver();
    };
    expect(await moved(wrong)).toEqual({ GATEWAY_CLEARING: 17, SUSPENSE: 17 });
    await world.control('DELETE', '/faults');
  });

  it('money for an order of nobody is in the book of its merchant, in the only estate that it serves', async () => {
    const { owner, bill } = await debtor();
    const order = await world.ordered(owner, [bill]);
    await world.fault({ kind: 'contradict', change: { outTradeNo: 'P000000000000000000000NOBODY' } });
    expect(
      await moved(async () => {
        await world.pay(order);
        await world.deliver();
      }),
    ).toEqual({ GATEWAY_CLEARING: 5809, SUSPENSE: 5809 });
    await world.control('DELETE', '/faults');
  });

  it('ten callbacks at once are one movement', async () => {
    const { owner, bill } = await debtor();
    const order = await world.ordered(owner, [bill]);
    await world.fault({ kind: 'repeat', copies: 10, concurrently: true });
    const paying = async () => {
      await world.pay(order);
      await world.deliver();
      await world.control('POST', '/callbacks/resend', { subject: order.orderNo });
      await world.app.runJobs();
    };
    expect(await moved(paying)).toEqual({ GATEWAY_CLEARING: 5809, UNIT_RECEIVABLE: -5809 });
    await world.control('DELETE', '/faults');
  });
});

describe('reading the books', () => {
  const base = () => `/api/estates/${world.fees.estateId}/ledger`;
  const get = <Body = ErrorBody>(path: string, who: TestPerson) =>
    world.app.get<Body>(`${base()}${path}`, who.token);

  it('both sides of the trial balance are equal, and what went through an account is on its side', async () => {
    const { body } = await get<TrialBalanceView>('/trial-balance', world.fees.manager);
    const [book] = body.books;
    expect(body.books.map(({ label }) => label)).toEqual(['物业费']);
    expect(book?.debitFen).toBe(book?.creditFen);
    const kept = await balance();
    for (const { kind, balanceFen } of book?.rows ?? [])
      expect([kind, balanceFen]).toEqual([kind, kept[kind] ?? 0]);
    expect(book?.rows.find(({ kind }) => kind === 'FEE_INCOME')?.label).toBe('物业服务收入');
  });

  it('the homes of an account come in pages that neither skip nor repeat', async () => {
    const path = '/accounts?book=PROPERTY_FEE&kind=UNIT_RECEIVABLE';
    const all = await get<AccountPage>(`${path}&limit=100`, world.fees.manager);
    const paged: unknown[] = [];
    let after = '';
    do {
      const { body } = await get<AccountPage>(`${path}&limit=2${after}`, world.fees.manager);
      paged.push(...body.items);
      after = body.next === null ? '' : `&after=${body.next}`;
    } while (after !== '');
    expect(paged).toEqual(all.body.items);
    expect(all.body.items.length).toBeGreaterThan(5);
    expect(all.body.items.reduce((sum, { balanceFen }) => sum + balanceFen, 0)).toBe(
      (await balance()).UNIT_RECEIVABLE,
    );
    expect(all.body.items[0]?.name).toContain('101');
  });

  it('the entries of an account come newest first, in pages', async () => {
    const path = '/entries?book=PROPERTY_FEE&kind=GATEWAY_CLEARING';
    const all = await get<EntryPage>(`${path}&limit=100`, world.fees.manager);
    const first = await get<EntryPage>(`${path}&limit=2`, world.fees.manager);
    const second = await get<EntryPage>(`${path}&limit=2&after=${first.body.next}`, world.fees.manager);
    expect([...first.body.items, ...second.body.items]).toEqual(all.body.items.slice(0, 4));
    expect(all.body.next).toBeNull();
    expect(all.body.items.map(({ id }) => id)).toEqual(
      all.body.items
        .map(({ id }) => id)
        .sort()
        .toReversed(),
    );
  });

  it('a bill and its payment are traced to the same entries, in words', async () => {
    const { owner, bill } = await debtor();
    const order = await world.ordered(owner, [bill]);
    await world.pay(order);
    await world.deliver();
    const ofBill = await get<EntryTrace>(`/traces?kind=BILL&id=${bill.id}`, world.fees.manager);
    expect(ofBill.body.items.map(({ sentence }) => sentence)).toEqual([
      '账单开出，这户应缴 58.09 元',
      '微信收到 58.09 元，抵了这张账单',
    ]);
    expect(ofBill.body.items[1]).toMatchObject({
      orderNo: order.orderNo,
      billMonth: '2026-11',
      debit: { label: '微信支付待结算', subject: '', subjectName: '' },
      credit: { label: '应收款', subject: bill.unitId, subjectName: bill.unitName },
    });
    const ofOrder = await get<EntryTrace>(`/traces?kind=ORDER_NO&id=${order.orderNo}`, world.fees.manager);
    expect(ofOrder.body.items).toEqual(ofBill.body.items.slice(1));
    const mine = await world.app.get<EntryTrace>(`/api/me/ledger/bills/${bill.id}`, owner.token);
    expect(mine.body).toEqual(ofBill.body);
    const { body } = await world.view(owner, order);
    const receipt = await world.app.get<EntryTrace>(`/api/me/ledger/receipts/${body.receiptId}`, owner.token);
    expect(receipt.body).toEqual(ofOrder.body);
    const stranger = await debtor();
    for (const path of [`bills/${bill.id}`, `receipts/${body.receiptId}`])
      expect((await world.app.get(`/api/me/ledger/${path}`, stranger.owner.token)).status).toBe(404);
  });

  it('a credit and money set aside are traced by their own number', async () => {
    const credit = await world.app.database.row<{ id: string }>('SELECT id FROM pay_credits LIMIT 1');
    const trace = await get<EntryTrace>(`/traces?kind=PAY_CREDIT&id=${credit?.id}`, world.fees.manager);
    expect(trace.body.items).toMatchObject([{ event: 'PAYMENT_CREDITED', amountFen: 5809 }]);
    expect(await get(`/traces?kind=PAY_CREDIT&id=NOBODY`, world.fees.manager)).toMatchObject({
      status: 404,
      body: { code: 'NOT_FOUND' },
    });
  });

  it('the treasurer sees the sums and no home', async () => {
    const treasurer = await world.app.build.member('马会计', 'COMMITTEE_TREASURER', [world.fees.estateId]);
    const { bill } = await debtor();
    expect((await get('/trial-balance', treasurer)).status).toBe(200);
    const homes = await get('/accounts?book=PROPERTY_FEE&kind=UNIT_RECEIVABLE', treasurer);
    expect(homes).toMatchObject({ status: 403, body: { code: 'ACCESS.DENIED' } });
    const home = `/entries?book=PROPERTY_FEE&kind=UNIT_RECEIVABLE&subject=${bill.unitId}`;
    expect(await get(home, treasurer)).toMatchObject({ status: 403, body: { code: 'ACCESS.DENIED' } });
    const income = await get<EntryPage>('/entries?book=PROPERTY_FEE&kind=FEE_INCOME', treasurer);
    expect(income.body.items.length).toBeGreaterThan(3);
    for (const { debit } of income.body.items) expect(debit).toMatchObject({ subject: '', subjectName: '' });
    expect(JSON.stringify(income.body)).not.toContain(bill.unitId);
  });

  it('whoever has no part in it sees nothing, and another estate’s books are not ours', async () => {
    const owner = await debtor();
    const elsewhere = await world.app.build.member('别处经理', 'COMPANY_MANAGER', [
      await world.app.build.estate('别处'),
    ]);
    for (const person of [owner.owner, elsewhere, world.fees.clerk])
      for (const path of ['/trial-balance', `/traces?kind=BILL&id=${owner.bill.id}`])
        expect(await get(path, person)).toMatchObject({ status: 403 });
    const theirs = await world.app.build.estate('远处');
    const manager = await world.app.build.member('远处经理', 'COMPANY_MANAGER', [theirs]);
    const trace = `/api/estates/${theirs}/ledger/traces?kind=BILL&id=${owner.bill.id}`;
    expect((await world.app.get(trace, manager.token)).status).toBe(404);
  });
});

/** Everything but who wrote it down when. */
const written = () =>
  world.app.database.rows(
    `SELECT group_key, line_no, estate_id, book, event, debit_kind, debit_subject, credit_kind, credit_subject,
       amount_fen, bill_id, order_id, document_kind, document_id,
       CASE WHEN event IN ('PAYMENT_CREDITED', 'PAYMENT_QUARANTINED') THEN 0 ELSE occurred_at END AS occurred_at
     FROM ledger_entries ORDER BY group_key, line_no`,
  );

describe('a database of before there was a ledger', () => {
  it('gets the same entries from what it has as were posted when it happened', async () => {
    const posted = await written();
    expect(posted.length).toBeGreaterThan(10);
    await world.app.database.transaction((tx) => tx.run('DROP TABLE ledger_entries'));
    await world.app.database.transaction((tx) =>
      tx.run("DELETE FROM migrations WHERE name = 'Ledger1763701800000'"),
    );
    const again = await openDatabase(world.app.environment, { migrate: true });
    await again.close();
    expect(await written()).toEqual(posted);
  });
});
