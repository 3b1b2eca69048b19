import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { BillingTerms, UnitBilling } from '../../shared/src/fees/index.ts';
import type { UnitChoice } from '../../shared/src/identity/index.ts';
import type { Browser } from 'playwright-core';
import { launchChromium, Person } from './person.ts';

const ORIGIN = process.env['LINLI_DEMO_ORIGIN'] ?? 'http://127.0.0.1:3000';
const HOME = '3-2-301';

let browser: Browser;
let manager: Person;
beforeAll(async () => {
  browser = await launchChromium();
  manager = await Person.at(browser, ORIGIN, 'manager', 'laptop');
});
afterAll(async () => {
  expect(manager.faults).toEqual([]);
  await browser.close();
});

const fees = (rest: string) => `/api/estates/${manager.estateId}/fees/${rest}`;

async function chooseHome(): Promise<UnitChoice> {
  const url = `/api/estates/${manager.estateId}/units/search?q=${HOME}`;
  const [home] = await manager.api<readonly UnitChoice[]>(url);
  if (home === undefined) throw new Error(`The demo has no ${HOME}`);
  await manager.page.getByLabel('房屋', { exact: true }).fill(HOME);
  await manager.page.getByText(home.name).click();
  return home;
}

describe('the manager sets how the estate bills', () => {
  beforeAll(() => manager.open('/packages/workbench-fees/pages/billing/index'));

  async function saveGrace(days: number): Promise<BillingTerms> {
    await manager.page.getByLabel('过期后宽限几天').fill(String(days));
    await manager.page.getByRole('button', { name: '保存', exact: true }).click();
    // The words of the time before may still stand.
    await Promise.all([
      manager.page.waitForResponse((response) => response.request().method() !== 'GET' && response.ok()),
      manager.page.getByText('确认保存').click(),
    ]);
    await manager.page.getByText('已保存，以后按这个算').first().waitFor();
    await manager.settled();
    return manager.api<BillingTerms>(fees('terms'));
  }

  test('a late fee needs the clause that allows it', async () => {
    await manager.page.getByLabel('违约金：每天万分之几').fill('5');
    await manager.page.getByRole('button', { name: '保存', exact: true }).click();
    await manager.page.getByText('收违约金要写明合同哪一条').waitFor();
    await manager.page.getByText('不改了').click();
    expect(await manager.page.getByLabel('违约金：每天万分之几').inputValue()).toBe('0');
  });

  test('new terms are read back, confirmed and kept', async () => {
    const before = await manager.api<BillingTerms>(fees('terms'));
    expect(await saveGrace(before.graceDays + 7)).toEqual({ ...before, graceDays: before.graceDays + 7 });
    expect(await saveGrace(before.graceDays)).toEqual(before);
  });

  test('a household pays by the quarter', async () => {
    const home = await chooseHome();
    const path = fees(`units/${home.id}/billing`);
    const before = await manager.api<UnitBilling>(path);
    await manager.page.getByRole('radio', { name: '按季' }).click();
    await manager.page.getByText('保存这一户').click();
    await manager.page.getByText(`${home.name} 以后按季出账`).waitFor();
    expect(await manager.api<UnitBilling>(path)).toEqual({ ...before, instalment: 'QUARTER' });
    await manager.page.getByRole('radio', { name: '按月' }).click();
    await manager.page.getByText('保存这一户').click();
    await manager.page.getByText(`${home.name} 以后按月出账`).waitFor();
  });
});

describe('a charge made once', () => {
  test('goes into the preview of its month, and is still there after another page', async () => {
    const { page } = manager;
    await manager.open('/packages/workbench-fees/pages/bills/index');
    const months = page.getByLabel('月份');
    const [next = ''] = await months.locator('option').allTextContents();
    await months.selectOption({ label: next });
    await page.getByText('加一笔').click();
    const home = await chooseHome();
    const item = page.getByLabel('收费项目');
    // The items come with an answer of their own; the only one there is stands chosen.
    await item.locator('option').last().waitFor({ state: 'attached' });
    const wanted = (await item.locator('option').allTextContents()).at(-1) ?? '';
    await item.selectOption({ label: wanted });
    await page.getByText('加上', { exact: true }).click();
    await page.getByText(`${home.name} · `).waitFor();
    await manager.open('/packages/workbench/pages/desk/index');
    await manager.open('/packages/workbench-fees/pages/bills/index');
    await page.getByLabel('月份').selectOption({ label: next });
    await page.getByText(`${home.name} · `).waitFor();
    await page.getByText('预览', { exact: true }).click();
    await page.getByText('账单预览').waitFor();
    const name = wanted.split(' ')[0] ?? '';
    await page.locator('.data-table__row').filter({ hasText: name }).first().waitFor();
    await page.getByLabel(new RegExp(`去掉 ${home.name}`)).click();
    await page.getByText(`${home.name} · `).waitFor({ state: 'detached' });
  });
});
