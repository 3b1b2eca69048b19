import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import type { IncomeOverview, StatementDraftView, StatementList } from '../../shared/src/income/index.ts';
import { quarterOf, quarterStart, shanghaiDate } from '../../shared/src/kernel/index.ts';
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

describe('parking that is paid by WeChat into the public income', () => {
  let browser: Browser;
  /** Of the demo's other estate, whose committee has a merchant of its own. */
  let member: Person;
  let owner: Person;
  let draft: StatementDraftView;

  beforeAll(async () => {
    browser = await launchChromium();
    member = await Person.at(browser, ORIGIN, 'successor', 'laptop');
    owner = await Person.at(browser, ORIGIN, 'voter', 'elder');
    draft = await begun(member);
  });
  afterAll(async () => {
    await member.post(`/api/estates/${member.estateId}/income/statements/${draft.id}/discard`);
    expect([...member.faults, ...owner.faults]).toEqual([]);
    await browser.close();
  });

  const text = (words: string) => member.screen.getByText(words).first();
  const step = (name: string) => member.page.getByRole('tab', { name });

  test('stands in the books without anybody booking it', async () => {
    await member.open(BOOKS);
    await text('地面停车费，微信收款 5 笔').waitFor();
    await text('住户付的时候就记了账').waitFor();
  });

  test('is missing in a draft that was typed, and is put in with one tap', async () => {
    await member.open(`/packages/workbench-income/pages/draft/index?id=${draft.id}`);
    await step('预览提交').click();
    await text('微信收的钱没有列入：地面停车费，微信收款 5 笔，400.00 元').waitFor();
    await member.button(/^从账簿取数/).click();
    await text('微信收的钱没有列入').waitFor({ state: 'detached' });
  });

  test('is a line that is read, and edited by nobody', async () => {
    await step('核对明细').click();
    await member.page.getByRole('row', { name: '第 2 笔' }).getByText('自动取自微信收款').waitFor();
    await member.page.getByRole('row', { name: '第 2 笔' }).click();
    const sheet = member.page.getByRole('dialog', { name: '共有场地停车' });
    await sheet.getByText('不能改，也不能删').waitFor();
    expect(await sheet.getByRole('textbox').count()).toBe(0);
    expect(await sheet.getByRole('button', { name: '删去这一笔' }).count()).toBe(0);
  });

  test('is opened by an owner down to the payments of each day, without names', async () => {
    await owner.open('/packages/income/pages/home/index');
    await owner.screen.locator('.ledger-line', { hasText: '自动取自微信收款' }).first().click();
    await owner.button('追到账上').click();
    await owner.page.getByText('和微信账单一致').first().waitFor();
    await owner.page.getByText('付款的人和房号不公开').first().waitFor();
    expect(await stumblingBlocks(owner)).toEqual([]);
  });
});

/** A draft of the quarter that runs, with one line that somebody typed. */
async function begun(member: Person): Promise<StatementDraftView> {
  const url = `/api/estates/${member.estateId}/income`;
  const quarter = quarterOf(shanghaiDate(Date.now()));
  const openingFen = (await member.api<IncomeOverview>(url)).latest?.closingFen ?? 0;
  const earned = {
    dir: 'INCOME',
    category: 'RECYCLING',
    date: quarterStart(quarter),
    counterparty: '奇台县再生资源回收站',
    contractNo: null,
    grossFen: 1_200,
    costFen: 0,
    netFen: 1_200,
    voucherNo: 'W-2',
    voucherIds: [],
    decisionNo: null,
    justification: null,
    note: '',
  };
  return member.post<StatementDraftView>(`${url}/statements`, {
    quarter,
    openingFen,
    lines: [earned],
    closingFen: openingFen + 1_200,
    bankBalanceFen: null,
    reconciling: [],
    accountHolder: '梧桐里业主委员会',
    revision: 0,
  });
}
