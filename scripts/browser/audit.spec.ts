import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { stumblingBlocks } from './eyes.ts';
import { launchChromium, Person, type Screen } from './person.ts';

const ORIGIN = process.env['LINLI_DEMO_ORIGIN'] ?? 'http://127.0.0.1:3000';
const DESK = '/packages/workbench-income/pages/audits/index';
const FINDING = /第 3 条，快递柜场地合同到期后续签/;
const ANSWER = '新合同已经归档，涨价的 800.00 元已经补收入账。';

/** The finding of the demo's audit that nobody has answered in time. */
describe('a finding that is overdue', () => {
  let browser: Browser;
  const everybody: Person[] = [];

  async function join(role: string, screen: Screen): Promise<Person> {
    const person = await Person.at(browser, ORIGIN, role, screen);
    everybody.push(person);
    return person;
  }

  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(async () => {
    expect(everybody.flatMap(({ faults }) => faults)).toEqual([]);
    await browser.close();
  });

  test('is answered by the company from its desk', async () => {
    const manager = await join('manager', 'laptop');
    await manager.open(DESK);
    expect(await stumblingBlocks(manager)).toEqual([]);
    await manager.screen.getByRole('row', { name: FINDING }).click();
    const sheet = manager.page.getByRole('dialog');
    await sheet.getByText(/应由物业企业在 .*前答复/).waitFor();
    await sheet.getByLabel('怎么整改的').fill(ANSWER);
    await sheet.getByRole('button', { name: '提交答复' }).click();
    await manager.page.getByText('已答复，等社区核实').waitFor();
    await manager.leave();
  });

  test('is looked into by the community on a phone', async () => {
    const officer = await join('community', 'phone');
    await officer.open(DESK);
    await officer.button(FINDING).click();
    const finding = officer.page.getByRole('dialog', { name: /第 3 条/ });
    await finding.getByText(ANSWER).waitFor();
    await finding.getByRole('button', { name: '核实通过' }).click();
    const question = officer.page.getByRole('dialog', { name: '核实通过' });
    await question.getByRole('button', { name: '核实通过' }).click();
    await officer.page.getByText('已核实通过').waitFor();
    await officer.leave();
  });

  test('is read by the owners with its answer, in large letters', async () => {
    const owner = await join('owner', 'elder');
    await owner.open('/packages/income/pages/audits/index');
    expect(await stumblingBlocks(owner)).toEqual([]);
    await owner.button(/年度审计报告$/).click();
    await owner.screen.getByText(ANSWER).waitFor();
    await owner.screen.getByText('文件指纹（SHA-256）').waitFor();
    expect(await stumblingBlocks(owner)).toEqual([]);
  });
});
