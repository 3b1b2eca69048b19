import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import type { IncomeOverview } from '../../shared/src/income/index.ts';
import { stumblingBlocks } from './eyes.ts';
import { launchChromium, Person } from './person.ts';

const ORIGIN = process.env['LINLI_DEMO_ORIGIN'] ?? 'http://127.0.0.1:3000';
const INCOME = '/packages/income/pages/home/index';
/** 2026Q3 as 2026年第三季度 */
const inWords = (quarter: string) =>
  `${quarter.slice(0, 4)}年第${'一二三四'.charAt(Number(quarter.slice(5)) - 1)}季度`;

/** Each asks about another item, so that neither has been asked about before. */
const WAYS = [
  { screen: 'phone', missing: { code: 'PERFORMANCE', label: '合同履行情况' } },
  { screen: 'elder', missing: { code: 'FEE_USE', label: '收费金额和使用情况' } },
] as const;

describe.each(WAYS)('an owner looks things up, $screen', ({ screen, missing }) => {
  let browser: Browser;
  let owner: Person;

  beforeAll(async () => {
    browser = await launchChromium();
    owner = await Person.at(browser, ORIGIN, 'owner', screen);
  });
  afterAll(async () => {
    expect(owner.faults).toEqual([]);
    await browser.close();
  });

  const text = (words: string | RegExp) => owner.screen.getByText(words).first();
  const card = (words: string) => owner.screen.locator('.card').filter({ hasText: words }).first();

  async function nothingInTheWay(): Promise<void> {
    expect(await stumblingBlocks(owner)).toEqual([]);
  }

  test('from the home page to what the fees are and what they are based on', async () => {
    await owner.open('/pages/home/index');
    await nothingInTheWay();
    await owner.page.locator('.weui-tabbar__item').filter({ hasText: '公示' }).click();
    await text('该公示的，公示了没有').waitFor();
    await nothingInTheWay();
    await owner.button(/^收费标准/).click();
    const fee = card('住宅物业费（多层）');
    await fee.waitFor();
    expect(await fee.innerText()).toMatch(/0\.65\s*元\/㎡·月[^]*依据：康宁家园物业服务合同 第八条/);
    await text('奇台县安泰物业服务有限公司').waitFor();
    await nothingInTheWay();
  });

  test('what her home pays for the common light and water, to the fen', async () => {
    await owner.button(/^公共水电费分摊/).click();
    const share = card('1号楼 1单元 101 分到');
    await share.waitFor();
    expect(await share.innerText()).toMatch(/¥2\.37[^]*839\.85 元 × 89\.37 ㎡ ÷ 58,116\.72 ㎡ = 1\.29 元/);
    expect(await card('公共照明用电 839').count()).toBe(1);
    await nothingInTheWay();
  });

  test('what the common parts earned, where it went, and what is left', async () => {
    await owner.open(`${INCOME}?quarter=2026Q2`);
    const head = card('2026年第二季度末余额');
    await head.waitFor();
    const figures = (await head.innerText()).replace(/\s+/g, '');
    expect(figures).toContain('2026年第二季度末余额¥123,456.78');
    expect(figures).toContain('季初余额¥81,352.10');
    expect(figures).toContain('本季净收入收¥112,224.68');
    expect(figures).toContain('本季支出支¥70,120.00');
    await nothingInTheWay();
  });

  test('a line of the ledger opens to its decision and its voucher', async () => {
    await owner.button(/^收 ¥12,000\.00，昌吉新潮传媒有限公司/).click();
    const sheet = owner.page.getByRole('dialog', { name: '电梯广告' });
    await sheet.getByText('业主大会2024-1-4').waitFor();
    await sheet.getByText('特别决议').waitFor();
    await nothingInTheWay();
    await sheet.getByRole('button', { name: /^第 1 张照片，共 \d+ 张，点开看大图$/ }).click();
    const photo = owner.page.locator('.photo-viewer img');
    await photo.waitFor();
    await owner.page.waitForFunction(() => {
      const image = document.querySelector<HTMLImageElement>('.photo-viewer img');
      return image !== null && image.complete && image.naturalWidth > 300;
    });
    await photo.click();
    await sheet.getByRole('button', { name: '关闭' }).click();
    await sheet.waitFor({ state: 'detached' });
  });

  test('a quarter that is over and not posted is named, with who owes it', async () => {
    // The committee may publish it at this very time: what the page was told is what it must say.
    const [answer] = await Promise.all([
      owner.page.waitForResponse((response) => response.url().endsWith('/income')),
      owner.open(INCOME),
    ]);
    const { owed, latest } = (await answer.json()) as IncomeOverview;
    expect(owed.some(({ quarter }) => quarter === '2026Q3')).toBe(latest?.quarter === '2026Q2');
    await text(`${inWords(latest?.quarter ?? '')}末余额`).waitFor();
    for (const { quarter, overdueDays } of owed) {
      const late = await card(`${inWords(quarter)}还没有公示`).innerText();
      expect(late).toContain(overdueDays > 0 ? `逾期 ${overdueDays} 天` : '业主委员会应在');
      expect(late).toContain('业主委员会');
    }
  });

  test('a correction shows what was beside what is, and why', async () => {
    await owner.open(`${INCOME}?quarter=2026Q1`);
    await owner.button(/^第 2 版，看更正了什么/).click();
    await text(/^更正原因：待查的 100\.00 元已经查明/).waitFor();
    const pair = owner.screen.locator('.diff-pair').filter({ hasText: '金额' }).first();
    expect((await pair.innerText()).replace(/\s+/g, '')).toBe('金额原来¥3,580.00更正后¥3,680.00');
    await text(/^其余 \d+ 笔没有变化/).waitFor();
    await nothingInTheWay();
  });

  test('whom to call about a blocked fire lane, and a complaint about it begins with its kind', async () => {
    await owner.open('/pages/home/index');
    await owner.button(/^打电话，/).click();
    const department = owner.button(/^打电话给消防救援大队/);
    await department.waitFor();
    expect(await department.innerText()).toContain('占用消防通道');
    await nothingInTheWay();
    expect(await owner.dials(() => department.click())).toBe('09947200104');
    await owner.button('向消防救援大队投诉').click();
    await owner.screen.getByRole('heading', { name: '占用堵塞消防通道' }).waitFor();
    await text('0994-7200104').waitFor();
    await nothingInTheWay();
  });

  test('a notice is read, and counts as read', async () => {
    await owner.open('/packages/disclosure/pages/notices/index');
    await nothingInTheWay();
    await owner.button(/^供暖开始，请检查家里的暖气片/).click();
    // Its text is on its own page only; who published it stands in the list too.
    await owner.screen.locator('.prose').waitFor();
    await text(/^物业服务 · 奇台县安泰物业服务有限公司/).waitFor();
    await nothingInTheWay();
    await owner.page.goBack();
    await owner.button('供暖开始，请检查家里的暖气片，已读').waitFor();
  });

  test('she asks why something was never posted, and sees that it is being waited for', async () => {
    await owner.open('/pages/disclosure/index');
    await owner.button(new RegExp(`^${missing.label}，未公示`)).click();
    await owner.button('问问为什么没公示').click();
    const sheet = owner.page.getByRole('dialog', { name: '追问' });
    await sheet.getByText('5 个工作日内应当答复').waitFor();
    await nothingInTheWay();
    await sheet.getByRole('button', { name: '提交追问' }).click();
    await text(`问：${missing.label}为什么没有公示？`).waitFor();
    expect(await owner.button('问问为什么没公示').count()).toBe(0);
    await nothingInTheWay();
  });
});
