import { X509Certificate } from 'node:crypto';

import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';

import { asObject, textOf } from '../json.ts';
import { openidOf } from '../main.ts';
import { open } from '../signatures.ts';
import {
  openMerchant,
  orderBody,
  PAYER,
  paymentParameters,
  refusalOf,
  sdk,
  type Merchant,
} from './merchant.ts';

let merchant: Merchant;

beforeAll(async () => {
  merchant = await openMerchant();
});
afterAll(() => merchant.close());
beforeEach(async () => {
  await merchant.control('POST', '/reset');
  // However long a test takes, its time is what it says.
  await merchant.control('POST', '/clock', { hold: Date.now() });
  merchant.received.length = 0;
});

const byNumber = (outTradeNo: string): string => `v3/pay/transactions/out-trade-no/${outTradeNo}`;
const withMchid = (): object => ({ params: { mchid: merchant.sandbox.config.mchId } });
const query = (outTradeNo: string) => merchant.call(byNumber(outTradeNo)).get(withMchid());
const closeCall = (outTradeNo: string) =>
  merchant.call(`${byNumber(outTradeNo)}/close`).post({ mchid: merchant.sandbox.config.mchId });
const place = (outTradeNo: string, changes: object = {}) =>
  merchant.call('v3/pay/transactions/jsapi').post(orderBody(merchant, outTradeNo, changes));
const advance = (ms: number) => merchant.control('POST', '/clock', { advanceMs: ms });

describe('an order from the SDK to the paid bill', () => {
  it('is placed, unpaid, paid, and told of in a callback that the SDK can verify and decrypt', async () => {
    const prepayId = await merchant.order('WY20261000000001', { attach: '3-1-201' });
    expect(prepayId).toMatch(/^wx\d{14}[0-9a-f]{20}$/);
    expect((await query('WY20261000000001')).data).toMatchObject({
      trade_state: 'NOTPAY',
      trade_state_desc: '订单未支付',
      amount: { total: 34_936 },
    });

    expect(await merchant.pay(prepayId)).toEqual({ errMsg: 'requestPayment:ok' });
    await merchant.sandbox.settle();

    const { data: paid } = await query('WY20261000000001');
    expect(paid).toMatchObject({
      mchid: merchant.sandbox.config.mchId,
      appid: merchant.sandbox.config.appId,
      trade_state: 'SUCCESS',
      trade_type: 'JSAPI',
      attach: '3-1-201',
      payer: { openid: PAYER },
      amount: { total: 34_936, payer_total: 34_936, currency: 'CNY', payer_currency: 'CNY' },
    });
    expect(merchant.received).toHaveLength(1);
    expect(merchant.received[0]).toMatchObject({
      genuine: true,
      eventType: 'TRANSACTION.SUCCESS',
      content: paid,
    });
    expect(merchant.received[0]?.headers['wechatpay-serial']).toBe(
      merchant.sandbox.config.platformPublicKeyId,
    );

    const transactionId = textOf(asObject(paid), 'transaction_id');
    expect(transactionId).toMatch(/^4200\d{24}$/);
    const byId = await merchant.call(`v3/pay/transactions/id/${transactionId}`).get(withMchid());
    expect(byId.data).toEqual(paid);
  });

  it('the five parameters of wx.requestPayment pay it too, when the merchant signed them', async () => {
    const parameters = paymentParameters(merchant, await merchant.order('WY20261000000002'));
    const paid = await merchant.control('POST', '/pay', { ...parameters, openid: PAYER });
    expect(paid).toEqual({ errMsg: 'requestPayment:ok' });
  });

  it('and do not pay when any of them was changed after signing', async () => {
    const parameters = paymentParameters(merchant, await merchant.order('WY20261000000003'));
    for (const field of ['timeStamp', 'nonceStr', 'package', 'signType', 'paySign']) {
      const changed = { ...parameters, [field]: `${parameters[field]}1`, openid: PAYER };
      const result = await merchant.control('POST', '/pay', changed);
      expect(result).toMatchObject({ errMsg: 'requestPayment:fail', detail: '支付验证签名失败' });
    }
    expect((await query('WY20261000000003')).data).toMatchObject({ trade_state: 'NOTPAY' });
  });

  it('a payer who cancels, and one whose bank refuses, leave it unpaid and tell nobody', async () => {
    const prepay_id = await merchant.order('WY20261000000004');
    const cancelled = await merchant.control('POST', '/pay', { prepay_id, openid: PAYER, outcome: 'cancel' });
    expect(cancelled).toEqual({ errMsg: 'requestPayment:fail cancel' });
    const failed = await merchant.control('POST', '/pay', { prepay_id, openid: PAYER, outcome: 'fail' });
    expect(failed['errMsg']).toBe('requestPayment:fail');
    await merchant.sandbox.settle();
    expect((await query('WY20261000000004')).data).toMatchObject({ trade_state: 'NOTPAY' });
    expect(merchant.received).toHaveLength(0);
  });

  it('somebody else’s account cannot pay it', async () => {
    const prepay_id = await merchant.order('WY20261000000005');
    const result = await merchant.control('POST', '/pay', { prepay_id, openid: openidOf('neighbour') });
    expect(result).toMatchObject({ errMsg: 'requestPayment:fail', detail: '下单账号与支付账号不一致' });
  });

  it('is paid once, however often the payer taps', async () => {
    const prepayId = await merchant.order('WY20261000000006');
    const results = await Promise.all([1, 2, 3, 4, 5].map(() => merchant.pay(prepayId)));
    expect(results.filter((result) => result['errMsg'] === 'requestPayment:ok')).toHaveLength(1);
    await merchant.sandbox.settle();
    expect(merchant.received).toHaveLength(1);
  });
});

describe('asking again', () => {
  it('the same request gives the same prepay id while that is good, and a new one after two hours', async () => {
    const first = await merchant.order('WY20261000000010');
    expect(await merchant.order('WY20261000000010')).toBe(first);
    await advance(2 * 3_600_000);
    const second = await merchant.order('WY20261000000010');
    expect(second).not.toBe(first);
    expect(await merchant.pay(first)).toMatchObject({ detail: '没有这笔订单' });
    expect(await merchant.pay(second)).toEqual({ errMsg: 'requestPayment:ok' });
  });

  it.each([
    ['another amount', { amount: { total: 1, currency: 'CNY' } }],
    ['another payer', { payer: { openid: openidOf('neighbour') } }],
    ['another description', { description: '停车费' }],
  ])('the number cannot be used for %s', async (_situation, changes) => {
    await merchant.order('WY20261000000011');
    const { status, body } = await refusalOf(place('WY20261000000011', changes));
    expect([status, body['code']]).toEqual([403, 'OUT_TRADE_NO_USED']);
  });

  it('a paid number and a closed number stay so', async () => {
    await merchant.pay(await merchant.order('WY20261000000012'));
    const paid = await refusalOf(place('WY20261000000012'));
    expect([paid.status, paid.body['code']]).toEqual([400, 'ORDERPAID']);

    const prepayId = await merchant.order('WY20261000000013');
    await closeCall('WY20261000000013');
    const closed = await refusalOf(place('WY20261000000013'));
    expect([closed.status, closed.body['code']]).toEqual([400, 'ORDER_CLOSED']);
    expect(await merchant.pay(prepayId)).toMatchObject({ detail: '订单已关闭' });
  });
});

describe('closing', () => {
  it('answers 204 with a signature over nothing, which the SDK verifies, every time', async () => {
    await merchant.order('WY20261000000020');
    for (const _ of [1, 2]) {
      const reply = await closeCall('WY20261000000020');
      expect([reply.status, reply.data]).toEqual([204, '']);
    }
    expect((await query('WY20261000000020')).data).toMatchObject({ trade_state: 'CLOSED' });
  });

  it('a paid order cannot be closed', async () => {
    await merchant.pay(await merchant.order('WY20261000000021'));
    const { status, body } = await refusalOf(closeCall('WY20261000000021'));
    expect([status, body['code']]).toEqual([400, 'ORDERPAID']);
  });

  it('a number that was never used closes as quietly as WeChat closes it', async () => {
    expect((await closeCall('WY20261000000022')).status).toBe(204);
  });

  it('money can still arrive from a payer who had the password typed in', async () => {
    const prepay_id = await merchant.order('WY20261000000023');
    await closeCall('WY20261000000023');
    const late = await merchant.control('POST', '/pay', { prepay_id, openid: PAYER, force: true });
    expect(late).toEqual({ errMsg: 'requestPayment:ok' });
    expect((await query('WY20261000000023')).data).toMatchObject({ trade_state: 'SUCCESS' });
  });
});

describe('the end of paying', () => {
  it('is seven days away by default', async () => {
    await merchant.order('WY20261000000030');
    await advance(7 * 86_400_000 - 1000);
    expect(await merchant.pay(await merchant.order('WY20261000000030'))).toEqual({
      errMsg: 'requestPayment:ok',
    });
    await merchant.order('WY20261000000031');
    await advance(7 * 86_400_000 + 1);
    const late = await merchant.pay(await merchant.order('WY20261000000031'));
    expect(late).toMatchObject({ detail: '已超过支付期限，请返回重新下单' });
  });

  it('passes by itself, but the order is open until the merchant closes it', async () => {
    const time_expire = new Date(Date.now() + 600_000).toISOString();
    const prepayId = await merchant.order('WY20261000000032', { time_expire });
    await advance(660_000);
    expect(await merchant.pay(prepayId)).toMatchObject({ errMsg: 'requestPayment:fail' });
    expect((await query('WY20261000000032')).data).toMatchObject({ trade_state: 'NOTPAY' });
  });

  it('a time already past is moved to a minute from now', async () => {
    const prepayId = await merchant.order('WY20261000000033', { time_expire: '2020-01-01T00:00:00+08:00' });
    expect(await merchant.pay(prepayId)).toEqual({ errMsg: 'requestPayment:ok' });
  });
});

describe('orders that WeChat refuses', () => {
  it.each([
    ['no description', { description: '' }, '/description'],
    ['128 characters of description', { description: '费'.repeat(128) }, '/description'],
    ['a number of five characters', { out_trade_no: 'WY001' }, '/out_trade_no'],
    ['a number of 33 characters', { out_trade_no: 'W'.repeat(33) }, '/out_trade_no'],
    ['a number with a blank', { out_trade_no: 'WY 20261001' }, '/out_trade_no'],
    ['plain HTTP to another machine', { notify_url: 'http://linli.example.cn/pay' }, '/notify_url'],
    ['a callback address with a query', { notify_url: 'https://linli.example.cn/pay?a=1' }, '/notify_url'],
    ['a callback address that is none', { notify_url: 'pay' }, '/notify_url'],
    ['an amount of nothing', { amount: { total: 0 } }, '/amount/total'],
    ['an amount in yuan', { amount: { total: 349.36 } }, '/amount/total'],
    ['an amount as text', { amount: { total: '34936' } }, '/amount/total'],
    ['no amount', { amount: undefined }, '/amount/total'],
    ['dollars', { amount: { total: 1, currency: 'USD' } }, '/amount/currency'],
    ['no payer', { payer: {} }, '/payer/openid'],
    ['a payer who is no openid', { payer: { openid: 'owner-1' } }, '/payer/openid'],
    ['a time without a zone', { time_expire: '2026-11-21T20:00:00' }, '/time_expire'],
    ['129 characters attached', { attach: 'a'.repeat(129) }, '/attach'],
  ])('%s', async (_situation, changes, field) => {
    const { status, body } = await refusalOf(place('WY20261000000040', changes));
    expect([status, body['code'], asObject(body['detail'])?.['field']]).toEqual([400, 'PARAM_ERROR', field]);
    expect(await merchant.control('GET', '/orders')).toEqual({ items: [] });
  });

  it('for an app or a merchant that is not the caller’s', async () => {
    const otherApp = await refusalOf(place('WY20261000000041', { appid: 'wx0000000000000000' }));
    expect([otherApp.status, otherApp.body['code']]).toEqual([400, 'APPID_MCHID_NOT_MATCH']);
    const otherMerchant = await refusalOf(place('WY20261000000041', { mchid: '1900000000' }));
    expect([otherMerchant.status, otherMerchant.body['code']]).toEqual([400, 'MCH_NOT_EXISTS']);
  });

  it('a callback address over plain HTTP is fine where the app itself is served so', async () => {
    const home = await openMerchant({ appOrigins: ['http://192.168.1.20:3000'] });
    const notify_url = 'http://192.168.1.20:3000/api/payments/callback';
    expect(await home.order('WY20261000000043', { notify_url })).toMatch(/^wx/);
    await home.close();
  });

  it('a callback address over HTTPS anywhere is fine', async () => {
    const notify_url = `https://linli.example.cn/${'p'.repeat(230)}`;
    expect(await merchant.order('WY20261000000042', { notify_url })).toMatch(/^wx/);
  });
});

describe('asking about orders', () => {
  it('an order that nobody placed is not there', async () => {
    const { status, body } = await refusalOf(query('WY20261000000050'));
    expect([status, body['code']]).toEqual([404, 'ORDER_NOT_EXIST']);
  });

  it('the merchant has to name itself', async () => {
    await merchant.order('WY20261000000051');
    const unnamed = await refusalOf(merchant.call(byNumber('WY20261000000051')).get());
    expect([unnamed.status, unnamed.body['code']]).toEqual([400, 'PARAM_ERROR']);
    const other = { params: { mchid: '1900000000' } };
    const wrong = await refusalOf(merchant.call(byNumber('WY20261000000051')).get(other));
    expect(wrong.body['code']).toBe('MCH_NOT_EXISTS');
  });
});

describe('the platform’s two keys', () => {
  it('replies are signed with the certificate’s key when the merchant names its serial', async () => {
    await merchant.order('WY20261000000060');
    const serial = merchant.sandbox.config.platformCertificateSerial;
    const reply = await merchant
      .call(byNumber('WY20261000000060'))
      .get({ ...withMchid(), headers: { 'Wechatpay-Serial': serial } });
    expect(reply.headers['wechatpay-serial']).toBe(serial);
  });

  it('callbacks are signed with it when told so', async () => {
    await merchant.control('POST', '/settings', { signCallbacksWith: 'certificate' });
    await merchant.pay(await merchant.order('WY20261000000061'));
    await merchant.sandbox.settle();
    await merchant.control('POST', '/settings', { signCallbacksWith: 'public-key' });
    const serial = merchant.sandbox.config.platformCertificateSerial;
    expect(merchant.received[0]).toMatchObject({ genuine: true, headers: { 'wechatpay-serial': serial } });
  });

  it('the certificate comes encrypted and is one that OpenSSL reads', async () => {
    const { data } = await merchant.call('v3/certificates').get();
    const [first] = Object.values(asObject(data) ?? {}).flat();
    const sealed = asObject(asObject(first)?.['encrypt_certificate']);
    const pem = open(
      textOf(sealed, 'ciphertext') ?? '',
      merchant.sandbox.config.apiV3Key,
      textOf(sealed, 'nonce') ?? '',
      textOf(sealed, 'associated_data') ?? '',
    );
    const certificate = new X509Certificate(pem);
    expect(certificate.serialNumber).toBe(merchant.sandbox.config.platformCertificateSerial);
    expect(certificate.verify(certificate.publicKey)).toBe(true);
    expect(Date.parse(certificate.validTo)).toBeGreaterThan(Date.now());
    expect(asObject(first)?.['serial_no']).toBe(certificate.serialNumber);
    expect(sdk.Rsa.from(pem, 'public').type).toBe('public');
  });
});
