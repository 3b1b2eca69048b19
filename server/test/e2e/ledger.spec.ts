import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AccountKind } from '@linli/shared/ledger';
import { MINUTE_MS } from '@linli/shared/kernel';
import { openDatabase } from '../../src/kernel/database/index.ts';
import { balances } from '../support/ledger-reader.ts';
import { PayWorld } from '../support/pay-world.ts';

let world: PayWorld;
let room = 100;

beforeAll(async () => {
  world = await PayWorld.start();
}, 60_000);
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

  it('money for an order of nobody is in the book of its merchant, in no estate', async () => {
    const { owner, bill } = await debtor();
    const order = await world.ordered(owner, [bill]);
    await world.fault({ kind: 'contradict', change: { outTradeNo: 'P000000000000000000000NOBODY' } });
    expect(
      await moved(async () => {
        await world.pay(order);
        await world.deliver();
      }),
    ).toEqual({});
    expect(
      await world.app.database.rows(
        'SELECT book, credit_kind, amount_fen FROM ledger_entries WHERE estate_id IS NULL',
      ),
    ).toEqual([{ book: 'PROPERTY_FEE', credit_kind: 'SUSPENSE', amount_fen: 5809 }]);
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
