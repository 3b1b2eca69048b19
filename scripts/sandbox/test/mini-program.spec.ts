import { createDecipheriv } from 'node:crypto';

import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';

import { pushSignature } from '../delivery/message-push.ts';
import { asObject, textOf, type Json } from '../json.ts';
import { openidOf } from '../main.ts';
import { openMerchant, PAYER, type Merchant } from './merchant.ts';

let merchant: Merchant;

beforeAll(async () => {
  merchant = await openMerchant();
});
afterAll(() => merchant.close());
beforeEach(async () => {
  await merchant.control('POST', '/reset');
  await merchant.control('POST', '/clock', { hold: Date.now() });
  merchant.received.length = 0;
});

const advance = (ms: number) => merchant.control('POST', '/clock', { advanceMs: ms });

async function get(path: string, parameters: Record<string, string>): Promise<Json> {
  const reply = await fetch(`${merchant.sandbox.config.apiBase}${path}?${new URLSearchParams(parameters)}`);
  expect(reply.status).toBe(200);
  return asObject(await reply.json()) ?? {};
}

async function postJson(path: string, body: object): Promise<Json> {
  const reply = await fetch(merchant.sandbox.config.apiBase + path, {
    method: 'POST',
    body: JSON.stringify(body),
  });
  expect(reply.status).toBe(200);
  return asObject(await reply.json()) ?? {};
}

const app = (): { appid: string; secret: string } => ({
  appid: merchant.sandbox.config.appId,
  secret: merchant.sandbox.config.appSecret,
});

const signIn = (js_code: string, changes: object = {}) =>
  get('/sns/jscode2session', { ...app(), js_code, grant_type: 'authorization_code', ...changes });

const stable = (changes: object = {}) =>
  postJson('/cgi-bin/stable_token', { ...app(), grant_type: 'client_credential', ...changes });

const plain = () => get('/cgi-bin/token', { ...app(), grant_type: 'client_credential' });

async function withToken(path: string, body: object): Promise<Json> {
  const token = textOf(await stable(), 'access_token') ?? '';
  return postJson(`${path}?access_token=${token}`, body);
}

async function issue(): Promise<string> {
  return textOf(await merchant.control('POST', '/codes', { seed: 'zhang' }), 'code') ?? '';
}

const callWith = (token: string) => postJson(`/wxa/msg_sec_check?access_token=${token}`, {});

const askPhone = (code: string) => withToken('/wxa/business/getuserphonenumber', { code });

const subscribe = (tmplIds: string[], accept = true) =>
  merchant.control('POST', '/subscribe', { openid: PAYER, tmplIds, accept });

const checkText = (content: string, changes: object = {}) =>
  withToken('/wxa/msg_sec_check', { version: 2, scene: 2, openid: PAYER, content, ...changes });

const pushUrl = (): string => merchant.notifyUrl.replace('/payment', '/push');

const checkPicture = (changes: object = {}) =>
  withToken('/wxa/media_check_async', {
    version: 2,
    scene: 2,
    openid: PAYER,
    media_type: 2,
    media_url: `${merchant.notifyUrl}/photo.webp`,
    ...changes,
  });

/** The picture is served by the merchant's own server, which answers 200 when told so. */
async function checkAndSettle(changes: object = {}): Promise<string> {
  await merchant.control('POST', '/settings', { pushUrl: pushUrl() });
  merchant.answerWith(200);
  const traceId = textOf(await checkPicture(changes), 'trace_id') ?? '';
  merchant.answerWith();
  merchant.received.length = 0;
  await merchant.sandbox.settle();
  return traceId;
}

describe('signing in', () => {
  it('gives the same person for the same seed, and another for another', async () => {
    const first = await signIn('demo:zhang#1');
    expect(first).toEqual({ openid: openidOf('zhang'), session_key: expect.any(String) });
    expect(openidOf('zhang')).toMatch(/^o[0-9A-Za-z_-]{27}$/);
    expect(Buffer.from(textOf(first, 'session_key') ?? '', 'base64')).toHaveLength(16);
    expect(await signIn('demo:zhang#2')).toMatchObject({ openid: openidOf('zhang') });
    expect(await signIn('demo:li')).toMatchObject({ openid: openidOf('li') });
    expect(openidOf('li')).not.toBe(openidOf('zhang'));
  });

  it('takes a code once', async () => {
    await signIn('demo:zhang');
    expect(await signIn('demo:zhang')).toMatchObject({ errcode: 40029 });
    expect(await signIn('demo:zhang#again')).toMatchObject({ openid: openidOf('zhang') });
  });

  it('takes an issued code within five minutes, once', async () => {
    const code = await issue();
    expect(code).toMatch(/^0\w{31}$/);
    const expired = await issue();
    await advance(5 * 60_000 - 1);
    expect(await signIn(code)).toMatchObject({ openid: openidOf('zhang') });
    expect(await signIn(code)).toMatchObject({ errcode: 40029 });
    await advance(1);
    expect(await signIn(expired)).toMatchObject({ errcode: 40029 });
    await advance(60 * 60_000);
    expect(await signIn(code)).toMatchObject({ errcode: 40029 });
  });

  it.each(['', 'zhang', 'demo:', 'phone:13800000000', '081LXx000000000000000000000000Wx'])(
    'does not know the code %p',
    async (code) => {
      expect(await signIn(code)).toMatchObject({
        errcode: 40029,
        errmsg: expect.stringContaining('invalid code'),
      });
    },
  );

  it('is for the app that holds the secret', async () => {
    expect(await signIn('demo:a', { appid: 'wx0000000000000000' })).toMatchObject({ errcode: 40013 });
    expect(await signIn('demo:a', { secret: 'wrong' })).toMatchObject({ errcode: 40125 });
    expect(await signIn('demo:a', { grant_type: 'password' })).toMatchObject({ errcode: 40002 });
  });

  it('a hundred times a minute and no more, for each person', async () => {
    for (let time = 0; time < 100; time += 1) await signIn(`demo:busy#${time}`);
    expect(await signIn('demo:busy#100')).toMatchObject({ errcode: 45011 });
    expect(await signIn('demo:calm')).toMatchObject({ openid: openidOf('calm') });
    await advance(60_000);
    expect(await signIn('demo:busy#101')).toMatchObject({ openid: openidOf('busy') });
  });

  it('is refused to a risky person, and to everybody when WeChat is busy', async () => {
    expect(await signIn('demo:risky-1')).toMatchObject({ errcode: 40226 });
    await merchant.control('POST', '/faults', {
      kind: 'refuse',
      path: '/sns/',
      code: '-1',
      message: 'system error',
    });
    expect(await signIn('demo:zhang#3')).toEqual({ errcode: -1, errmsg: 'system error' });
    expect(await signIn('demo:zhang#3')).toMatchObject({ openid: openidOf('zhang') });
  });
});

describe('access tokens', () => {
  it('the stable one stays the same until it is about to end', async () => {
    const first = await stable();
    expect(first['expires_in']).toBe(7200);
    await advance(3_600_000);
    const later = await stable();
    expect(later['access_token']).toBe(first['access_token']);
    expect(Number(later['expires_in'])).toBeLessThanOrEqual(3600);
    await advance(3_400_000);
    expect((await stable())['access_token']).not.toBe(first['access_token']);
  });

  it('a forced refresh ends the old one after five minutes', async () => {
    const old = textOf(await stable(), 'access_token') ?? '';
    expect((await stable({ force_refresh: true }))['access_token']).not.toBe(old);
    expect((await callWith(old))['errcode']).toBe(40097);
    await advance(5 * 60_000);
    expect(await callWith(old)).toMatchObject({ errcode: 42001 });
  });

  it('the plain one is another at every call', async () => {
    expect((await plain())['access_token']).not.toBe((await plain())['access_token']);
  });

  it('are needed, known and in time', async () => {
    expect(await callWith('')).toMatchObject({ errcode: 41001 });
    expect(await callWith('made-up')).toMatchObject({ errcode: 40001 });
    const { access_token } = await plain();
    await advance(7_200_000);
    expect(await callWith(String(access_token))).toMatchObject({ errcode: 42001 });
    expect(await stable({ secret: 'wrong' })).toMatchObject({ errcode: 40125 });
    expect(await stable({ grant_type: 'x' })).toMatchObject({ errcode: 40002 });
  });
});

describe('the phone number', () => {
  it('comes for a code, once', async () => {
    expect(await askPhone('phone:13812345678')).toEqual({
      errcode: 0,
      errmsg: 'ok',
      phone_info: {
        phoneNumber: '13812345678',
        purePhoneNumber: '13812345678',
        countryCode: '86',
        watermark: { appid: merchant.sandbox.config.appId, timestamp: expect.any(Number) },
      },
    });
    expect(await askPhone('phone:13812345678')).toMatchObject({ errcode: 40029 });
    const { code } = await merchant.control('POST', '/codes', { phone: '13812345678' });
    expect(await askPhone(String(code))).toMatchObject({ phone_info: { purePhoneNumber: '13812345678' } });
  });

  it('of another country keeps its code in front', async () => {
    expect(await askPhone('phone:+852-91234567')).toMatchObject({
      phone_info: { phoneNumber: '+85291234567', purePhoneNumber: '91234567', countryCode: '852' },
    });
  });

  it.each(['demo:zhang', 'phone:', 'phone:abc', 'x'])('does not come for %p', async (code) => {
    expect(await askPhone(code)).toMatchObject({ errcode: 40029 });
  });
});

describe('subscribe messages', () => {
  const TEMPLATE = 'tmpl_complaint_answered';
  const message = (changes: object = {}): object => ({
    touser: PAYER,
    template_id: TEMPLATE,
    page: 'packages/tickets/detail?id=1',
    data: {
      thing1: { value: '楼道灯不亮' },
      time2: { value: '2026年11月21日 20:00' },
      phrase3: { value: '已处理' },
    },
    ...changes,
  });
  const send = (changes: object = {}) => withToken('/cgi-bin/message/subscribe/send', message(changes));

  it('one consent is good for one message, which is kept to be looked at', async () => {
    expect(await subscribe([TEMPLATE])).toEqual({
      errMsg: 'requestSubscribeMessage:ok',
      [TEMPLATE]: 'accept',
    });
    expect(await send()).toMatchObject({ errcode: 0, errmsg: 'ok', msgid: expect.any(Number) });
    expect(await send()).toMatchObject({ errcode: 43101 });
    expect(await merchant.control('GET', '/messages')).toMatchObject({
      items: [
        {
          openid: PAYER,
          templateId: TEMPLATE,
          page: 'packages/tickets/detail?id=1',
          data: { thing1: '楼道灯不亮', phrase3: '已处理' },
        },
      ],
    });
  });

  it('consents add up, and a refusal adds none', async () => {
    await subscribe([TEMPLATE, 'tmpl_bill_due']);
    await subscribe([TEMPLATE]);
    expect(await subscribe(['tmpl_vote'], false)).toMatchObject({ tmpl_vote: 'reject' });
    expect((await send())['errcode']).toBe(0);
    expect((await send())['errcode']).toBe(0);
    expect(await send()).toMatchObject({ errcode: 43101 });
    expect(await send({ template_id: 'tmpl_vote' })).toMatchObject({ errcode: 43101 });
    expect((await send({ template_id: 'tmpl_bill_due' }))['errcode']).toBe(0);
  });

  it('at most five templates are asked for at once', async () => {
    expect(await subscribe(['t1', 't2', 't3', 't4', 't5', 't6'])).toMatchObject({ errCode: 20003 });
  });

  it.each([
    ['an openid that is none', { touser: 'zhang' }, 40003],
    ['no template', { template_id: '' }, 40037],
    ['no data', { data: {} }, 47003],
    ['a thing of 21 characters', { data: { thing1: { value: '字'.repeat(21) } } }, 47003],
    ['an empty thing', { data: { thing1: { value: '' } } }, 47003],
    ['a phrase with digits', { data: { phrase3: { value: '第1次' } } }, 47003],
    ['an amount in words', { data: { amount4: { value: '三百元' } } }, 47003],
    ['an unknown keyword', { data: { remark: { value: '好' } } }, 47003],
  ])('%s uses up no consent', async (_situation, changes, errcode) => {
    await subscribe([TEMPLATE]);
    expect(await send(changes)).toMatchObject({ errcode });
    expect(await merchant.control('GET', '/messages')).toEqual({ items: [] });
    expect((await send())['errcode']).toBe(0);
  });
});

describe('content safety', () => {
  it('passes what residents write', async () => {
    expect(await checkText('三号楼二单元的消防通道又被汽车堵了')).toMatchObject({
      errcode: 0,
      result: { suggest: 'pass', label: 100 },
      detail: [{ strategy: 'content_model', suggest: 'pass', label: 100, errcode: 0, prob: 90 }, {}],
      trace_id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{8}-[0-9a-f]{8}$/),
    });
  });

  it.each([
    ['请看：测试违规广告', 'risky', 10001],
    ['测试违规辱骂', 'risky', 20003],
    ['测试人工复核', 'review', 21000],
    ['测试人工复核，测试违规色情', 'risky', 20002],
  ])('%s is %s with label %d', async (content, suggest, label) => {
    expect(await checkText(content)).toMatchObject({ errcode: 0, result: { suggest, label } });
  });

  it('looks at the title too', async () => {
    expect(await checkText('正常', { title: '测试违规内容' })).toMatchObject({
      result: { suggest: 'risky' },
    });
  });

  it.each([
    ['version 1', { version: 1 }, 40097],
    ['scene 5', { scene: 5 }, 40097],
    ['nobody', { openid: undefined }, 40003],
    ['nothing', { content: '' }, 40097],
    ['2,501 characters', { content: '字'.repeat(2501) }, 45002],
  ])('refuses %s', async (_situation, changes, errcode) => {
    expect(await checkText('正常', changes)).toMatchObject({ errcode });
  });

  it('wants a person who has been here within two hours', async () => {
    const openid = openidOf('visitor');
    await signIn('demo:visitor');
    await advance(2 * 3_600_000);
    expect(await checkText('正常', { openid })).toMatchObject({ errcode: 0 });
    await advance(1);
    expect(await checkText('正常', { openid })).toMatchObject({ errcode: 61010 });
    await signIn('demo:visitor#2');
    expect(await checkText('正常', { openid })).toMatchObject({ errcode: 0 });
  });

  it('answers in WeChat’s way to what is no JSON and to what is not there', async () => {
    const token = textOf(await stable(), 'access_token');
    const url = `${merchant.sandbox.config.apiBase}/wxa/msg_sec_check?access_token=${token}`;
    expect(await (await fetch(url, { method: 'POST', body: '<xml>' })).json()).toMatchObject({
      errcode: 47001,
    });
    expect((await fetch(`${merchant.sandbox.config.apiBase}/wxa/nothing`)).status).toBe(404);
  });
});

describe('pictures', () => {
  it('are fetched and judged, and the verdict is pushed as a signed event', async () => {
    const traceId = await checkAndSettle();
    const [push] = merchant.received;
    const query = new URL(push?.url ?? '', 'http://merchant').searchParams;
    const expected = pushSignature(
      merchant.sandbox.config.messageToken,
      query.get('timestamp') ?? '',
      query.get('nonce') ?? '',
    );
    expect(query.get('signature')).toBe(expected);
    expect(JSON.parse(push?.body ?? '')).toMatchObject({
      MsgType: 'event',
      Event: 'wxa_media_check',
      FromUserName: PAYER,
      appid: merchant.sandbox.config.appId,
      trace_id: traceId,
      version: 2,
      errcode: 0,
      result: { suggest: 'pass', label: 100 },
      detail: [{ strategy: 'content_model', suggest: 'pass', label: 100 }],
    });
    expect(await merchant.control('GET', '/callbacks')).toMatchObject({
      items: [{ kind: 'push', state: 'accepted', subject: traceId }],
    });
  });

  it('are risky when the control API says so', async () => {
    await merchant.control('POST', '/faults', { kind: 'media-verdict', suggest: 'risky', label: 20002 });
    await checkAndSettle();
    expect(JSON.parse(merchant.received[0]?.body ?? '')).toMatchObject({
      result: { suggest: 'risky', label: 20002 },
    });
  });

  it.each([
    ['are not there', 'http://127.0.0.1:9/photo.webp'],
    ['belong to another site, which the sandbox does not call', 'https://elsewhere.example/photo.webp'],
  ])('that %s are told as not fetched, without a verdict', async (_situation, media_url) => {
    await checkAndSettle({ media_url });
    const event = JSON.parse(merchant.received[0]?.body ?? '');
    expect(event).toMatchObject({ errcode: -1008, detail: [] });
    expect(event).not.toHaveProperty('result');
  });

  it('are pushed encrypted in 安全模式, readable with the EncodingAESKey', async () => {
    await merchant.control('POST', '/settings', { pushMode: 'encrypted' });
    const traceId = await checkAndSettle();
    await merchant.control('POST', '/settings', { pushMode: 'plain' });
    const { config } = merchant.sandbox;
    const [push] = merchant.received;
    const query = new URL(push?.url ?? '', 'http://merchant').searchParams;
    const encrypted = textOf(asObject(JSON.parse(push?.body ?? '')), 'Encrypt') ?? '';
    const [timestamp = '', nonce = ''] = [query.get('timestamp') ?? '', query.get('nonce') ?? ''];
    expect(query.get('encrypt_type')).toBe('aes');
    expect(query.get('msg_signature')).toBe(pushSignature(config.messageToken, timestamp, nonce, encrypted));

    const key = Buffer.from(`${config.messageEncodingAesKey}=`, 'base64');
    const decipher = createDecipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
    const padded = Buffer.concat([decipher.update(encrypted, 'base64'), decipher.final()]);
    const plain = padded.subarray(16, padded.length - (padded.at(-1) ?? 0));
    const length = plain.readUInt32BE();
    expect(JSON.parse(plain.subarray(4, 4 + length).toString())).toMatchObject({ trace_id: traceId });
    expect(plain.subarray(4 + length).toString()).toBe(config.appId);
  });

  it('are pushed three times to a server that does not take it', async () => {
    await merchant.control('POST', '/settings', { pushUrl: pushUrl() });
    merchant.answerWith(200, 500, 500, 500, 500);
    await checkPicture();
    await advance(3_600_000);
    expect(await merchant.control('GET', '/callbacks')).toMatchObject({
      items: [{ state: 'given-up', attempts: [{}, {}, {}] }],
    });
  });

  it('are checked without a push when no address is configured', async () => {
    await merchant.control('POST', '/settings', { pushUrl: '' });
    expect(await checkPicture()).toMatchObject({ errcode: 0 });
    expect(await merchant.control('GET', '/callbacks')).toEqual({ items: [] });
  });

  it.each([
    ['a file of this machine', { media_url: 'file:///etc/passwd' }],
    ['no address', { media_url: undefined }],
    ['a video', { media_type: 3 }],
  ])('%s is refused', async (_situation, changes) => {
    expect(await checkPicture(changes)).toMatchObject({ errcode: 40097 });
  });
});
