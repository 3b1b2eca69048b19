import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';

import { openMerchant, orderBody, type Merchant } from './merchant.ts';

let merchant: Merchant;
let app: string;

beforeAll(async () => {
  merchant = await openMerchant({ appOrigins: ['http://127.0.0.1:3000', 'https://linli.example.cn'] });
  app = 'http://127.0.0.1:3000';
});
afterAll(() => merchant.close());
beforeEach(async () => {
  await merchant.control('POST', '/reset');
  merchant.received.length = 0;
});

async function openCashier(
  prepayId: string,
  returnTo?: string,
): Promise<{ status: number; html: string; policy: string }> {
  const query = new URLSearchParams({
    prepay_id: prepayId,
    ...(returnTo === undefined ? {} : { return: returnTo }),
  });
  const reply = await fetch(`${merchant.sandbox.config.cashierBase}/cashier?${query}`);
  return {
    status: reply.status,
    html: await reply.text(),
    policy: reply.headers.get('content-security-policy') ?? '',
  };
}

/** Fills in the form of the page as a browser would and presses one of its buttons. */
async function press(action: 'pay' | 'cancel', html: string): Promise<Response> {
  const form = new URLSearchParams({ action });
  for (const [, name = '', value = ''] of html.matchAll(
    /<input type="hidden" name="(\w+)" value="([^"]*)">/g,
  )) {
    form.set(name, value.replaceAll('&amp;', '&'));
  }
  return fetch(`${merchant.sandbox.config.cashierBase}/cashier`, {
    method: 'POST',
    body: form,
    redirect: 'manual',
  });
}

const orderState = async (outTradeNo: string): Promise<unknown> =>
  (await merchant.control('GET', `/orders/${outTradeNo}`))['state'];

describe('the cashier', () => {
  it('says in Chinese what is paid to whom, and that no money moves', async () => {
    const { status, html } = await openCashier(await merchant.order('WY20261000000201'));
    expect(status).toBe(200);
    expect(html).toContain('沙箱收银台');
    expect(html).toContain('不会真实扣款');
    expect(html).toContain('康宁家园 3-1-201 物业费 2026年10月');
    expect(html).toContain('¥349</span><span class="fen">.36');
    expect(html).toContain('>支付</button>');
    expect(html).toContain('>取消</button>');
    expect(html).toContain('width=device-width');
  });

  it('pays, tells the merchant, and goes back to the app’s page', async () => {
    const { html } = await openCashier(
      await merchant.order('WY20261000000202'),
      '/pages/pay/result?order=202',
    );
    const back = await press('pay', html);
    expect(back.status).toBe(303);
    expect(back.headers.get('location')).toBe(`${app}/pages/pay/result?order=202&payment=ok`);
    await merchant.sandbox.settle();
    expect(merchant.received).toMatchObject([
      { genuine: true, content: { out_trade_no: 'WY20261000000202' } },
    ]);
    expect(await orderState('WY20261000000202')).toBe('SUCCESS');
  });

  it('cancels without paying', async () => {
    const { html } = await openCashier(await merchant.order('WY20261000000203'), `${app}/pay`);
    const back = await press('cancel', html);
    expect(back.headers.get('location')).toBe(`${app}/pay?payment=cancel`);
    expect(await orderState('WY20261000000203')).toBe('NOTPAY');
  });

  it('without an address to go back to it says what happened', async () => {
    const { html } = await openCashier(await merchant.order('WY20261000000204'));
    expect(await (await press('cancel', html)).text()).toContain('已取消付款');
    expect(await (await press('pay', html)).text()).toContain('付款成功');
  });

  it('pressed twice it has paid once, and goes back both times', async () => {
    const { html } = await openCashier(await merchant.order('WY20261000000205'), '/pay');
    await press('pay', html);
    const again = await press('pay', html);
    expect(again.status).toBe(303);
    expect(again.headers.get('location')).toBe(`${app}/pay?payment=ok`);
    await merchant.sandbox.settle();
    expect(merchant.received).toHaveLength(1);
  });

  it('says why an order cannot be paid, with the way back', async () => {
    const prepayId = await merchant.order('WY20261000000206');
    await merchant.control('POST', '/clock', { advanceMs: 2 * 3_600_000 });
    const expired = await openCashier(prepayId, '/pay');
    expect(expired.html).toContain('支付会话已过期');
    expect(expired.html).toContain(`href="${app}/pay?payment=fail"`);
    expect(expired.html).not.toContain('<form');
    const unknown = await openCashier('wx000');
    expect([unknown.status, unknown.html.includes('没有这笔订单')]).toEqual([404, true]);
  });

  it('shows a description as text, whatever is in it', async () => {
    const description = `<script>alert(1)</script>"'&`;
    const reply = await merchant
      .call('v3/pay/transactions/jsapi')
      .post(orderBody(merchant, 'WY20261000000207', { description }));
    const { html, policy } = await openCashier(String(Object.values(reply.data ?? {})[0]));
    expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&amp;');
    expect(html).not.toContain('<script');
    expect(policy).toContain("default-src 'none'");
  });

  it('writes large amounts with separators and small ones with their zeros', async () => {
    const large = await merchant.order('WY20261000000208', { amount: { total: 100_000_000 } });
    expect((await openCashier(large)).html).toContain('¥1,000,000</span><span class="fen">.00');
    const small = await merchant.order('WY20261000000209', { amount: { total: 5 } });
    expect((await openCashier(small)).html).toContain('¥0</span><span class="fen">.05');
  });
});

describe('where the cashier goes back to', () => {
  it.each([
    ['/pay', 'http://127.0.0.1:3000/pay'],
    ['/pay?bill=1&x=%2F#top', 'http://127.0.0.1:3000/pay?bill=1&x=%2F#top'],
    ['http://127.0.0.1:3000/pay', 'http://127.0.0.1:3000/pay'],
    ['http://localhost:3000/pay', 'http://localhost:3000/pay'],
    ['https://linli.example.cn/pay', 'https://linli.example.cn/pay'],
  ])('%s is the app', async (returnTo, expected) => {
    const { html } = await openCashier(await merchant.order('WY20261000000220'), returnTo);
    const location = new URL((await press('cancel', html)).headers.get('location') ?? '');
    location.searchParams.delete('payment');
    expect(location.href).toBe(expected);
  });

  it.each([
    'https://evil.example/pay',
    '//evil.example/pay',
    '/\\evil.example/pay',
    '\\\\evil.example',
    '/\t/evil.example',
    '\t//evil.example',
    'javascript:alert(1)',
    'data:text/html,x',
    'http://127.0.0.1:3001/pay',
    'http://127.0.0.1:3000@evil.example/pay',
    'http://user:secret@127.0.0.1:3000/pay',
    'http://linli.example.cn/pay',
    'https://linli.example.cn.evil.example/pay',
    'pay',
    ' /pay',
  ])('%p leads nowhere, neither from the page nor from a form made up', async (returnTo) => {
    const prepayId = await merchant.order('WY20261000000221');
    const page = await openCashier(prepayId, returnTo);
    expect([page.status, page.html.includes('<form'), page.html.includes('evil')]).toEqual([
      400,
      false,
      false,
    ]);
    const form = new URLSearchParams({ action: 'pay', prepay_id: prepayId, return: returnTo });
    const reply = await fetch(`${merchant.sandbox.config.cashierBase}/cashier`, {
      method: 'POST',
      body: form,
      redirect: 'manual',
    });
    expect([reply.status, reply.headers.get('location')]).toEqual([400, null]);
    expect(await orderState('WY20261000000221')).toBe('NOTPAY');
  });
});
