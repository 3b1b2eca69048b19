import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { AssemblySummary } from '../../shared/src/assembly/index.ts';
import type { Page } from '../../shared/src/kernel/index.ts';
import type { Browser, Locator } from 'playwright-core';
import { launchChromium, Person } from './person.ts';

const ORIGIN = process.env['LINLI_DEMO_ORIGIN'] ?? 'http://127.0.0.1:3000';

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

/** Waits until there are that many; says how many there were in the end. */
async function counted(rows: Locator, wanted: number): Promise<number> {
  await rows.nth(wanted - 1).waitFor();
  return rows.count();
}

/** Taps it where it is: scrolling there brings the next page by itself, sometimes before the tap and sometimes not. */
const tapMore = ({ page }: Person) => page.getByText('加载更多').dispatchEvent('click');

describe('an owner reads the posted roll on the phone', () => {
  let owner: Person;
  const rows = () => owner.page.locator('.taro_page_show .cell');

  beforeAll(async () => {
    owner = await Person.at(browser, ORIGIN, 'owner', 'phone');
    const url = `/api/estates/${owner.estateId}/assemblies?limit=50`;
    const { items } = await owner.api<Page<AssemblySummary>>(url);
    const meeting = items.find(({ state }) => state === 'VOTING');
    if (meeting === undefined) throw new Error('No meeting is being voted on');
    await owner.open(`/packages/assembly/pages/detail/index?assemblyId=${meeting.id}`);
    await owner.page.getByText('看公示的业主名册').click();
    await counted(rows(), 100);
  });
  afterAll(async () => {
    expect(owner.faults).toEqual([]);
    await owner.leave();
  });

  test('the end of the screen brings the next hundred', async () => {
    expect(await rows().count()).toBe(100);
    await owner.page.getByText('加载更多').scrollIntoViewIfNeeded();
    expect(await counted(rows(), 200)).toBe(200);
  });

  test('where a page does not come, it says so, keeps what is there and comes when asked again', async () => {
    const followingPages = /\/roll\?.*after=/;
    await owner.page.route(followingPages, (route) => route.abort());
    await tapMore(owner);
    await owner.page.getByText('后面的没有加载出来').waitFor();
    expect(await rows().count()).toBe(200);
    await owner.page.unroute(followingPages);
    await owner.page.getByText('重试').click();
    expect(await counted(rows(), 300)).toBe(300);
  });

  test('opened again, it shows as much as was left', async () => {
    await owner.page.goBack();
    await owner.page.getByText('看公示的业主名册').click();
    expect(await counted(rows(), 300)).toBe(300);
  });
});

describe('the clerk goes through the bills on a laptop', () => {
  let clerk: Person;
  const rows = () => clerk.page.locator('.data-table__row');

  beforeAll(async () => {
    clerk = await Person.at(browser, ORIGIN, 'clerk', 'laptop');
    await clerk.open('/packages/workbench-fees/pages/collection/index');
  });
  afterAll(async () => {
    expect(clerk.faults).toEqual([]);
    await clerk.leave();
  });

  test('the next page keeps the filter', async () => {
    await clerk.page.getByRole('radio', { name: '状态：已缴清' }).click();
    await clerk.settled();
    expect(await counted(rows(), 50)).toBe(50);
    await tapMore(clerk);
    const shown = await counted(rows(), 100);
    expect(await rows().getByText('已缴清').count()).toBe(shown);
  });

  test('another filter begins at its first page, and the one before is as it was', async () => {
    await clerk.page.getByRole('radio', { name: '状态：待缴' }).click();
    await clerk.settled();
    expect(await counted(rows(), 50)).toBe(50);
    expect(await rows().getByText('待缴').count()).toBe(50);
    await clerk.page.getByRole('radio', { name: '状态：已缴清' }).click();
    await rows().nth(99).waitFor();
    expect(await rows().getByText('已缴清').count()).toBe(await rows().count());
  });
});
