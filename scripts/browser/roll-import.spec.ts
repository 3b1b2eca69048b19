import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { root } from '../bootstrap/paths.mjs';
import { launchChromium, Person } from './person.ts';

const ORIGIN = process.env['LINLI_DEMO_ORIGIN'] ?? 'http://127.0.0.1:3000';
const sample = (name: string) => join(root, 'scripts', 'samples', 'kangning', name);

describe('the treasurer imports the roll on her laptop', () => {
  let browser: Browser;
  let treasurer: Person;

  beforeAll(async () => {
    browser = await launchChromium();
    treasurer = await Person.at(browser, ORIGIN, 'treasurer', 'laptop');
    await treasurer.open('/packages/workbench-roll/pages/roll/index');
  });
  afterAll(async () => {
    expect(treasurer.faults).toEqual([]);
    await browser.close();
  });

  async function choose(name: string): Promise<void> {
    const [chooser] = await Promise.all([
      treasurer.page.waitForEvent('filechooser'),
      treasurer.page.getByText('上传名册').first().click(),
    ]);
    await chooser.setFiles(sample(name));
  }

  test('a sheet with faults shows each with its row, and changes nothing', async () => {
    await choose('roll-with-faults.xlsx');
    await treasurer.page.getByText('7 处要改').waitFor();
    expect(await treasurer.page.locator('.data-table__row').count()).toBe(7);
  });

  test('the clean sheet is known to be what is there already', async () => {
    await choose('roll.xlsx');
    await treasurer.page.getByText('与现有名册一样').waitFor();
    await treasurer.page.getByText('计票 557 人').first().waitFor();
    await treasurer.page.getByText('不导入', { exact: true }).click();
    await treasurer.page.getByText('已取消，名册没有变动').waitFor();
  });

  test('another kind of file is refused in words', async () => {
    const [chooser] = await Promise.all([
      treasurer.page.waitForEvent('filechooser'),
      treasurer.page.getByText('上传名册').first().click(),
    ]);
    await chooser.setFiles(join(root, 'package.json'));
    await treasurer.page.getByText('没有导入').first().waitFor();
  });
});
