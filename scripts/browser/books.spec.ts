import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import type { StatementList } from '../../shared/src/income/index.ts';
import { stumblingBlocks } from './eyes.ts';
import { launchChromium, Person } from './person.ts';

const ORIGIN = process.env['LINLI_DEMO_ORIGIN'] ?? 'http://127.0.0.1:3000';
const BOOKS = '/packages/workbench-income/pages/books/index';
/** Nobody else is paid this by anybody. */
const PAYEE = '奇台县东关钥匙铺';

describe('the books of the public income', () => {
  let browser: Browser;
  let treasurer: Person;
  let owner: Person;

  beforeAll(async () => {
    browser = await launchChromium();
    treasurer = await Person.at(browser, ORIGIN, 'treasurer', 'laptop');
    owner = await Person.at(browser, ORIGIN, 'owner', 'phone');
  });
  afterAll(async () => {
    expect([...treasurer.faults, ...owner.faults]).toEqual([]);
    await browser.close();
  });

  test('the treasurer books a spend as it happens; what is missing is said under its field', async () => {
    await treasurer.open(BOOKS);
    await treasurer.button('记一笔支出').click();
    const sheet = treasurer.page.getByRole('dialog', { name: '记一笔支出' });
    await sheet.getByLabel('对方单位').fill(PAYEE);
    await sheet.getByLabel('金额').fill('12.34');
    await sheet.getByRole('button', { name: '记账' }).click();
    await sheet.getByText('要写凭证号或者附凭证').waitFor();
    await sheet.getByLabel('凭证号').fill('K-7');
    await sheet.getByRole('button', { name: '记账' }).click();
    await sheet.waitFor({ state: 'detached' });
    await treasurer.page
      .getByRole('row', { name: /12\.34/ })
      .getByText(PAYEE)
      .waitFor();
  });

  test('taken back with its reason, it stays to be read', async () => {
    await treasurer.page.getByRole('row', { name: /12\.34/ }).click();
    const sheet = treasurer.page.getByRole('dialog', { name: '公共设施维修' });
    await sheet.getByLabel('记错了').fill('这把钥匙是住户自己付的');
    await sheet.getByRole('button', { name: '冲销这一笔' }).click();
    await sheet.waitFor({ state: 'detached' });
    const row = treasurer.page.getByRole('row', { name: /12\.34/ });
    await row.getByText('已冲销').waitFor();
    await row.click();
    await treasurer.page.getByText('这把钥匙是住户自己付的').waitFor();
  });

  test('an owner follows a published line down to the entries in the books', async () => {
    const url = `/api/estates/${owner.estateId}/income/statements`;
    const first = (await owner.api<StatementList>(url)).items.find(({ quarter }) => quarter === '2026Q1');
    await owner.open(`/packages/income/pages/statement/index?id=${first?.id ?? ''}`);
    await owner.screen.locator('.ledger-line').first().click();
    await owner.button('追到账上').click();
    await owner.page.getByText('进了公共收益的银行账户').first().waitFor();
    await owner.page.getByText('原件指纹 SHA-256').first().waitFor();
    expect(await stumblingBlocks(owner)).toEqual([]);
  });
});
