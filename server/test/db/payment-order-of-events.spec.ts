import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { BillView, PayOrder } from '@linli/shared/fees';
import { MINUTE_MS } from '@linli/shared/kernel';
import type { AskedResponse, BillPayments, MyRefunds } from '@linli/shared/refunds';
import { breachesOf, readInvariants } from '../../src/cli/check-invariants.ts';
import { PayOrdersService } from '../../src/features/payments/index.ts';
import { newKey } from '../support/assembly-builder.ts';
import { balances } from '../support/ledger-reader.ts';
import { PayWorld } from '../support/pay-world.ts';
import type { TestPerson } from '../support/estate-builder.ts';

const INVARIANTS = new URL('../../../scripts/invariants.sql', import.meta.url);
const EVENTS = ['the payment', 'the callback', 'a query', 'closing', 'a refund'] as const;
type Event = (typeof EVENTS)[number];

function ordersOf(events: readonly Event[]): Event[][] {
  if (events.length < 2) return [[...events]];
  return events.flatMap((first) =>
    ordersOf(events.filter((event) => event !== first)).map((rest) => [first, ...rest]),
  );
}
const EVERY_ORDER = ordersOf(EVENTS);

interface Household {
  readonly owner: TestPerson;
  readonly bill: BillView;
  readonly order: PayOrder;
}

let world: PayWorld;
const owners: TestPerson[] = [];
beforeAll(async () => {
  world = await PayWorld.start();
  for (let n = 0; n < EVERY_ORDER.length; n++)
    owners.push(await world.app.build.owner(`业主${n}`, [await world.fees.home(String(100 + n))]));
  await world.fees.issue();
}, 900_000);
afterAll(() => world.stop());

/** Gives back what is there to be given back: a settled bill by two people, or a credit at the payer's word. */
async function giveBack({ owner, bill }: Household): Promise<void> {
  const { app, fees } = world;
  const paid = await app.get<BillPayments>(`${fees.base}/bills/${bill.id}/payments`, fees.clerk.token);
  const [payment] = paid.body.items;
  const [credit] = (await app.get<MyRefunds>('/api/me/refunds', owner.token)).body.credits;
  if (credit !== undefined)
    await app.post(`/api/me/credits/${credit.id}/choice`, owner.token, { choice: 'REFUND' });
  if (payment === undefined) return;
  const request = {
    subject: 'PAYMENT',
    subjectId: payment.orderId,
    billId: bill.id,
    effect: 'BILL_OPEN',
    amountFen: payment.refundableFen,
    reason: '重复缴费',
  };
  const asked = await app.post<AskedResponse>(`${fees.base}/refunds`, fees.clerk.token, request, newKey());
  const decision = `${fees.base}/refunds/${asked.body.id}/decision`;
  await app.post(decision, fees.manager.token, { approve: true, note: '' });
  await app.runJobs();
}

const happen: Readonly<Record<Event, (household: Household) => Promise<unknown>>> = {
  // Whoever had typed the password when the order was closed has paid all the same.
  'the payment': ({ order }) => world.pay(order, { force: true }),
  'the callback': () => world.deliver(),
  'a query': ({ order }) => world.app.nest.get(PayOrdersService).ask(order.orderNo),
  closing: ({ owner, order }) => world.app.post(`/api/me/pay-orders/${order.orderNo}/cancel`, owner.token),
  'a refund': giveBack,
};

interface Outcome {
  readonly billState: string;
  readonly inGatewayFen: number;
  readonly owedBackFen: number;
}

async function outcomeOf(events: readonly Event[], owner: TestPerson): Promise<Outcome> {
  const before = await balances(world.app.database, world.fees.estateId);
  const bill = await world.fees.billOf(owner);
  const household = { owner, bill, order: await world.ordered(owner, [bill]) };
  for (const event of events) await happen[event](household);
  // Whatever was lost on the way is found by the sweeps, whatever is told again changes nothing.
  await world.wait(2 * MINUTE_MS);
  await world.control('POST', '/callbacks/resend', { subject: household.order.orderNo });
  await world.deliver();
  await world.deliver();
  const after = await balances(world.app.database, world.fees.estateId);
  const [credit] = (await world.app.get<MyRefunds>('/api/me/refunds', owner.token)).body.credits;
  return {
    billState: (await world.fees.billOf(owner)).state,
    inGatewayFen: (after.GATEWAY_CLEARING ?? 0) - (before.GATEWAY_CLEARING ?? 0),
    owedBackFen: credit?.leftFen ?? 0,
  };
}

/** The payment took place in every one of them: the bill is paid, or the home has its money, or it is back. */
const LAWFUL: readonly Outcome[] = [
  { billState: 'PAID', inGatewayFen: 5809, owedBackFen: 0 },
  { billState: 'ISSUED', inGatewayFen: 5809, owedBackFen: 5809 },
  { billState: 'ISSUED', inGatewayFen: 0, owedBackFen: 0 },
];

test('payment, callback, query, closing and refund, in every order, lose nothing and book nothing twice', async () => {
  const seen = new Set<number>();
  for (const [n, events] of EVERY_ORDER.entries()) {
    const owner = owners[n];
    if (owner === undefined) throw new Error('nobody lives there');
    const outcome = await outcomeOf(events, owner);
    const kind = LAWFUL.findIndex((lawful) => JSON.stringify(lawful) === JSON.stringify(outcome));
    expect([events.join(', '), outcome, kind]).not.toEqual([events.join(', '), outcome, -1]);
    seen.add(kind);
    const closedFirst = events.indexOf('closing') < events.indexOf('the payment');
    if (closedFirst) expect(outcome.billState).toBe('ISSUED');
  }
  expect(seen.size).toBe(LAWFUL.length);
  expect(await world.count('pay_orders')).toBe(EVERY_ORDER.length);
  for (const invariant of readInvariants(readFileSync(INVARIANTS, 'utf8')))
    expect([invariant.name, await breachesOf(world.app.database, invariant)]).toEqual([invariant.name, []]);
}, 900_000);
