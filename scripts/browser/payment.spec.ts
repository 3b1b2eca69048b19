import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import type { BillView, MyBills, ReceiptList } from '../../shared/src/fees/index.ts';
import { stumblingBlocks } from './eyes.ts';
import { launchChromium, Person } from './person.ts';

const ORIGIN = process.env['LINLI_DEMO_ORIGIN'] ?? 'http://127.0.0.1:3000';
const SANDBOX = process.env['LINLI_DEMO_SANDBOX'] ?? 'http://127.0.0.1:3900';
const BILLS = '/packages/payments/pages/bills/index';

/** The homes of the demo's owner, each with its own bill of this month. */
const FLAT = '1号楼 1单元 101';
const OTHER_FLAT = '7号楼 3单元 502';
const PARKING = '地下车库 P001';

interface SandboxOrder {
  readonly outTradeNo: string;
  readonly state: string;
}

describe('this month’s bills', () => {
  let browser: Browser;
  let owner: Person;

  beforeAll(async () => {
    browser = await launchChromium();
    owner = await Person.at(browser, ORIGIN, 'owner', 'phone');
  });
  afterAll(async () => {
    await sandbox('faults', null, 'DELETE');
    expect(owner.faults).toEqual([]);
    await browser.close();
  });

  const text = (words: string | RegExp) => owner.screen.getByText(words).first();
  const asked = (who = owner) => who.page.getByRole('dialog', { name: '确认缴费' });

  /** The app's own page has buttons of the same names. */
  const cashier = (who = owner) => who.page.getByText('沙箱收银台').waitFor();

  async function billOf(unitName: string, who = owner): Promise<BillView> {
    const { items } = await who.api<MyBills>(`/api/me/bills?estateId=${who.estateId}`);
    const newest = items.find((bill) => bill.unitName === unitName);
    if (newest === undefined) throw new Error(`No bill for ${unitName}`);
    return newest;
  }

  /** Leaves only the bill of this home chosen. */
  async function choose(unitName: string): Promise<void> {
    await owner.open(BILLS);
    const group = owner.screen
      .locator('.stack')
      .filter({ has: owner.page.getByRole('heading', { name: unitName }) });
    const box = group.last().getByRole('checkbox');
    if ((await box.getAttribute('aria-checked')) !== 'true') await box.click({ position: { x: 12, y: 12 } });
    await text('已选 1 张').waitFor();
  }

  test('what is owed, and how each line comes to the fen', async () => {
    await owner.open(BILLS);
    await owner.button(/物业费，¥60\.46，看怎么算的/).click();
    await text(/89\.37 ㎡ × 0\.65 元/).waitFor();
    await text(/依据：康宁家园物业服务合同 第八条/).waitFor();
    expect(await stumblingBlocks(owner)).toEqual([]);
  });

  test('chosen, asked, paid at the cashier, receipted', async () => {
    await choose(FLAT);
    await owner.button('去支付 ¥60.46').click();
    await asked().getByText(`将用微信支付 ¥60.46，缴 ${FLAT} 的 1 张物业费账单`).waitFor();
    expect(await stumblingBlocks(owner)).toEqual([]);
    await asked().getByRole('button', { name: '确认支付' }).click();
    await cashier();
    await owner.page.getByRole('button', { name: '支付' }).click();
    await text('已缴 ¥60.46').waitFor();
    expect(await stumblingBlocks(owner)).toEqual([]);
    await owner.button('看收据').click();
    await text(/^收据 No\. \d{4}-\d{6}$/).waitFor();
    await text(/89\.37 ㎡ × 0\.65 元/).waitFor();
    expect(await stumblingBlocks(owner)).toEqual([]);
    expect(await billOf(FLAT)).toMatchObject({ state: 'PAID', openFen: 0 });
  });

  test('the bill stands under what is paid, and its receipt in the list', async () => {
    await owner.open(BILLS);
    expect(await owner.button(/¥60\.46，看怎么算的/).count()).toBe(0);
    await owner.screen.getByRole('tab', { name: '已缴' }).click();
    await owner.button(/¥60\.46，看怎么算的/).waitFor();
    await owner.button(/^收据$/).click();
    await owner
      .button(/^收据 \d{4}-\d{6}，¥60\.46$/)
      .first()
      .waitFor();
    expect(await stumblingBlocks(owner)).toEqual([]);
  });

  test('back from the cashier without paying: the order waits, and can be given up', async () => {
    await choose(OTHER_FLAT);
    await owner.button('去支付 ¥60.45').click();
    await asked().getByRole('button', { name: '确认支付' }).click();
    await cashier();
    await owner.page.getByRole('button', { name: '取消' }).click();
    await text('您没有付款').waitFor();
    await text(/^这笔订单还留着，\d+ 分钟内可以接着付/).waitFor();
    expect(await stumblingBlocks(owner)).toEqual([]);
    await owner.button('取消这笔订单').click();
    await text('这笔订单已关闭').waitFor();
    await owner.button('回到账单').click();
    await text('已选 1 张').waitFor();
    expect(await billOf(OTHER_FLAT)).toMatchObject({ state: 'ISSUED', pendingOrderNo: null });
  });

  test('or be gone on with, from the bill', async () => {
    await choose(OTHER_FLAT);
    await owner.button('去支付 ¥60.45').click();
    await asked().getByRole('button', { name: '确认支付' }).click();
    await cashier();
    await owner.open(BILLS);
    await text('这张账单正在支付。').waitFor();
    expect(await stumblingBlocks(owner)).toEqual([]);
    await owner.button('看付款结果').click();
    await owner.button('还没付，去付款').click();
    await cashier();
    await owner.page.getByRole('button', { name: '支付' }).click();
    await text('已缴 ¥60.45').waitFor();
    expect(await billOf(OTHER_FLAT)).toMatchObject({ state: 'PAID' });
  });

  test('WeChat’s word gets lost on the way: the app asks for it, and the bill is paid', async () => {
    await choose(PARKING);
    await owner.button('去支付 ¥40.00').click();
    await asked().getByRole('button', { name: '确认支付' }).click();
    await cashier();
    const { pendingOrderNo } = await billOf(PARKING);
    await sandbox('faults', { kind: 'lose', attempts: 'all', of: 'payment', outTradeNo: pendingOrderNo });
    await owner.page.getByRole('button', { name: '支付' }).click();
    await text('已缴 ¥40.00').waitFor();
    expect(await billOf(PARKING)).toMatchObject({ state: 'PAID' });
  });

  test('two taps, in elder mode, are one order and one receipt', async () => {
    const neighbour = await Person.at(browser, ORIGIN, 'owner2', 'elder');
    const before = await receiptsOf(neighbour);
    await neighbour.open(BILLS);
    await neighbour.button('去支付 ¥76.20').click();
    expect(await stumblingBlocks(neighbour)).toEqual([]);
    const orders: string[] = [];
    neighbour.page.on('request', (request) => {
      if (request.method() === 'POST' && request.url().endsWith('/pay-orders')) orders.push(request.url());
    });
    await asked(neighbour).getByRole('button', { name: '确认支付' }).dblclick();
    await cashier(neighbour);
    expect(orders).toHaveLength(1);
    const { pendingOrderNo } = await billOf('1号楼 1单元 202', neighbour);
    await neighbour.page.getByRole('button', { name: '支付' }).dblclick();
    await neighbour.screen.getByText('已缴 ¥76.20').waitFor();
    expect(await stumblingBlocks(neighbour)).toEqual([]);
    const { items } = (await sandbox('orders')) as { items: SandboxOrder[] };
    const paid = items.filter(({ outTradeNo }) => outTradeNo === pendingOrderNo);
    expect(paid.map(({ state }) => state)).toEqual(['SUCCESS']);
    expect(await receiptsOf(neighbour)).toBe(before + 1);
    expect(neighbour.faults).toEqual([]);
    await neighbour.leave();
  });
});

async function receiptsOf(person: Person): Promise<number> {
  return (await person.api<ReceiptList>('/api/me/receipts')).items.length;
}

/** The sandbox's control: looks where there is nothing to send. */
async function sandbox(path: string, body: object | null = null, verb?: 'DELETE'): Promise<unknown> {
  const method = verb ?? (body === null ? 'GET' : 'POST');
  const response = await fetch(`${SANDBOX}/sandbox/${path}`, {
    method,
    ...(body === null ? {} : { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`The sandbox answered ${response.status} to ${path}`);
  return response.json();
}
