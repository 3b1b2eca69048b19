import { request } from 'node:http';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { isFromLoopback, type Request } from '../http.ts';
import { openMerchant, type Merchant } from './merchant.ts';

let merchant: Merchant;

beforeAll(async () => {
  merchant = await openMerchant();
});
afterAll(() => merchant.close());

/** A call with headers that fetch would not let through, such as Host. */
function callWith(headers: Record<string, string>): Promise<number> {
  return new Promise((resolve, reject) => {
    const url = `${merchant.sandbox.origin}/sandbox/health`;
    const call = request(url, { headers, agent: false }, (reply) => {
      reply.resume();
      resolve(reply.statusCode ?? 0);
    });
    call.on('error', reject);
    call.end();
  });
}

function arrival(remoteAddress: string): Request {
  return {
    method: 'GET',
    target: '/sandbox/health',
    path: '/sandbox/health',
    query: new URLSearchParams(),
    headers: { host: '127.0.0.1:3900' },
    body: Buffer.alloc(0),
    remoteAddress,
  };
}

describe('the control API', () => {
  it('answers this machine', async () => {
    expect(await callWith({})).toBe(200);
    expect(await callWith({ host: 'localhost:3900' })).toBe(200);
    for (const address of ['127.0.0.1', '::1', '::ffff:127.0.0.1']) {
      expect(isFromLoopback(arrival(address))).toBe(true);
    }
  });

  it.each([
    ['a name that only resolves to this machine', { host: 'rebound.example' }],
    ['a page of another site', { origin: 'https://evil.example' }],
    ['a page without an origin', { origin: 'null' }],
    ['a proxy', { 'x-forwarded-for': '203.0.113.7' }],
  ])('does not answer %s', async (_situation, headers) => {
    expect(await callWith(headers)).toBe(403);
  });

  it.each(['192.168.1.20', '::ffff:10.0.0.1', '2001:db8::1', ''])('does not answer %p', (address) => {
    expect(isFromLoopback(arrival(address))).toBe(false);
  });

  it('says what it does not know or cannot read', async () => {
    expect(await merchant.control('GET', '/nothing')).toHaveProperty('error');
    expect(await merchant.control('GET', '/orders/WY20269999999999')).toHaveProperty('error');
    expect(await merchant.control('POST', '/codes', {})).toHaveProperty('error');
    expect(await merchant.control('POST', '/callbacks/resend', { subject: 'x' })).toHaveProperty('error');
    const unreadable = await fetch(`${merchant.sandbox.origin}/sandbox/clock`, { method: 'POST', body: '{' });
    expect(unreadable.status).toBe(400);
  });

  it('forgets everything on reset, but never gives a number twice', async () => {
    await merchant.control('POST', '/faults', { kind: 'lose' });
    await merchant.pay(await merchant.order('WY20261000000301'));
    const before = await merchant.control('GET', '/orders/WY20261000000301');
    await merchant.control('POST', '/reset');
    for (const list of [
      'orders',
      'refunds',
      'callbacks',
      'messages',
      'consents',
      'content-checks',
      'faults',
    ]) {
      expect(await merchant.control('GET', `/${list}`)).toEqual({ items: [] });
    }
    await merchant.pay(await merchant.order('WY20261000000301'));
    const after = await merchant.control('GET', '/orders/WY20261000000301');
    expect(after['transactionId']).not.toBe(before['transactionId']);
  });
});
