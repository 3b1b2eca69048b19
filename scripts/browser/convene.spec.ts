import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, Locator } from 'playwright-core';
import { addDays, shanghaiDate } from '../../shared/src/kernel/index.ts';
import { launchChromium, Person } from './person.ts';

const ORIGIN = process.env['LINLI_DEMO_ORIGIN'] ?? 'http://127.0.0.1:3000';
const TITLE = '冬季业主大会';
const today = shanghaiDate(Date.now());

describe('the chair convenes an assembly', () => {
  let browser: Browser;
  let chair: Person;

  beforeAll(async () => {
    browser = await launchChromium();
    chair = await Person.at(browser, ORIGIN, 'chair', 'laptop');
    await chair.open('/packages/workbench-assembly/pages/list/index');
    await button('召集会议').click();
    await chair.page.waitForURL(/convene/);
    await chair.settled();
  });
  afterAll(async () => {
    expect(chair.faults).toEqual([]);
    await browser.close();
  });

  const button = (name: string) => chair.page.getByRole('button', { name, exact: true });
  const preview = () => chair.page.locator('.phone-preview');
  const refusal = (words: string) => chair.page.getByRole('alert').filter({ hasText: words }).first();
  const date = (label: RegExp): Locator => chair.page.getByLabel(label);

  test('an empty agenda does not let her go on, and each gap is named', async () => {
    await button('下一步').click();
    await refusal('还不能到下一步').waitFor();
    expect(await chair.page.locator('.field--bad').count()).toBeGreaterThanOrEqual(3);
  });

  test('the matter decides the majority; she cannot pick it', async () => {
    await chair.page.getByLabel('会议名称').fill(TITLE);
    await chair.page.getByLabel('决定什么、为什么').fill('明年的小区停车怎么收费，请大家一起决定。');
    await chair.page.getByLabel('议题名称').fill('地面共有车位调整月费');
    await chair.page
      .getByLabel('要表决的内容')
      .fill('地面共有车位每月由 60 元调整为 80 元，收益归全体业主。');
    await preview().getByText('普通事项：双过半').waitFor();
    await chair.page.getByLabel('属于哪一类事项').selectOption('8');
    await preview().getByText('特别事项：双四分之三').waitFor();
  });

  test('a reload keeps what she has typed', async () => {
    await chair.page.reload();
    await chair.settled();
    expect(await chair.page.getByLabel('会议名称').inputValue()).toBe(TITLE);
    await button('下一步').click();
    await chair.page.getByText('会前征求意见').waitFor();
    await button('下一步').click();
    await chair.page.getByText('通知后至少满 15 天').waitFor();
  });

  test('a notice that is too short is refused in words', async () => {
    await date(/^名册异议截止/).fill(addDays(today, 7));
    await date(/^投票开始/).fill(addDays(today, 10));
    await date(/^投票截止/).fill(addDays(today, 17));
    await button('下一步').click();
    await refusal('15').waitFor();
    expect(await chair.page.locator('.field--bad').filter({ hasText: '投票开始' }).count()).toBe(1);
    expect(await button('发出通知').count()).toBe(0);
  });

  test('with the earliest dates that the law allows, the notice is ready', async () => {
    await button('按今天通知，取最早的日期').click();
    await date(/^告知居民委员会/).fill(today);
    await button('下一步').click();
    await chair.page.getByText('可以发通知').waitFor();
    await preview().getByText(TITLE).waitFor();
  });

  test('the notice goes out after it has been read back, and the roll is fixed', async () => {
    await button('发出通知').click();
    const sheet = chair.page.getByRole('dialog', { name: '发出通知' });
    await sheet.getByText('发出后议题、时间和名册都不能再改').waitFor();
    await sheet.getByRole('button', { name: '发出通知' }).click();
    await chair.page.waitForURL(/meeting/);
    await chair.settled();
    await chair.page.getByText(TITLE).first().waitFor();
  });

  test('an owner reads the same on the phone', async () => {
    const owner = await Person.at(browser, ORIGIN, 'owner2', 'phone');
    await owner.open('/pages/assembly/index');
    await owner.page.getByText(TITLE).click();
    await owner.page.getByText('地面共有车位每月由 60 元调整为 80 元').waitFor();
    expect(owner.faults).toEqual([]);
    await owner.leave();
  });
});
