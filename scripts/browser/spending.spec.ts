import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import type { DecisionDetail } from '../../shared/src/assembly/index.ts';
import type { FileRef } from '../../shared/src/files/index.ts';
import { addDays, shanghaiDate } from '../../shared/src/kernel/index.ts';
import { stumblingBlocks } from './eyes.ts';
import { launchChromium, Person, type Screen } from './person.ts';

const ORIGIN = process.env['LINLI_DEMO_ORIGIN'] ?? 'http://127.0.0.1:3000';
const DESK = '/packages/workbench-income/pages/spending/index';
/** A decision and a spend of this walk's own. */
const NUMBER = '业主大会2025-9-1';
const TITLE = '大门口加装雨棚';
const WORK = '大门口雨棚钢结构和玻璃顶，含安装';
const SCAN = { name: '回单.jpg', mimeType: 'image/jpeg' };

let browser: Browser;
const everybody: Person[] = [];

async function sit(role: string, path: string, screen: Screen = 'laptop'): Promise<Person> {
  const person = await Person.at(browser, ORIGIN, role, screen);
  everybody.push(person);
  await person.open(path);
  return person;
}

beforeAll(async () => {
  browser = await launchChromium();
  await decide();
});
afterAll(async () => {
  expect(everybody.flatMap(({ faults }) => faults)).toEqual([]);
  await browser.close();
});

/** The owners allowed 20,000.00 yuan for the roof over the gate. */
async function decide(): Promise<void> {
  const [chair, treasurer] = await Promise.all(
    ['chair', 'treasurer'].map((role) => Person.at(browser, ORIGIN, role, 'laptop')),
  );
  if (chair === undefined || treasurer === undefined) throw new Error('The demo has no committee');
  const today = shanghaiDate(Date.now());
  const form = new FormData();
  form.append('file', new Blob(['%PDF-1.4 决议'], { type: 'application/pdf' }), '决议.pdf');
  const headers = { authorization: `Bearer ${chair.me?.token ?? ''}` };
  const sent = await fetch(`${ORIGIN}/api/files?purpose=DECISION_SCAN`, {
    method: 'POST',
    headers,
    body: form,
  });
  const { id: scanFileId } = (await sent.json()) as FileRef;
  const decisions = `/api/estates/${chair.estateId}/decisions`;
  const { id } = await chair.post<DecisionDetail>(decisions, {
    number: NUMBER,
    decidedOn: '2025-03-01',
    matter: 9,
    voteClass: 'ORDINARY',
    title: TITLE,
    purpose: '用公共收益在大门口加装雨棚，不超过 20,000 元',
    amountLimitFen: 2_000_000,
    scanFileId,
  });
  await treasurer.post(`${decisions}/${id}/review`, { approve: true, reason: '' });
  await chair.post(`${decisions}/${id}/plan`, {
    body: 'COMMITTEE',
    bodyName: '业委会',
    dueOn: addDays(today, 30),
    expiresOn: addDays(today, 60),
    purposes: ['FACILITY_UPGRADE'],
    budgetYear: null,
    reason: '照以前的决定办',
  });
  await Promise.all([chair.leave(), treasurer.leave()]);
}

const row = (person: Person) => person.screen.getByRole('row', { name: new RegExp(WORK) });
const sheet = (person: Person, name: string) => person.page.getByRole('dialog', { name, exact: true });

/** Opens the request, taps the step, and confirms what is read back. */
async function step(person: Person, label: string, done: string): Promise<void> {
  await row(person).click();
  const request = sheet(person, '支出申请');
  await request.getByText(`${NUMBER}《${TITLE}》`).waitFor();
  await request.getByRole('button', { name: label, exact: true }).click();
  const readBack = sheet(person, label);
  await readBack.getByText(`准许依据：${NUMBER}《${TITLE}》`).waitFor();
  await readBack.getByRole('button', { name: label, exact: true }).click();
  await person.page.getByText(done).first().waitFor();
}

describe('a spend that the owners decided on', () => {
  test('the company asks for more than is left, is told so, and asks for less', async () => {
    const manager = await sit('manager', DESK);
    await manager.button('申请支出').click();
    const form = sheet(manager, '申请支出');
    await form.getByLabel('类别').selectOption('FACILITY_UPGRADE');
    await form.getByLabel('用来做什么').fill(WORK);
    await form.getByLabel('收款单位').fill('奇台县宏图钢结构有限公司');
    await form.getByLabel('金额（元）').fill('20000.01');
    await form.getByLabel('业主大会决定编号').fill(NUMBER);
    await manager.give(form.locator('.photo-picker__add'), await manager.photo('合同.jpg'));
    await form.getByRole('button', { name: /^第 1 张照片/ }).waitFor();
    await form.getByRole('button', { name: '提交申请' }).click();
    await form.getByText('引用的决定剩余的金额不够这笔支出').waitFor();
    await form.getByLabel('金额（元）').fill('18000');
    await form.getByRole('button', { name: '提交申请' }).click();
    await form.waitFor({ state: 'detached' });
    await row(manager).waitFor();
    expect(await stumblingBlocks(manager)).toEqual([]);
  });

  test('the committee confirms and the street files, each another person', async () => {
    await step(await sit('chair', DESK), '确认', '已确认，等街道备案');
    await step(await sit('street', DESK), '备案', '已备案');
  });

  test('the treasurer registers the payment: without a network nothing is lost, and two taps are one payment', async () => {
    const treasurer = await sit('treasurer', DESK);
    const form = sheet(treasurer, '支出申请');
    const send = form.getByRole('button', { name: '登记已付 ¥18,000.00' });
    await row(treasurer).click();
    await form.getByLabel('付款日期').fill(shanghaiDate(Date.now()));
    await form.getByLabel('银行流水号').fill('ICBC-SPENDING-WALK');
    const receipt = { ...SCAN, buffer: await treasurer.page.screenshot({ type: 'jpeg' }) };
    await treasurer.give(form.getByRole('button', { name: '上传回单' }), receipt);
    await form.getByRole('button', { name: /^已上传 回单/ }).waitFor();
    await treasurer.page.context().setOffline(true);
    await send.click();
    await form.getByText(/网络/).waitFor();
    await treasurer.page.context().setOffline(false);
    await treasurer.page.reload();
    await row(treasurer).click();
    await form.getByRole('button', { name: /^已上传 回单/ }).waitFor();
    expect(await form.getByLabel('银行流水号').inputValue()).toBe('ICBC-SPENDING-WALK');
    await send.dblclick();
    await treasurer.page.getByText('已登记付款，等另一位对账').first().waitFor();
    await treasurer.screen
      .getByRole('row', { name: new RegExp(WORK) })
      .getByText('已付款，待对账')
      .waitFor();
  });

  test('an owner reads what allowed it, and on the decision what it has cost', async () => {
    const owner = await sit('owner', '/packages/income/pages/spending/index', 'phone');
    await owner.button(new RegExp(WORK)).click();
    const spend = sheet(owner, '支出');
    for (const words of [`${NUMBER}《${TITLE}》`, '已付款，待对账', 'ICBC-SPENDING-WALK'])
      await spend.getByText(words).first().waitFor();
    expect(await stumblingBlocks(owner)).toEqual([]);
    await owner.open('/packages/assembly/pages/decisions/index');
    await owner.page.getByLabel('按编号或名称查找').fill(NUMBER);
    await owner.button(`${NUMBER}，${TITLE}`).click();
    await owner.page.getByText('¥18,000.00，最多 ¥20,000.00，还剩 ¥2,000.00').waitFor();
  });
});
