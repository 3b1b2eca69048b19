import { readFileSync } from 'node:fs';
import { expect } from '@jest/globals';
import { composeNotification } from '../../../scripts/sandbox/delivery/notifications.ts';
import { CORRUPT_PARTS, type CorruptPart } from '../../../scripts/sandbox/records.ts';
import { breachesOf, readInvariants } from '../../src/cli/check-invariants.ts';
import { BillsRepository } from '../../src/features/fees/index.ts';
import { PersonsRepository } from '../../src/features/identity/index.ts';
import { PayeesService } from '../../src/features/payments/index.ts';
import { orderNoOf } from '../../src/features/payments/order-no.ts';
import { OrdersRepository } from '../../src/features/payments/orders.repository.ts';
import { Ids } from '../../src/kernel/ids/ids.ts';
import { PAY_CALLBACK_PATH } from '../../src/wechat/pay.adapter.ts';
import { balances } from './ledger-reader.ts';
import type { PayWorld } from './pay-world.ts';

const INVARIANTS = new URL('../../../scripts/invariants.sql', import.meta.url);
const OPENID = `o${'p'.repeat(27)}`;
const BILL_FEN = 5809;
const WRONG_FEN = 17;
const COPIES = 10;
/** One of so many callbacks is corrupt. */
const CORRUPT_EVERY = 20;
/** Of one payment in so many every callback tells a wrong amount, and one callback in so many of the others does. */
const WRONG_EVERY = 100;
const SENDERS = 32;
const AT_ONCE = 100;

interface Letter {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly genuine: boolean;
}

export interface Storm {
  readonly payments: number;
  readonly callbacks: number;
  readonly settled: number;
  readonly quarantined: number;
  readonly acceptedPerSecond: number;
  readonly bookedPerSecond: number;
}

/** Payments whose callbacks come ten times each, shuffled, some of them corrupt or wrong: every one has one outcome. */
export async function callbackStorm(world: PayWorld, payments: number): Promise<Storm> {
  const orderNos = await orders(world, payments);
  const letters = shuffled(await write(world, orderNos));
  const accepting = performance.now();
  const statuses = await send(world, letters);
  const booking = performance.now();
  await world.app.runJobs();
  const booked = performance.now();

  for (const [at, { genuine }] of letters.entries())
    if (genuine) expect(statuses[at]).toBe(204);
    else expect(Math.floor((statuses[at] ?? 0) / 100)).toBe(4);
  const settled = await world.count('bill_settlements');
  const quarantined = await world.count('pay_quarantine');
  expect(settled + quarantined).toBe(payments);
  expect(await world.count('receipts')).toBe(settled);
  expect(await world.count('pay_credits')).toBe(0);
  const books = await balances(world.app.database, world.fees.estateId);
  expect(books).toEqual({
    GATEWAY_CLEARING: settled * BILL_FEN + quarantined * WRONG_FEN,
    ...(quarantined === 0
      ? {}
      : { SUSPENSE: quarantined * WRONG_FEN, UNIT_RECEIVABLE: quarantined * BILL_FEN }),
    FEE_INCOME: payments * BILL_FEN,
  });
  for (const invariant of readInvariants(readFileSync(INVARIANTS, 'utf8')))
    expect([invariant.name, await breachesOf(world.app.database, invariant)]).toEqual([invariant.name, []]);
  const callbacks = letters.length;
  return {
    payments,
    callbacks,
    settled,
    quarantined,
    acceptedPerSecond: Math.round((callbacks * 1000) / (booking - accepting)),
    bookedPerSecond: Math.round((callbacks * 1000) / (booked - accepting)),
  };
}

/** As many homes with a bill, each ordered: the gateway has been asked, its callback comes before its answer. */
async function orders(world: PayWorld, payments: number): Promise<string[]> {
  const { app, fees } = world;
  const units = [];
  for (let n = 0; n < payments; n++) units.push(await fees.home(String(1000 + n)));
  const owner = await app.build.owner('业主', units);
  await fees.issue();
  const bills = await app.database.rows<{ id: string; unit_id: string }>(
    "SELECT id, unit_id FROM bills WHERE estate_id = ? AND payer = 'OWNER'",
    [fees.estateId],
  );
  expect(bills).toHaveLength(payments);
  const payee = await app.nest.get(PayeesService).of(app.database, fees.estateId, 'PROPERTY_FEE');
  const { appId, mchId } = world.sandbox.config;
  const payerIndex = app.nest.get(PersonsRepository).openidIndex(OPENID);
  const now = app.clock.now();
  const orderNos: string[] = [];
  for (let from = 0; from < bills.length; from += AT_ONCE)
    await app.database.transaction(async (tx) => {
      for (const bill of bills.slice(from, from + AT_ONCE)) {
        const id = app.nest.get(Ids).next();
        const orderNo = orderNoOf(id);
        orderNos.push(orderNo);
        const part = { billId: bill.id, principalFen: BILL_FEN, lateFeeFen: 0 };
        await app.nest.get(BillsRepository).reserve(tx, [part], orderNo);
        const order = {
          id,
          orderNo,
          estateId: fees.estateId,
          unitId: bill.unit_id,
          personId: owner.personId,
          payeeId: payee?.id ?? '',
          ledger: 'PROPERTY_FEE' as const,
          channel: 'WEAPP' as const,
          mchId,
          appId,
          payerIndex,
          amountFen: BILL_FEN,
          description: '物业费',
          expiresAt: now + 1_800_000,
        };
        await app.nest.get(OrdersRepository).add(tx, order, [part], now);
      }
    });
  return orderNos;
}

/** WeChat's retries carry one id and a signature of their own; a wrong amount is another notice, signed as well. */
async function write(world: PayWorld, orderNos: readonly string[]): Promise<Letter[]> {
  const signer = {
    credentials: await world.credentials(),
    clock: { wireTime: Date.now } as Parameters<typeof composeNotification>[0]['clock'],
    settings: { signCallbacksWith: 'public-key' as const },
  };
  const { appId, mchId } = world.sandbox.config;
  const at = new Date(world.app.clock.now()).toISOString();
  let written = 0;
  return orderNos.flatMap((orderNo, n) =>
    Array.from({ length: COPIES }, () => {
      written += 1;
      const corrupt = written % CORRUPT_EVERY === 0 ? corruptPart(written) : null;
      const wrong = n % WRONG_EVERY === 7 || written % WRONG_EVERY === 1;
      const content = {
        mchid: mchId,
        appid: appId,
        out_trade_no: orderNo,
        transaction_id: `4200${String(n).padStart(24, '0')}`,
        trade_state: 'SUCCESS',
        success_time: at,
        payer: { openid: OPENID },
        amount: { total: wrong ? WRONG_FEN : BILL_FEN, currency: 'CNY' },
      };
      const notification = {
        id: `EV-${orderNo}${wrong ? '-W' : ''}`,
        kind: 'payment' as const,
        url: world.origin,
        eventType: 'TRANSACTION.SUCCESS',
        summary: '支付成功',
        content: JSON.stringify(content),
        createdAt: Date.now(),
      };
      const { headers, body } = composeNotification(signer, notification, corrupt);
      return { headers, body, genuine: corrupt === null };
    }),
  );
}

const corruptPart = (n: number): CorruptPart =>
  CORRUPT_PARTS[Math.floor(n / CORRUPT_EVERY) % CORRUPT_PARTS.length] ?? 'signature';

/** Always the same order, and none that anybody would send in. */
function shuffled(letters: readonly Letter[]): Letter[] {
  const cards = [...letters];
  let seed = 20_261_121;
  for (let last = cards.length - 1; last > 0; last--) {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    const other = seed % (last + 1);
    const [one, two] = [cards[last], cards[other]];
    if (one !== undefined && two !== undefined) [cards[last], cards[other]] = [two, one];
  }
  return cards;
}

async function send(world: PayWorld, letters: readonly Letter[]): Promise<number[]> {
  const statuses: number[] = [];
  let next = 0;
  const sender = async () => {
    for (let at = next++; at < letters.length; at = next++) {
      const { headers = {}, body = '' } = letters[at] ?? {};
      const reply = await fetch(world.origin + PAY_CALLBACK_PATH, { method: 'POST', headers, body });
      await reply.arrayBuffer();
      statuses[at] = reply.status;
    }
  };
  await Promise.all(Array.from({ length: SENDERS }, sender));
  return statuses;
}
