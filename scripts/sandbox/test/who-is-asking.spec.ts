import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { asObject, type Json } from '../json.ts';
import { requestMessage, sign } from '../signatures.ts';
import { openMerchant, orderBody, type Merchant } from './merchant.ts';

let merchant: Merchant;
let merchantKey: KeyObject;

beforeAll(async () => {
  merchant = await openMerchant();
  merchantKey = createPrivateKey(merchant.sandbox.config.merchantPrivateKeyPem);
});
afterAll(() => merchant.close());

type Deviation = {
  readonly scheme?: string;
  readonly mchid?: string;
  readonly serial?: string;
  readonly timestamp?: number;
  readonly key?: KeyObject;
  readonly signedTarget?: string;
  readonly signedBody?: string;
};

/** A request signed by hand, right in everything but the deviation. */
async function send(
  target: string,
  body: string,
  deviation: Deviation = {},
): Promise<{ status: number; body: Json; signed: boolean }> {
  const { config } = merchant.sandbox;
  const method = body ? 'POST' : 'GET';
  const timestamp = deviation.timestamp ?? Math.floor(Date.now() / 1000);
  const nonce = '593BEC0C930BF1AFEB40B4A08C8FB242';
  const message = requestMessage(
    method,
    deviation.signedTarget ?? target,
    timestamp,
    nonce,
    deviation.signedBody ?? body,
  );
  const signature = sign(message, deviation.key ?? merchantKey);
  const fields = [
    `nonce_str="${nonce}"`,
    `mchid="${deviation.mchid ?? config.mchId}"`,
    `signature="${signature}"`,
    `timestamp="${timestamp}"`,
    `serial_no="${deviation.serial ?? config.merchantSerial}"`,
  ].join(',');
  const authorization = `${deviation.scheme ?? 'WECHATPAY2-SHA256-RSA2048'} ${fields}`;
  const reply = await fetch(`${config.payBase}${target}`, {
    method,
    headers: { authorization, accept: 'application/json', 'content-type': 'application/json' },
    ...(body ? { body } : {}),
  });
  const signed = reply.headers.has('wechatpay-signature');
  return { status: reply.status, body: asObject(await reply.json()) ?? {}, signed };
}

describe('a request by hand', () => {
  it('is served when everything is right', async () => {
    const body = JSON.stringify(orderBody(merchant, 'WY20261000000101'));
    expect(await send('/v3/pay/transactions/jsapi', body)).toMatchObject({ status: 200, signed: true });
  });

  it('counts with its exact bytes: blanks and line ends belong to the signature', async () => {
    const body = JSON.stringify(orderBody(merchant, 'WY20261000000102'), null, '\t');
    expect(await send('/v3/pay/transactions/jsapi', body)).toMatchObject({ status: 200 });
  });

  it('is shown what was verified when the signature does not fit', async () => {
    const body = JSON.stringify(orderBody(merchant, 'WY20261000000103'));
    const compact = body.replace('康宁家园', '康宁 家园');
    const refused = await send('/v3/pay/transactions/jsapi', body, { signedBody: compact });
    expect(refused).toMatchObject({
      status: 401,
      signed: false,
      body: {
        code: 'SIGN_ERROR',
        message: '错误的签名，验签失败',
        detail: {
          field: 'signature',
          location: 'authorization',
          detail: { issue: 'sign not match' },
          sign_information: { method: 'POST', url: '/v3/pay/transactions/jsapi' },
        },
      },
    });
    const detail = asObject(asObject(refused.body['detail'])?.['sign_information']);
    expect(detail?.['truncated_sign_message']).toMatch(
      /^POST\n\/v3\/pay\/transactions\/jsapi\n\d{10}\n\w{32}\n\{"appid":"\n$/,
    );
    const skeleton = 'POST\n/v3/pay/transactions/jsapi\n1763700000\n593BEC0C930BF1AFEB40B4A08C8FB242\n\n';
    expect(detail?.['sign_message_length']).toBe(Buffer.byteLength(body) + skeleton.length);
  });

  it.each([
    ['the query was not signed', { signedTarget: '/v3/pay/transactions/out-trade-no/WY20261000000101' }],
    ['another merchant signs', { key: generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey }],
    ['it names another merchant', { mchid: '1900000000' }],
    ['it names another certificate', { serial: '7777777777777777777777777777777777777777' }],
    ['its clock is six minutes slow', { timestamp: Math.floor(Date.now() / 1000) - 360 }],
    ['its clock is six minutes fast', { timestamp: Math.floor(Date.now() / 1000) + 360 }],
    ['it uses another scheme', { scheme: 'WECHATPAY2-SM2-WITH-SM3' }],
  ])('is refused when %s', async (_situation, deviation) => {
    const target = `/v3/pay/transactions/out-trade-no/WY20261000000101?mchid=${merchant.sandbox.config.mchId}`;
    const refused = await send(target, '', deviation);
    expect(refused).toMatchObject({ status: 401, signed: false, body: { code: 'SIGN_ERROR' } });
  });

  it('is refused without an Authorization header', async () => {
    const reply = await fetch(`${merchant.sandbox.config.payBase}/v3/certificates`);
    expect(reply.status).toBe(401);
    expect(await reply.json()).toMatchObject({ code: 'SIGN_ERROR', message: 'Http头缺少Authorization' });
  });

  it('that is no JSON is a wrong parameter, told with a signature', async () => {
    const refused = await send('/v3/pay/transactions/jsapi', '{"appid":');
    expect(refused).toMatchObject({ status: 400, signed: true, body: { code: 'PARAM_ERROR' } });
  });

  it('to a path that is not there', async () => {
    const refused = await send('/v3/pay/transactions/native', '{}');
    expect(refused).toMatchObject({ status: 404, body: { code: 'RESOURCE_NOT_EXISTS' } });
  });

  it('with more than a megabyte is not read to its end', async () => {
    const reply = await fetch(`${merchant.sandbox.config.payBase}/v3/pay/transactions/jsapi`, {
      method: 'POST',
      body: 'x'.repeat(1_100_000),
    });
    expect(reply.status).toBe(413);
  });
});
