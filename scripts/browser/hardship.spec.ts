import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import type { BillView, MyBills } from '../../shared/src/fees/index.ts';
import { formatMonth } from '../../shared/src/kernel/index.ts';
import { RELIEF_STATE_LABELS } from '../../shared/src/relief/index.ts';
import { stumblingBlocks } from './eyes.ts';
import { launchChromium, Person } from './person.ts';

const ORIGIN = process.env['LINLI_DEMO_ORIGIN'] ?? 'http://127.0.0.1:3000';
const DUNNING = '/packages/workbench-fees/pages/dunning/index';
const BILLS = '/packages/payments/pages/bills/index';
const MY_RELIEF = '/packages/payments/pages/relief/index';
const RELIEF = '/packages/workbench-street/pages/relief/index';
const FUNDER = '奇台县民政局';

/** One household of the demo that no other walk touches: it is overdue, was reminded, and has it hard. */
describe('a household that cannot pay', () => {
  let browser: Browser;
  let clerk: Person;
  let owner: Person;
  let home: string;
  const people: Person[] = [];

  async function at(role: string, screen: 'phone' | 'elder' | 'laptop'): Promise<Person> {
    const person = await Person.at(browser, ORIGIN, role, screen);
    people.push(person);
    return person;
  }

  async function overdue(): Promise<readonly BillView[]> {
    const { items } = await owner.api<MyBills>(`/api/me/bills?estateId=${owner.estateId}`);
    return items.filter(({ overdueDays }) => overdueDays > 0);
  }

  beforeAll(async () => {
    browser = await launchChromium();
    clerk = await at('clerk', 'laptop');
    owner = await at('debtor', 'phone');
    home = (await overdue())[0]?.unitName ?? '';
    expect(home).not.toBe('');
  });
  afterAll(async () => {
    expect(people.flatMap(({ faults }) => faults)).toEqual([]);
    await browser.close();
  });

  const rowOf = (person: Person) =>
    person.screen.getByRole('row', { name: new RegExp(`(?<!\\d)${home}(?!\\d)`) });

  test('is written to by the company: one paper for each home, printed', async () => {
    await clerk.open(DUNNING);
    await clerk.page.getByLabel('经办人').fill('物业客服 李娜');
    await clerk.button(/^给这 \d+ 户出催告书$/).click();
    const asked = clerk.page.getByRole('dialog', { name: '出催告书' });
    await asked.getByRole('button', { name: '出催告书' }).click();
    const print = clerk.button(/^打印这 \d+ 份$/);
    await print.waitFor();
    const [download] = await Promise.all([clerk.page.waitForEvent('download'), print.click()]);
    expect(download.suggestedFilename()).toMatch(/^催告书 \d{4}-\d+-\d+\.pdf$/);
    expect((await readFile(await download.path())).subarray(0, 5).toString()).toBe('%PDF-');
    expect(await stumblingBlocks(clerk)).toEqual([]);
  });

  test('gets the paper in hand, and the company writes that down', async () => {
    await clerk.open(DUNNING);
    await rowOf(clerk).click();
    const sheet = clerk.page.getByRole('dialog', { name: home });
    await sheet.getByText('只交给业主本人或同住的家人').waitFor();
    await sheet.getByRole('button', { name: '登记送达' }).click();
    await clerk.page.getByText('已登记送达').first().waitFor();
    await rowOf(clerk).waitFor({ state: 'detached' });
  });

  test('sees what was done when, what comes next and what it can do; the committee sees numbers alone', async () => {
    await owner.open(BILLS);
    await owner.screen.getByText('物业费催缴记录').waitFor();
    await owner.screen.getByText(/^催告〔\d{4}〕\d+号，.*当面送达$/).waitFor();
    await owner.screen.getByText(/起物业可以进行下一步：业委会督促/).waitFor();
    await owner.screen.getByText(/不会因为欠费停水停电/).waitFor();
    expect(await stumblingBlocks(owner)).toEqual([]);
    const chair = await at('chair', 'phone');
    await chair.open(DUNNING);
    await chair.screen.getByText(/没有房号和姓名/).waitFor();
    expect(await chair.screen.getByText(home).count()).toBe(0);
    expect(await stumblingBlocks(chair)).toEqual([]);
  });

  test('asks for relief, in confidence', async () => {
    await owner.button('有困难，申请减免或缓缴').click();
    await owner.button('申请减免或缓缴').click();
    for (const bill of await overdue())
      await owner.screen.getByRole('checkbox', { name: `${formatMonth(bill.month)}物业费` }).click();
    await owner.page.getByLabel('证件编号').fill('652325199901010011');
    await owner.page.getByLabel('家里的情况').fill('今年住院花了不少钱，暂时缴不上。');
    await owner.give(owner.button(/^添加照片/), await owner.photo('低保证.jpg'));
    await owner.screen.getByRole('checkbox', { name: '同意社区和街道查看材料' }).click();
    await owner.button('提交申请').click();
    const asked = owner.page.getByRole('dialog', { name: '提交申请' });
    await asked.getByRole('button', { name: '提交' }).click();
    await owner.screen.getByText('只有社区和街道能看').waitFor();
    expect(await stumblingBlocks(owner)).toEqual([]);
  });

  test('the community verifies, the street approves', async () => {
    const community = await at('community', 'laptop');
    await community.open(RELIEF);
    await rowOf(community).click();
    await community.button('情况属实').click();
    await community.page.getByRole('dialog').getByRole('button', { name: '送街道审批' }).click();
    await rowOf(community).waitFor({ state: 'detached' });
    const street = await at('street', 'laptop');
    await street.open(RELIEF);
    await rowOf(street).click();
    await street.page.getByLabel('承担单位全称').fill(FUNDER);
    await street.button('批准').click();
    await street.page.getByRole('dialog').getByRole('button', { name: '批准' }).click();
    await rowOf(street).waitFor({ state: 'detached' });
  });

  test('finds it on the bill; the neighbours find nothing', async () => {
    // The server books it a moment later; a household looks again until it stands there.
    do await owner.open(MY_RELIEF);
    while ((await owner.screen.getByText(RELIEF_STATE_LABELS.APPLIED).count()) === 0);
    await owner.screen.getByText(new RegExp(FUNDER)).waitFor();
    expect(await stumblingBlocks(owner)).toEqual([]);
    await owner.open(BILLS);
    const [bill] = await overdue();
    if (bill === undefined) throw new Error('Half of it is open still');
    await owner.button(new RegExp(`^${formatMonth(bill.month)} 物业费，.*看怎么算的$`)).click();
    await owner.screen.getByText('减免', { exact: true }).first().waitFor();
    for (const { reducedFen } of await overdue()) expect(reducedFen).toBeGreaterThan(0);
    const neighbour = await at('owner2', 'elder');
    await neighbour.open(BILLS);
    expect(await neighbour.screen.getByText(home).count()).toBe(0);
    expect(await neighbour.screen.getByText(/减免（|催缴记录/).count()).toBe(0);
  });
});
