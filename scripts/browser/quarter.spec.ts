import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { root } from '../bootstrap/paths.mjs';
import { launchChromium, Person } from './person.ts';

const ORIGIN = process.env['LINLI_DEMO_ORIGIN'] ?? 'http://127.0.0.1:3000';
const LIST = '/packages/workbench-income/pages/list/index';
const CLOSING = '169,815.60';
const sample = (name: string) => join(root, 'scripts', 'samples', 'kangning', name);

describe('the third quarter, from the treasurer’s spreadsheet to the owners', () => {
  let browser: Browser;
  let treasurer: Person;
  let draftPath: string;
  let previewed: string[];

  beforeAll(async () => {
    browser = await launchChromium();
    treasurer = await Person.at(browser, ORIGIN, 'treasurer', 'laptop');
    await treasurer.open(LIST);
  });
  afterAll(async () => {
    expect(treasurer.faults).toEqual([]);
    await browser.close();
  });

  const button = (name: string) => treasurer.page.getByRole('button', { name, exact: true });
  const step = (name: string) => treasurer.page.getByRole('tab', { name });

  test('a sheet that is a cent off is refused with its row and the sentence', async () => {
    await treasurer.give(button('上传本季收支表'), sample('income-2026Q3-does-not-balance.xlsx'));
    const row = treasurer.page.getByRole('row', { name: '第 17 行' });
    await row.waitFor();
    expect(await row.innerText()).toContain('期末余额应为 169,815.60 元，表中是 169,815.59 元，差 0.01 元');
    expect(treasurer.page.url()).toContain(LIST);
  });

  test('a photo in place of a sheet is refused in words', async () => {
    await treasurer.give(button('上传本季收支表'), await treasurer.photo());
    await treasurer.page.getByText('没有读成').waitFor();
  });

  test('the right sheet becomes a draft of twelve lines', async () => {
    await treasurer.give(button('上传本季收支表'), sample('income-2026Q3.xlsx'));
    await treasurer.page.getByRole('row', { name: '第 12 笔' }).waitFor();
    await treasurer.page.waitForURL(/\?id=/);
    await treasurer.settled();
    const { pathname, search } = new URL(treasurer.page.url());
    draftPath = pathname + search;
  });

  test('a line is opened with the keyboard and mended, and the preview follows', async () => {
    for (let moved = 0; moved < 9; moved++) await treasurer.page.keyboard.press('j');
    await treasurer.page.keyboard.press('Enter');
    const sheet = treasurer.page.getByRole('dialog', { name: '第 10 笔' });
    await sheet.waitFor();
    // The list of quarters lies under this page, and keeps still.
    expect(await treasurer.page.getByRole('dialog', { includeHidden: true }).count()).toBe(1);
    await sheet.getByLabel('对方单位').fill('奇台县顺达机电有限公司');
    await sheet.getByRole('button', { name: '改好了' }).click();
    await sheet.waitFor({ state: 'detached' });
    await treasurer.page.locator('.phone-preview').getByText('奇台县顺达机电有限公司').waitFor();
  });

  test('a reload in the middle of it loses nothing', async () => {
    await treasurer.page.reload();
    await treasurer.settled();
    await treasurer.page.getByRole('row', { name: '第 10 笔' }).getByText('奇台县顺达机电有限公司').waitFor();
    await button('保存，下一步').click();
    await treasurer.page.getByText('12 笔里有 12 笔还没有扫描件').waitFor();
  });

  test('a voucher is attached to the first line', async () => {
    await treasurer.give(treasurer.page.locator('.photo-picker__add').first(), await treasurer.photo());
    await treasurer.page.getByText('12 笔里有 11 笔还没有扫描件').waitFor();
    await button('保存，下一步').click();
    await treasurer.page.getByText('还没有填银行账户余额').waitFor();
  });

  test('it cannot be submitted while the bank says something else', async () => {
    await treasurer.page.getByLabel('季末银行余额（元）').fill('169815.59');
    await step('预览提交').click();
    await treasurer.page.getByText('还有 1 处不符合公示要求').waitFor();
    expect(await button('提交复核').getAttribute('aria-disabled')).toBe('true');
    await step('账户余额').click();
    await treasurer.page.getByLabel('季末银行余额（元）').fill('169815.60');
    await step('预览提交').click();
    await treasurer.page.getByText('核对通过').waitFor();
  });

  test('the treasurer submits, and cannot publish what she has submitted herself', async () => {
    previewed = await cardsIn(treasurer, '.phone-preview__screen');
    await button('提交复核').click();
    const sheet = treasurer.page.getByRole('dialog', { name: '提交复核' });
    await sheet.getByText(`季末余额 ¥${CLOSING}`).waitFor();
    await sheet.getByRole('button', { name: '提交', exact: true }).click();
    await treasurer.page.getByText('等另一位业委会成员复核公示', { exact: true }).waitFor();
    expect(await button('公示给全体业主').count()).toBe(0);
  });

  test('another member of the committee looks at it and publishes', async () => {
    const member = await Person.at(browser, ORIGIN, 'member', 'laptop');
    await member.open(LIST);
    await member.page.getByRole('button', { name: /^2026年第三季度/ }).click();
    await member.page.getByRole('button', { name: '公示给全体业主' }).click();
    const sheet = member.page.getByRole('dialog', { name: '公示' });
    await sheet.getByText('公示以后不能再改').waitFor();
    await sheet.getByRole('button', { name: '公示', exact: true }).click();
    await member.page.getByText('全体业主都能看到了').waitFor();
    expect(member.faults).toEqual([]);
    await member.leave();
  });

  test('an owner sees on the phone what the treasurer saw in the preview', async () => {
    const owner = await Person.at(browser, ORIGIN, 'owner2', 'phone');
    await owner.open('/packages/income/pages/home/index');
    await owner.page.getByText('2026年第三季度末余额').waitFor();
    const shown = await cardsIn(owner, '.linli');
    expect(shown).toEqual(expect.arrayContaining(previewed));
    expect(previewed[0]).toContain(CLOSING);
    expect(owner.faults).toEqual([]);
    await owner.leave();
  });

  test('the draft’s own page says that it is published', async () => {
    await treasurer.open(draftPath);
    await treasurer.page.getByText('全体业主都能看到了').waitFor();
  });
});

/** What each card of the statement says; who has signed it is known only once it is published. */
async function cardsIn(person: Person, within: string): Promise<string[]> {
  const texts = await person.page.locator(`${within} .card`).allInnerTexts();
  return texts.filter((text) => !text.includes('谁做的'));
}
