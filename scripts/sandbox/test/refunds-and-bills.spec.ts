import { gunzipSync } from 'node:zlib';

import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';

import { asObject, textOf, type Json } from '../json.ts';
import { sha1 } from '../signatures.ts';
import { openMerchant, orderBody, PAYER, refusalOf, sdk, type Merchant } from './merchant.ts';

/** 21 November 2026, noon in China: a day with yesterdays. */
const NOON = Date.parse('2026-11-21T12:00:00+08:00');
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

let merchant: Merchant;

beforeAll(async () => {
  merchant = await openMerchant();
});
afterAll(() => merchant.close());
beforeEach(async () => {
  await merchant.control('POST', '/reset');
  await merchant.control('POST', '/clock', { hold: NOON });
  merchant.received.length = 0;
});

const advance = (ms: number) => merchant.control('POST', '/clock', { advanceMs: ms });

async function paidOrder(outTradeNo: string, changes: object = {}): Promise<void> {
  await merchant.pay(await merchant.order(outTradeNo, changes));
  await merchant.sandbox.settle();
}

async function refund(changes: object): Promise<Json> {
  const reply = await merchant.call('v3/refund/domestic/refunds').post({
    out_trade_no: 'WY20261100000001',
    out_refund_no: 'TK20261100000001',
    reason: '多收一个月',
    notify_url: merchant.notifyUrl,
    amount: { refund: 5_809, total: 34_936, currency: 'CNY' },
    ...changes,
  });
  return asObject(reply.data) ?? {};
}

const refundCode = async (changes: object): Promise<string> => {
  const { status, body } = await refusalOf(refund(changes));
  return `${status} ${textOf(body, 'code')}`;
};

async function queryRefund(outRefundNo: string): Promise<Json> {
  const { data } = await merchant.call(`v3/refund/domestic/refunds/${outRefundNo}`).get();
  return asObject(data) ?? {};
}

const part = (refund: number, number: number): object => ({
  out_refund_no: `TK2026110000000${number}`,
  amount: { refund, total: 34_936, currency: 'CNY' },
});

const ask = (params: object) => merchant.call('v3/bill/tradebill').get({ params });
const billCode = async (params: object): Promise<string> => {
  const { status, body } = await refusalOf(ask(params));
  return `${status} ${textOf(body, 'code')}`;
};

async function aDay(): Promise<void> {
  await paidOrder('WY20261100000001', { attach: '3-1-201,`x`' });
  await paidOrder('WY20261100000002', { amount: { total: 5, currency: 'CNY' } });
  await merchant.order('WY20261100000003');
  await refund({});
  await merchant.sandbox.settle();
}

const download = (params: object) => refusalOf(merchant.call('v3/billdownload/file').get({ params }));

/** Asks for the bill and fetches it with the SDK, checking the hash over the unzipped file. */
async function fetchBill(params: object): Promise<{ text: string; rows: Json[]; summary: Json }> {
  const { data } = await ask(params);
  const link = new URL(textOf(asObject(data), 'download_url') ?? '');
  const reply = await merchant.call(link.pathname.slice(1)).get({
    params: Object.fromEntries(link.searchParams),
    responseType: 'arraybuffer',
  });
  expect(reply.headers['wechatpay-signature']).toBeUndefined();
  const bytes = Buffer.from(reply.data as ArrayBuffer);
  const text = (link.searchParams.has('tartype') ? gunzipSync(bytes) : bytes).toString();
  expect(asObject(data)).toMatchObject({ hash_type: 'SHA1', hash_value: sha1(text) });
  return { text, ...sdk.Formatter.castCsvBill(text) };
}

describe('a refund', () => {
  it('is accepted first and done later, with a callback of its own', async () => {
    await paidOrder('WY20261100000001');
    merchant.received.length = 0;
    expect(await refund({})).toMatchObject({
      status: 'PROCESSING',
      amount: { refund: 5_809, total: 34_936, payer_refund: 5_809, currency: 'CNY' },
    });
    expect(await queryRefund('TK20261100000001')).toMatchObject({ status: 'PROCESSING' });
    await merchant.sandbox.settle();
    expect(await queryRefund('TK20261100000001')).toMatchObject({
      status: 'SUCCESS',
      success_time: '2026-11-21T12:00:00+08:00',
    });
    expect(merchant.received).toMatchObject([
      {
        genuine: true,
        eventType: 'REFUND.SUCCESS',
        content: { refund_status: 'SUCCESS', out_refund_no: 'TK20261100000001', amount: { refund: 5_809 } },
      },
    ]);
    const params = { mchid: merchant.sandbox.config.mchId };
    const order = await merchant.call('v3/pay/transactions/out-trade-no/WY20261100000001').get({ params });
    expect(order.data).toMatchObject({ trade_state: 'REFUND' });
  });

  it('asked for again under its number is the same refund', async () => {
    await paidOrder('WY20261100000001');
    const first = await refund({});
    expect(await refund({})).toEqual(first);
    expect(await refundCode({ amount: { refund: 1, total: 34_936, currency: 'CNY' } })).toBe(
      '400 INVALID_REQUEST',
    );
  });

  it('may be partial and repeated a minute apart, up to what was paid', async () => {
    await paidOrder('WY20261100000001');
    await refund(part(20_000, 1));
    expect(await refundCode(part(10_000, 2))).toBe('429 FREQUENCY_LIMITED');
    await advance(60_000);
    await refund(part(10_000, 2));
    await advance(60_000);
    expect(await refundCode(part(4_937, 3))).toBe('400 INVALID_REQUEST');
    expect(await refund(part(4_936, 3))).toMatchObject({ status: 'PROCESSING' });
  });

  it('is possible fifty times and for a year', async () => {
    await paidOrder('WY20261100000001');
    for (let number = 1; number <= 50; number += 1) {
      await refund(part(1, number));
      await advance(60_000);
    }
    expect(await refundCode(part(1, 51))).toBe('403 RULE_LIMIT');
    await paidOrder('WY20261100000002');
    await advance(365 * DAY + 1);
    expect(await refundCode({ out_trade_no: 'WY20261100000002' })).toBe('400 INVALID_REQUEST');
  });

  it('that was closed gave nothing back, so all of the money can still be given back', async () => {
    await merchant.control('POST', '/faults', { kind: 'refund-outcome', outcome: 'CLOSED' });
    await paidOrder('WY20261100000001');
    await refund(part(34_936, 1));
    await merchant.sandbox.settle();
    expect(merchant.received.at(-1)).toMatchObject({ eventType: 'REFUND.CLOSED' });
    await advance(60_000);
    expect(await refund(part(34_936, 2))).toMatchObject({ status: 'PROCESSING' });
  });

  it('that failed is tried again under its own number', async () => {
    await merchant.control('POST', '/faults', { kind: 'refund-outcome', outcome: 'ABNORMAL' });
    await paidOrder('WY20261100000001');
    const first = await refund({});
    await merchant.sandbox.settle();
    expect(merchant.received.at(-1)).toMatchObject({
      eventType: 'REFUND.ABNORMAL',
      content: { refund_status: 'ABNORMAL' },
    });
    const second = await refund({});
    expect(second['refund_id']).toBe(first['refund_id']);
    await merchant.sandbox.settle();
    expect(await queryRefund('TK20261100000001')).toMatchObject({ status: 'SUCCESS' });
  });

  it.each([
    ['of an order that is not there', { out_trade_no: 'WY20269999999999' }, '404 RESOURCE_NOT_EXISTS'],
    ['of no order at all', { out_trade_no: undefined }, '400 PARAM_ERROR'],
    ['with another total', { amount: { refund: 1, total: 1, currency: 'CNY' } }, '400 INVALID_REQUEST'],
    ['without a currency', { amount: { refund: 1, total: 34_936 } }, '400 PARAM_ERROR'],
    ['with 81 bytes of reason', { reason: '退'.repeat(27) }, '400 PARAM_ERROR'],
    ['with a blank in its number', { out_refund_no: 'TK 1' }, '400 PARAM_ERROR'],
  ])('%s is refused', async (_situation, changes, code) => {
    await paidOrder('WY20261100000001');
    expect(await refundCode(changes)).toBe(code);
  });

  it('of an unpaid order is refused, and so is asking for a refund that is not there', async () => {
    await merchant.order('WY20261100000001');
    expect(await refundCode({})).toBe('400 INVALID_REQUEST');
    const missing = await refusalOf(queryRefund('TK20269999999999'));
    expect([missing.status, missing.body['code']]).toEqual([404, 'RESOURCE_NOT_EXISTS']);
  });

  it('is refused for want of money when the control API says so', async () => {
    const path = '/v3/refund/domestic/refunds';
    const message = '基本账户余额不足';
    await merchant.control('POST', '/faults', {
      kind: 'refuse',
      path,
      status: 403,
      code: 'NOT_ENOUGH',
      message,
    });
    await paidOrder('WY20261100000001');
    expect(await refundCode({})).toBe('403 NOT_ENOUGH');
    expect(await refund({})).toMatchObject({ status: 'PROCESSING' });
  });
});

describe('the trade bill of a day', () => {
  it('lists payments and refunds in yuan, and the SDK reads it', async () => {
    await aDay();
    await advance(22 * HOUR);
    const { text, rows, summary } = await fetchBill({ bill_date: '2026-11-21' });
    expect(text.startsWith('交易时间,公众账号ID,商户号,')).toBe(true);
    expect(text).toContain('\r\n`2026-11-21 12:00:00,`wx');
    expect(rows).toHaveLength(3);
    expect(rows[0]).toMatchObject({
      商户订单号: 'WY20261100000001',
      用户标识: PAYER,
      交易状态: 'SUCCESS',
      应结订单金额: '349.36',
      手续费: '2.09616',
      费率: '0.60%',
      商户数据包: '3-1-201  x ',
    });
    expect(rows[1]).toMatchObject({ 商户订单号: 'WY20261100000002', 订单金额: '0.05', 手续费: '0.00030' });
    expect(rows[2]).toMatchObject({
      交易状态: 'REFUND',
      商户退款单号: 'TK20261100000001',
      退款金额: '58.09',
      申请退款金额: '58.09',
      退款状态: 'SUCCESS',
      手续费: '-0.34854',
    });
    expect(summary).toMatchObject({
      总交易单数: '3',
      应结订单总金额: '349.41',
      退款总金额: '58.09',
      手续费总金额: '1.74792',
    });
  });

  it('comes zipped when asked so, with the hash of the unzipped file', async () => {
    await aDay();
    await advance(DAY);
    const plain = await fetchBill({ bill_date: '2026-11-21', bill_type: 'ALL' });
    const zipped = await fetchBill({ bill_date: '2026-11-21', bill_type: 'ALL', tar_type: 'GZIP' });
    expect(zipped.text).toBe(plain.text);
  });

  it('comes for payments only and for refunds only', async () => {
    await aDay();
    await advance(DAY);
    const payments = await fetchBill({ bill_date: '2026-11-21', bill_type: 'SUCCESS' });
    expect(payments.rows.map((row) => row['商户订单号'])).toEqual(['WY20261100000001', 'WY20261100000002']);
    const refunds = await fetchBill({ bill_date: '2026-11-21', bill_type: 'REFUND' });
    expect(refunds.rows).toMatchObject([
      { 商户退款单号: 'TK20261100000001', 退款成功时间: '2026-11-21 12:00:00' },
    ]);
  });

  it('is there from ten the next morning and for three months', async () => {
    await aDay();
    expect(await billCode({ bill_date: '2026-11-21' })).toBe('400 PARAM_ERROR');
    await advance(22 * HOUR - 1);
    expect(await billCode({ bill_date: '2026-11-21' })).toBe('400 STATEMENT_CREATING');
    await advance(1);
    expect((await ask({ bill_date: '2026-11-21' })).status).toBe(200);
    await advance(92 * DAY);
    expect(await billCode({ bill_date: '2026-11-21' })).toBe('400 PARAM_ERROR');
  });

  it('of a day without business does not exist', async () => {
    expect(await billCode({ bill_date: '2026-11-19' })).toBe('400 NO_STATEMENT_EXIST');
    expect(await billCode({ bill_date: '2026-02-30' })).toBe('400 PARAM_ERROR');
  });

  it('can be fetched for five minutes, by the merchant, with the link as it was given', async () => {
    await aDay();
    await advance(DAY);
    const { data } = await ask({ bill_date: '2026-11-21' });
    const link = new URL(textOf(asObject(data), 'download_url') ?? '');
    const token = link.searchParams.get('token') ?? '';
    expect((await fetch(link)).status).toBe(401);
    expect((await download({ token: `${token}x` })).body['code']).toBe('INVALID_REQUEST');
    await advance(5 * 60_000 + 1);
    expect((await download({ token })).body['code']).toBe('INVALID_REQUEST');
  });

  it('differs from the truth where a fault says so', async () => {
    await aDay();
    await merchant.control('POST', '/faults', { kind: 'misstate-bill', outTradeNo: 'WY20261100000001' });
    await merchant.control('POST', '/faults', {
      kind: 'misstate-bill',
      outTradeNo: 'WY20261100000002',
      reportedFen: 6,
    });
    await advance(DAY);
    const { rows } = await fetchBill({ bill_date: '2026-11-21', bill_type: 'SUCCESS' });
    expect(rows).toMatchObject([{ 商户订单号: 'WY20261100000002', 订单金额: '0.06' }]);
  });

  it('tells a line twice, with another fee or another state, where a fault says so', async () => {
    await aDay();
    const misstate = (facts: object) =>
      merchant.control('POST', '/faults', { kind: 'misstate-bill', ...facts });
    await misstate({ outTradeNo: 'WY20261100000001', moreFeeUnits: 1_000 });
    await misstate({ outTradeNo: 'WY20261100000002', double: true });
    await misstate({ outRefundNo: 'TK20261100000001', state: 'ABNORMAL' });
    await advance(DAY);
    const { rows, summary } = await fetchBill({ bill_date: '2026-11-21' });
    expect(rows.map((row) => row['商户订单号']).sort()).toEqual([
      'WY20261100000001',
      'WY20261100000001',
      'WY20261100000002',
      'WY20261100000002',
    ]);
    expect(rows.find((row) => row['交易状态'] === 'REFUND')).toMatchObject({ 退款状态: 'ABNORMAL' });
    expect(rows.find((row) => row['订单金额'] === '349.36')).toMatchObject({ 手续费: '2.10616' });
    expect(summary).toMatchObject({ 总交易单数: '4' });
  });

  it('is not what its hash was taken of where a fault damages the file, once', async () => {
    await aDay();
    await merchant.control('POST', '/faults', { kind: 'damage-bill', damage: 'changed' });
    await advance(DAY);
    await expect(fetchBill({ bill_date: '2026-11-21' })).rejects.toThrow('hash_value');
    expect((await fetchBill({ bill_date: '2026-11-21' })).rows).toHaveLength(3);
  });
});

describe('a held clock', () => {
  it('stands still, moves when told, and orders tell its time', async () => {
    await paidOrder('WY20261100000001');
    const order = await merchant.control('GET', '/orders/WY20261100000001');
    expect(order['paidAt']).toBe(NOON);
    expect(await advance(1_000)).toEqual({ now: NOON + 1_000, manual: true });
    const body = orderBody(merchant, 'WY20261100000004');
    expect((await merchant.call('v3/pay/transactions/jsapi').post(body)).data).toMatchObject({
      prepay_id: expect.stringMatching(/^wx20261121120001/),
    });
  });
});
