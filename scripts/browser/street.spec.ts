import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import type { ContactBoardView } from '../../shared/src/contacts/index.ts';
import { launchChromium, Person, type Screen } from './person.ts';

const ORIGIN = process.env['LINLI_DEMO_ORIGIN'] ?? 'http://127.0.0.1:3000';
const BOARDS = '/packages/workbench-street/pages/boards/index';
const BOARD = '/packages/contacts/pages/board/index';
/** A3 across, in points. */
const A3 = { width: 1191, height: 842 };

describe('the street’s officer at her laptop', () => {
  let browser: Browser;
  let person: Person;

  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser.close());
  afterEach(async () => {
    expect(person.faults).toEqual([]);
    await person.leave();
  });

  async function sit(path: string, role = 'street', screen: Screen = 'laptop'): Promise<void> {
    person = await Person.at(browser, ORIGIN, role, screen);
    await person.open(path);
  }

  const button = (name: string) => person.page.getByRole('button', { name, exact: true });
  const row = (title: string | RegExp) => person.page.getByRole('row', { name: title });

  test('the radar shows what each estate owes, and whose duty an item is', async () => {
    await sit('/packages/workbench-street/pages/radar/index');
    await row(/^康宁家园，\d+ 项逾期，\d+ 项未公示/).waitFor();
    await row(/^二次供水清洗/).click();
    const sheet = person.page.getByRole('dialog');
    await sheet.getByText('水箱上半年清洗过没有？').waitFor();
    await person.page.keyboard.press('Escape');
    await sheet.waitFor({ state: 'detached' });
  });

  test('what is overdue in her estates is opened and urged', async () => {
    await sit('/packages/workbench-tickets/pages/overdue/index');
    await row(/顶楼漏水一直没修/).click();
    await button('催办').click();
    const sheet = person.page.getByRole('dialog', { name: '催办' });
    await sheet.getByLabel('原因').fill('已经超过办结期限，请今天给住户答复');
    await sheet.getByRole('button', { name: '催办' }).click();
    await sheet.waitFor({ state: 'detached' });
    await person.page.locator('.tickets-desk__panel').getByText('请今天给住户答复').waitFor();
  });

  test('a board that nobody has checked for long says so, to her and to residents', async () => {
    person = await Person.at(browser, ORIGIN, 'street', 'laptop');
    await person.page.route('**/board', async (route) => {
      const response = await route.fetch();
      const board = (await response.json()) as ContactBoardView;
      await route.fulfill({ response, json: { ...board, stale: true, checkedDaysAgo: 200 } });
    });
    await person.open(BOARDS);
    await person.page.getByText('已经超过期限，请逐个打一遍再核对').waitFor();
    await person.open(BOARD);
    await person.page.getByText('已经 200 天没有核对').waitFor();
  });

  test('she has called every number today, and the board says today', async () => {
    await sit(BOARDS);
    await button('今天核对过了').click();
    const sheet = person.page.getByRole('dialog', { name: '核对号码' });
    await sheet.getByRole('button', { name: '记下核对' }).click();
    await person.page.getByText('今天核对过', { exact: false }).first().waitFor();
    await person.page.getByText(/版，今天核对过$/).waitFor();
  });

  test('the board prints on one sheet of A3, with a code that leads to the live page', async () => {
    await sit(BOARD);
    await person.page.emulateMedia({ media: 'print' });
    const code = person.page.locator('.wall__code img');
    await code.waitFor();
    await person.page.waitForFunction(() => {
      const image = document.querySelector<HTMLImageElement>('.wall__code img');
      return image !== null && image.complete && image.naturalWidth > 0;
    });
    const sheets = sheetsOf(await person.page.pdf({ preferCSSPageSize: true }));
    expect(sheets).toEqual([A3]);
  });

  test('a tenant’s claim is looked at with its proof, and approved', async () => {
    await sit('/packages/workbench-claims/pages/claims/index');
    await row(/租户，刘\*/).click();
    const file = person.page.locator('.claims__file');
    await file.getByText('租到明年夏天').waitFor();
    await file.getByRole('button', { name: '通过', exact: true }).click();
    const sheet = person.page.getByRole('dialog', { name: '通过认领' });
    await sheet.getByText('将以租户的身份绑定').waitFor();
    await sheet.getByRole('button', { name: '通过', exact: true }).click();
    await row(/租户，刘\*/).waitFor({ state: 'detached' });
    await person.page.getByRole('radio', { name: /状态：已通过/ }).click();
    await row(/租户，刘\*/).waitFor();
  });
});

/** The size of each page of a document, in whole points. */
function sheetsOf(pdf: Buffer): { width: number; height: number }[] {
  const boxes = pdf.toString('latin1').matchAll(/\/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)\s*\]/g);
  return Array.from(boxes, ([, width, height]) => ({
    width: Math.round(Number(width)),
    height: Math.round(Number(height)),
  }));
}
