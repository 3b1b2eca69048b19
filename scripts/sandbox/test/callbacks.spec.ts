import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';

import { RETRY_PAUSES_MS } from '../delivery/callbacks.ts';
import { asObject, type Json } from '../json.ts';
import { openidOf } from '../main.ts';
import type { Attempt, Delivery } from '../records.ts';
import { openMerchant, PAYER, refusalOf, type Merchant } from './merchant.ts';

let merchant: Merchant;
let outTradeNo: string;
let serial = 0;

beforeAll(async () => {
  merchant = await openMerchant();
});
afterAll(() => merchant.close());
beforeEach(async () => {
  await merchant.control('POST', '/reset');
  // However long a test takes, its time is what it says.
  await merchant.control('POST', '/clock', { hold: Date.now() });
  merchant.received.length = 0;
  serial += 1;
  outTradeNo = `WY2026110000${String(serial).padStart(4, '0')}`;
});
afterEach(() => merchant.answerWith());

const fault = (body: object) => merchant.control('POST', '/faults', body);
const advance = (ms: number) => merchant.control('POST', '/clock', { advanceMs: ms });
const queryOrder = async (number: string): Promise<Json> => {
  const params = { mchid: merchant.sandbox.config.mchId };
  const { data } = await merchant.call(`v3/pay/transactions/out-trade-no/${number}`).get({ params });
  return asObject(data) ?? {};
};

async function payOne(number = outTradeNo): Promise<void> {
  await merchant.pay(await merchant.order(number));
}

async function deliveries(): Promise<Delivery[]> {
  const { items } = await merchant.control('GET', '/callbacks');
  return items as Delivery[];
}

async function onlyDelivery(): Promise<Delivery> {
  const all = await deliveries();
  const [first] = all;
  if (!first || all.length !== 1) throw new Error(`there are ${all.length} deliveries`);
  return first;
}

const outcomes = (attempts: readonly Attempt[]): string[] => attempts.map((attempt) => attempt.outcome);
const genuine = (): boolean[] => merchant.received.map((item) => item.genuine);

describe('a callback that the merchant answers well', () => {
  it.each([200, 204])('with %d is over after the first try', async (status) => {
    merchant.answerWith(status);
    await payOne();
    await merchant.sandbox.settle();
    await advance(2 * 86_400_000);
    expect(merchant.received).toHaveLength(1);
    expect(await onlyDelivery()).toMatchObject({ state: 'accepted', nextAt: null });
  });

  it('waits until it is asked for, when the clock is a test’s', async () => {
    await payOne();
    expect(merchant.received).toHaveLength(0);
    await merchant.control('POST', '/callbacks/run');
    expect(merchant.received).toHaveLength(1);
  });

  it('or is there already when the payer’s call returns, if that was asked for', async () => {
    const prepay_id = await merchant.order(outTradeNo);
    await merchant.control('POST', '/pay', { prepay_id, openid: PAYER, waitForCallback: true });
    expect(merchant.received).toHaveLength(1);
  });

  it('can be sent once more by hand, under the same id', async () => {
    await payOne();
    await merchant.sandbox.settle();
    expect(await merchant.control('POST', '/callbacks/resend', { subject: outTradeNo })).toEqual({ sent: 1 });
    const [first, second] = merchant.received;
    expect(second?.genuine).toBe(true);
    expect(second?.id).toBe(first?.id);
    expect(second?.headers['wechatpay-nonce']).not.toBe(first?.headers['wechatpay-nonce']);
  });
});

describe('a callback that the merchant does not accept', () => {
  it('comes again on WeChat’s schedule, sixteen times in 24 hours and four minutes, and then no more', async () => {
    expect(RETRY_PAUSES_MS.reduce((sum, pause) => sum + pause, 0)).toBe((24 * 60 + 4) * 60_000);
    merchant.answerWith(...Array.from({ length: 40 }, () => 500));
    await payOne();
    await advance(3 * 86_400_000);
    const { attempts, state } = await onlyDelivery();
    expect(state).toBe('given-up');
    expect(merchant.received).toHaveLength(16);
    const pauses = attempts.slice(1).map((attempt, index) => attempt.at - (attempts[index]?.at ?? 0));
    expect(pauses).toEqual(RETRY_PAUSES_MS);
    expect(new Set(merchant.received.map((item) => item.id)).size).toBe(1);
    expect(new Set(merchant.received.map((item) => item.headers['wechatpay-nonce'])).size).toBe(16);
    expect(genuine().every(Boolean)).toBe(true);
  });

  it('stops coming as soon as it is accepted', async () => {
    merchant.answerWith(500, 404, 302, 204);
    await payOne();
    await advance(86_400_000);
    expect(await onlyDelivery()).toMatchObject({
      state: 'accepted',
      attempts: [{ status: 500 }, { status: 404 }, { status: 302 }, { status: 204 }],
    });
  });

  it('counts as not accepted when the answer takes too long', async () => {
    const speak = merchant.keepSilent();
    await merchant.control('POST', '/settings', { callbackTimeoutMs: 30 });
    await payOne();
    await merchant.sandbox.settle();
    speak();
    await merchant.control('POST', '/settings', { callbackTimeoutMs: 5000 });
    expect(outcomes((await onlyDelivery()).attempts)).toEqual(['timeout']);
    await advance(15_000);
    expect(outcomes((await onlyDelivery()).attempts)).toEqual(['timeout', 'accepted']);
  });

  it('counts as not accepted when nobody listens', async () => {
    await merchant.pay(await merchant.order(outTradeNo, { notify_url: 'http://127.0.0.1:9/callbacks' }));
    await merchant.sandbox.settle();
    expect(outcomes((await onlyDelivery()).attempts)).toEqual(['unreachable']);
  });

  it('comes back sooner when the schedule is scaled down', async () => {
    await merchant.control('POST', '/settings', { retryScale: 0.001 });
    merchant.answerWith(500, 204);
    await payOne();
    await advance(15);
    await merchant.control('POST', '/settings', { retryScale: 1 });
    expect(outcomes((await onlyDelivery()).attempts)).toEqual(['refused', 'accepted']);
  });
});

describe('faults: lost and late', () => {
  it('a lost callback never comes, and the query tells the truth', async () => {
    await fault({ kind: 'lose', attempts: 'all' });
    await payOne();
    await advance(2 * 86_400_000);
    expect(merchant.received).toHaveLength(0);
    expect(await onlyDelivery()).toMatchObject({ state: 'given-up' });
    expect(await queryOrder(outTradeNo)).toMatchObject({ trade_state: 'SUCCESS' });
  });

  it('with two attempts lost, the third comes half a minute later', async () => {
    await fault({ kind: 'lose', attempts: 2 });
    await payOne();
    await advance(29_000);
    expect(merchant.received).toHaveLength(0);
    await advance(2_000);
    expect(outcomes((await onlyDelivery()).attempts)).toEqual(['lost', 'lost', 'accepted']);
  });

  it('a delayed callback comes when its time is there', async () => {
    await fault({ kind: 'delay', ms: 3_600_000 });
    await payOne();
    await advance(3_599_000);
    expect(merchant.received).toHaveLength(0);
    await advance(2_000);
    expect(genuine()).toEqual([true]);
  });

  it('a fault meets the order it names and no other', async () => {
    await fault({ kind: 'lose', attempts: 'all', outTradeNo: `${outTradeNo}B` });
    await payOne(`${outTradeNo}A`);
    await payOne(`${outTradeNo}B`);
    await merchant.sandbox.settle();
    expect(merchant.received.map((item) => item.content?.['out_trade_no'])).toEqual([`${outTradeNo}A`]);
  });

  it('is used up after the times it was told', async () => {
    await fault({ kind: 'lose', attempts: 'all', times: 2 });
    for (const letter of ['A', 'B', 'C']) await payOne(outTradeNo + letter);
    await merchant.sandbox.settle();
    expect(merchant.received.map((item) => item.content?.['out_trade_no'])).toEqual([`${outTradeNo}C`]);
    expect(await merchant.control('GET', '/faults')).toEqual({ items: [] });
  });
});

describe('faults: repeated and out of order', () => {
  it.each([false, true])(
    'copies come after the accepted one (at the same time: %p)',
    async (concurrently) => {
      await fault({ kind: 'repeat', copies: 9, concurrently });
      await payOne();
      await merchant.sandbox.settle();
      expect(genuine()).toEqual(Array.from({ length: 10 }, () => true));
      expect(new Set(merchant.received.map((item) => item.id)).size).toBe(1);
      expect((await onlyDelivery()).copies).toHaveLength(9);
    },
  );

  it('copies are not copied again when the callback is sent once more by hand', async () => {
    await fault({ kind: 'repeat', copies: 2 });
    await payOne();
    await merchant.sandbox.settle();
    await merchant.control('POST', '/callbacks/resend', { subject: outTradeNo });
    expect(merchant.received).toHaveLength(4);
  });

  it('a reordered callback lets the next one pass', async () => {
    await fault({ kind: 'reorder' });
    await payOne(`${outTradeNo}A`);
    await payOne(`${outTradeNo}B`);
    await merchant.sandbox.settle();
    expect(merchant.received.map((item) => item.content?.['out_trade_no'])).toEqual([
      `${outTradeNo}B`,
      `${outTradeNo}A`,
    ]);
  });

  it('and goes by itself when no other comes', async () => {
    await fault({ kind: 'reorder' });
    await payOne();
    await merchant.sandbox.settle();
    expect(merchant.received).toHaveLength(0);
    await advance(15_000);
    expect(genuine()).toEqual([true]);
  });
});

describe('faults: corrupted', () => {
  it.each(['signature', 'probe', 'body', 'truncated', 'stale', 'serial', 'unsigned'])(
    '%s: the SDK’s verification refuses it, and the right one follows after 15 seconds',
    async (part) => {
      await fault({ kind: 'corrupt', part });
      await payOne();
      await merchant.sandbox.settle();
      expect(merchant.received).toMatchObject([{ genuine: false, content: null }]);
      await advance(15_000);
      expect(merchant.received[1]).toMatchObject({ genuine: true, content: { out_trade_no: outTradeNo } });
      expect((await onlyDelivery()).attempts).toMatchObject([
        { outcome: 'refused', corrupted: part },
        { outcome: 'accepted', corrupted: null },
      ]);
    },
  );

  it.each(['ciphertext', 'associated-data', 'algorithm'])(
    '%s: properly signed, and yet it does not decrypt',
    async (part) => {
      await fault({ kind: 'corrupt', part });
      await payOne();
      await merchant.sandbox.settle();
      expect(merchant.received).toMatchObject([{ genuine: true, content: null }]);
      await advance(15_000);
      expect(merchant.received[1]).toMatchObject({ genuine: true, content: { out_trade_no: outTradeNo } });
    },
  );

  it('a probe looks as WeChat’s probes look', async () => {
    await fault({ kind: 'corrupt', part: 'probe' });
    await payOne();
    await merchant.sandbox.settle();
    expect(merchant.received[0]?.headers['wechatpay-signature']).toMatch(/^WECHATPAY\/SIGNTEST\//);
  });

  it('can stay wrong for good', async () => {
    await fault({ kind: 'corrupt', part: 'signature', attempts: 'all' });
    await payOne();
    await advance(2 * 86_400_000);
    expect(merchant.received).toHaveLength(16);
    expect(genuine().some(Boolean)).toBe(false);
  });
});

describe('faults: contradicting', () => {
  it.each([
    ['amount', { amountFen: 1 }, { amount: { total: 1, payer_total: 1 } }],
    ['currency', { currency: 'USD' }, { amount: { total: 34_936, currency: 'USD' } }],
    ['payer', { openid: openidOf('neighbour') }, { payer: { openid: openidOf('neighbour') } }],
    ['merchant', { mchid: '1900000000' }, { mchid: '1900000000' }],
    ['app', { appid: 'wx0000000000000000' }, { appid: 'wx0000000000000000' }],
    ['number', { outTradeNo: 'WY20260000009999' }, { out_trade_no: 'WY20260000009999' }],
    ['state', { tradeState: 'NOTPAY' }, { trade_state: 'NOTPAY' }],
  ])(
    'a wrong %s is properly signed and encrypted, and the query knows better',
    async (_field, change, told) => {
      await fault({ kind: 'contradict', change });
      await payOne();
      await merchant.sandbox.settle();
      expect(merchant.received).toMatchObject([{ genuine: true, content: told }]);
      expect(await queryOrder(outTradeNo)).toMatchObject({
        trade_state: 'SUCCESS',
        amount: { total: 34_936, currency: 'CNY' },
        payer: { openid: PAYER },
      });
    },
  );

  it('a wrong amount can be what WeChat says everywhere', async () => {
    await fault({ kind: 'contradict', change: { amountFen: 30_000 }, everywhere: true });
    await payOne();
    await merchant.sandbox.settle();
    expect(merchant.received).toMatchObject([{ content: { amount: { total: 30_000 } } }]);
    expect(await queryOrder(outTradeNo)).toMatchObject({ amount: { total: 30_000 } });
  });
});

describe('faults of the API itself', () => {
  const placing = '/v3/pay/transactions/jsapi';

  it('an order refused as busy is not there', async () => {
    await fault({ kind: 'refuse', path: placing, code: 'SYSTEM_ERROR', status: 500 });
    const { status, body } = await refusalOf(merchant.order(outTradeNo));
    expect([status, body['code']]).toEqual([500, 'SYSTEM_ERROR']);
    expect((await refusalOf(queryOrder(outTradeNo))).body['code']).toBe('ORDER_NOT_EXIST');
    expect(await merchant.order(outTradeNo)).toMatch(/^wx/);
  });

  it('an order whose reply was lost is there, and asking again gives its prepay id', async () => {
    await fault({ kind: 'lose-reply', path: placing });
    await expect(merchant.order(outTradeNo)).rejects.toThrow();
    expect(await queryOrder(outTradeNo)).toMatchObject({ trade_state: 'NOTPAY' });
    expect(await merchant.order(outTradeNo)).toMatch(/^wx/);
  });

  it('an unreachable API has done nothing', async () => {
    await fault({ kind: 'unreachable', path: placing });
    await expect(merchant.order(outTradeNo)).rejects.toThrow();
    expect((await refusalOf(queryOrder(outTradeNo))).body['code']).toBe('ORDER_NOT_EXIST');
  });

  it.each(['unsigned-reply', 'forge-reply', 'stale-reply'])('the SDK throws on a %s', async (kind) => {
    await fault({ kind, path: placing, method: 'POST' });
    await expect(merchant.order(outTradeNo)).rejects.toThrow();
    expect(await merchant.order(outTradeNo)).toMatch(/^wx/);
  });

  it('a slow reply outlasts an impatient client', async () => {
    await fault({ kind: 'slow-reply', path: '/v3/certificates', ms: 200 });
    await expect(merchant.call('v3/certificates').get({ timeout: 20 })).rejects.toThrow('timeout');
  });

  it('a fault that makes no sense is refused', async () => {
    for (const body of [{ kind: 'explode' }, { kind: 'corrupt', part: 'soul' }, { kind: 'lose', times: 0 }]) {
      expect(await fault(body)).toHaveProperty('error');
    }
    expect(await merchant.control('GET', '/faults')).toEqual({ items: [] });
  });
});
