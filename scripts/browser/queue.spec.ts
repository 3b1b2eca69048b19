import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import type { Page } from '../../shared/src/kernel/index.ts';
import { launchChromium, Person, type Screen } from './person.ts';

const ORIGIN = process.env['LINLI_DEMO_ORIGIN'] ?? 'http://127.0.0.1:3000';
const QUEUE = '/packages/workbench-tickets/pages/queue/index';
const BILLS = '/packages/workbench-fees/pages/bills/index';

let browser: Browser;
let person: Person;

beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());
afterEach(async () => {
  expect(person.faults).toEqual([]);
  await person.leave();
});

async function sit(role: string, path: string, screen: Screen = 'laptop'): Promise<void> {
  person = await Person.at(browser, ORIGIN, role, screen);
  await person.open(path);
}

const button = (name: string | RegExp) => person.page.getByRole('button', { name, exact: true });
const filter = (name: string) => person.page.getByRole('radio', { name: new RegExp(`^筛选：${name}`) });
const row = (title: string) => person.page.getByRole('row', { name: new RegExp(title) });
const rows = () => person.page.locator('.data-table__row');

describe('the clerk at her queue', () => {
  test('what is late stands first, and each filter shows what it says', async () => {
    await sit('clerk', QUEUE);
    expect(await rows().first().innerText()).toContain('逾期');
    await filter('逾期').click();
    await filter('逾期').and(person.page.locator('[aria-checked=true]')).waitFor();
    await person.settled();
    for (const text of await rows().allInnerTexts()) expect(text).toContain('逾期');
    await filter('我的').click();
    await row('电梯在五楼总是抖一下').waitFor();
    await person.settled();
    for (const text of await rows().allInnerTexts()) expect(text).toContain('李娜');
    await person.page.getByLabel('按进展看').selectOption('STATE:SUSPENDED');
    await row('中心花园草坪被踩秃').waitFor();
    await person.settled();
    expect(await rows().count()).toBe(1);
  });

  test('without a mouse: Tab to a filter, Enter, j to the second, Enter opens it', async () => {
    await sit('clerk', QUEUE);
    const late = await person.api<Page<{ title: string }>>(
      `/api/estates/${person.estateId}/tickets/queue?scope=OURS&filter=OVERDUE`,
    );
    const second = late.items[1]?.title ?? 'a second one that is late';
    await filter('逾期').focus();
    await person.page.keyboard.press('Enter');
    await row('报修电话总是没人接').waitFor({ state: 'detached' });
    // The rows of before are gone as soon as others are asked for; a key is for those that came.
    await person.settled();
    await row(second).waitFor();
    await person.page.keyboard.press('j');
    await person.page.keyboard.press('Enter');
    await person.page.locator('.tickets-desk__panel').getByText(second).first().waitFor();
  });

  test('a reply with a photo is in the story of the complaint', async () => {
    await sit('clerk', QUEUE);
    await row('电梯在五楼总是抖一下').click();
    await button('答复').click();
    const sheet = person.page.getByRole('dialog', { name: '答复' });
    await sheet.getByRole('button', { name: '答复', exact: true }).click();
    await sheet.getByText('请先写内容').waitFor();
    await sheet.getByLabel('写给居民的话').fill('维保单位下午三点到场，电梯先停用。');
    await person.give(sheet.locator('.photo-picker__add'), await person.photo('现场.jpg'));
    await sheet.getByRole('button', { name: '第 1 张照片，点开看大图' }).waitFor();
    await sheet.getByRole('button', { name: '答复', exact: true }).click();
    await sheet.waitFor({ state: 'detached' });
    await person.page.locator('.tickets-desk__panel').getByText('维保单位下午三点到场').waitFor();
  });

  test('a restaurant’s fumes go to the department that has the power, and leave the queue', async () => {
    await sit('clerk', QUEUE);
    await row('底商饭店油烟直排到楼上').click();
    await button('转交部门').click();
    const sheet = person.page.getByRole('dialog', { name: '转交部门' });
    await sheet.getByText('按职责：').waitFor();
    await sheet.getByLabel('转给哪个部门').selectOption({ label: '生态环境局' });
    await sheet.getByLabel('原因').fill('排烟管没有接到楼顶，需要执法部门到场认定');
    await sheet.getByRole('button', { name: '转交部门' }).click();
    await sheet.waitFor({ state: 'detached' });
    await row('底商饭店油烟直排到楼上').waitFor({ state: 'detached' });
    await person.page.getByRole('radio', { name: /已转出/ }).click();
    await row('底商饭店油烟直排到楼上').waitFor();
  });

  test('she asks for more time, and the street decides', async () => {
    await sit('clerk', QUEUE);
    await row('单元门禁坏了谁都能进').waitFor();
    await row('电梯在五楼总是抖一下').click();
    await button('申请延期').click();
    const sheet = person.page.getByRole('dialog', { name: '申请延期' });
    const until = sheet.getByLabel('延到哪天');
    await until.fill((await until.getAttribute('min')) ?? '');
    await sheet.getByLabel('原因').fill('导轨要从外地订货');
    await sheet.getByRole('button', { name: '申请延期' }).click();
    await person.page.getByText('等街道审批').waitFor();
    expect(person.faults).toEqual([]);
    await person.leave();

    await sit('street', '/packages/workbench-tickets/pages/extensions/index');
    const request = person.page.locator('.card', { hasText: '理由：导轨要从外地订货' });
    await request.getByRole('button', { name: '同意延期' }).click();
    const decision = person.page.getByRole('dialog', { name: '同意延期' });
    await decision.getByRole('button', { name: '同意延期' }).click();
    await decision.getByText('请写审批意见').waitFor();
    await decision.getByLabel('审批意见').fill('同意，修好前要贴停用告示');
    await decision.getByRole('button', { name: '同意延期' }).click();
    await request.waitFor({ state: 'detached' });
  });

  test('on a phone the queue is cards, and a complaint opens on a page of its own', async () => {
    await sit('clerk', QUEUE, 'phone');
    await person.page.getByRole('button', { name: /顶楼漏水一直没修/ }).click();
    await person.page.getByText('已到现场查看').first().waitFor();
    expect(await person.page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  });
});

describe('the manager and the month’s bills', () => {
  const home = '12号楼 1单元 1401';

  test('next month is seen in full before anything is issued', async () => {
    await sit('manager', BILLS);
    const month = person.page.getByLabel('月份');
    const [next = ''] = await month.locator('option').evaluateAll((all) => all.map((one) => one.textContent));
    await month.selectOption({ label: next });
    await button('预览').click();
    await person.page.getByText(`${next}账单预览`).waitFor();
    await person.page.getByText(/^7\d\d 张，¥6\d,\d{3}\.\d\d$/).waitFor();
    await person.page.getByRole('row', { name: /^住宅物业费（高层），¥40,/ }).waitFor();
    await person.page.getByText(/^\d+ 户和上月不一样$/).waitFor();
  });

  test('a bill that is wrong is cancelled with a reason, and this month’s run issues that one again', async () => {
    await sit('manager', '/packages/workbench-fees/pages/collection/index');
    await person.page.getByLabel('找房号').fill(home);
    await row(home).click();
    const sheet = person.page.getByRole('dialog', { name: home });
    await sheet.getByRole('button', { name: '作废这张账单' }).click();
    const asking = person.page.getByRole('dialog', { name: '作废账单' });
    await asking.getByLabel('为什么作废').fill('重复计算了电梯电费');
    await asking.getByRole('button', { name: '确认作废' }).click();
    await row(home).getByText('已作废').waitFor();

    await person.open(BILLS);
    await person.page.getByRole('checkbox', { name: '加上公共水电费分摊' }).click();
    await button('预览').click();
    await person.page.getByText(/^7\d\d 张，不再重复$/).waitFor();
    await button('按这个预览出账').click();
    const issue = person.page.getByRole('dialog', { name: '出账' });
    await issue.getByText('账单 1 张').waitFor();
    await issue.getByRole('button', { name: '确认出账' }).click();
    await issue.waitFor({ state: 'detached' });
    await person.page.getByText('已出 1 张账单').waitFor();
  });

  test('who has paid and who has not is counted, and found by the number of the home', async () => {
    await sit('manager', '/packages/workbench-fees/pages/collection/index');
    await person.page.getByText(/已收 · \d+ 张/).waitFor();
    await person.page.getByRole('radio', { name: /状态：已缴清/ }).click();
    await person.settled();
    for (const text of await rows().allInnerTexts()) expect(text).toContain('已缴清');
    await person.page.getByRole('radio', { name: /状态：全部/ }).click();
    await person.page.getByLabel('找房号').fill(home);
    await row(home).getByText('待缴').waitFor();
  });
});
