import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { launchChromium, Person } from './person.ts';

const ORIGIN = process.env['LINLI_DEMO_ORIGIN'] ?? 'http://127.0.0.1:3000';

describe('a first visit', () => {
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

  test('signed out, the first page says why signing in helps and leads there', async () => {
    person = await Person.at(browser, ORIGIN, null, 'phone');
    await person.open('/pages/home/index');
    await person.page.getByText('请先登录').waitFor();
    await person.page.getByText('登录', { exact: true }).last().click();
    await person.page.getByText('演示：选一个身份').waitFor();
  });

  test('picking the owner in the demo ends on the home page with the home’s name', async () => {
    person = await Person.at(browser, ORIGIN, null, 'phone');
    await person.open('/pages/sign-in/index');
    const agreement = person.page.getByRole('checkbox');
    if ((await agreement.getAttribute('aria-checked')) !== 'true') await agreement.click();
    await person.page.getByText('看收支、投诉、投票、缴费').click();
    await person.page.getByText('康宁家园').first().waitFor();
    await person.page.getByText('1号楼 1单元 101').first().waitFor();
  });

  test('in elder mode nothing on the first screen is smaller than its tokens say, and nothing runs off the side', async () => {
    person = await Person.at(browser, ORIGIN, 'owner', 'elder');
    await person.open('/pages/home/index');
    const found = await person.page.evaluate(() => {
      const visible = [...document.querySelectorAll<HTMLElement>('.linli *')].filter(
        (element) =>
          element.childElementCount === 0 && element.innerText?.trim() && element.offsetParent !== null,
      );
      const sizes = visible.map((element) => Number.parseFloat(getComputedStyle(element).fontSize));
      return { smallest: Math.min(...sizes), wide: document.documentElement.scrollWidth - window.innerWidth };
    });
    expect(found.smallest).toBeGreaterThanOrEqual(18);
    expect(found.wide).toBeLessThanOrEqual(0);
  });

  test('an expired session says so, and keeps the way back', async () => {
    person = await Person.at(browser, ORIGIN, 'owner', 'phone');
    await person.open('/pages/home/index');
    await fetch(`${ORIGIN}/api/auth/sign-out`, {
      method: 'POST',
      headers: { authorization: `Bearer ${person.me?.token ?? ''}` },
    });
    await person.open('/pages/home/index');
    await person.page.getByText('登录已过期').waitFor();
  });
});
