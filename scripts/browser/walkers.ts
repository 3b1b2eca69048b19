import { afterAll, beforeAll, expect } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { launchChromium, Person, type Screen } from './person.ts';

export const ORIGIN = process.env['LINLI_DEMO_ORIGIN'] ?? 'http://127.0.0.1:3000';

/**
 * Those who walk through the app in a file or a `describe`: they come one after the other, null for a stranger, and at
 * the end nobody's app may have thrown. Asked for before the tests' own hooks, as it brings the browser.
 */
export function walkers(): (role: string | null, screen: Screen) => Promise<Person> {
  const everybody: Person[] = [];
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(async () => {
    expect(everybody.flatMap(({ faults }) => faults)).toEqual([]);
    await browser.close();
  });
  return async (role, screen) => {
    const person = await Person.at(browser, ORIGIN, role, screen);
    everybody.push(person);
    return person;
  };
}
