import type { Route } from 'playwright-core';
import type { Person } from '../browser/person.ts';
import type { ShotPage } from './page.ts';

/** How a page can look, in the order in which the pictures are taken: whose session has ended stays signed out. */
export const STATES = ['ready', 'empty', 'loading', 'offline', 'failing', 'expired'] as const;
export type State = (typeof STATES)[number];

const API = '**/api/**';

export function statesOf({ role, still, atOnce, nothing }: ShotPage): readonly State[] {
  return STATES.filter((state) => {
    if (state === 'ready') return true;
    if (state === 'empty') return nothing !== undefined;
    if (state === 'loading') return still === undefined && atOnce === undefined;
    if (state === 'expired') return role !== null && still === undefined;
    return still === undefined;
  });
}

/** Opens the page so that it comes into the state. */
export async function bring(person: Person, page: ShotPage, address: string, state: State): Promise<void> {
  if (state === 'loading') {
    await waitForAnswers(person, address);
    return;
  }
  const answer = ANSWERS[state];
  if (answer !== undefined) await person.page.route(API, (route) => answer(route, page));
  await person.open(address);
  if (answer !== undefined) await person.page.unroute(API);
  if (state === 'ready') await page.prepare?.(person);
}

/** Answers are held back until the picture is taken. */
async function waitForAnswers(person: Person, address: string): Promise<void> {
  await person.page.route(API, () => undefined);
  await person.page.goto(`${person.origin}${address}`);
  await person.page.locator('.skeleton').first().waitFor({ timeout: 3_000 });
}

const ANSWERS: Readonly<Partial<Record<State, (route: Route, page: ShotPage) => Promise<void>>>> = {
  empty: answerEmpty,
  offline: (route) => route.abort('internetdisconnected'),
  failing: (route) =>
    route.fulfill({
      status: 503,
      json: {
        code: 'DATABASE.UNREACHABLE',
        message: '暂时连不上数据库，请稍后再试，您填写的内容不会丢',
        fields: [],
        traceId: 'shots-failing0',
      },
    }),
};

async function answerEmpty(route: Route, { nothing = {} }: ShotPage): Promise<void> {
  const response = await route.fetch();
  const isJson = response.headers()['content-type']?.includes('json') === true;
  if (!response.ok() || !isJson || route.request().method() !== 'GET') {
    await route.fulfill({ response });
    return;
  }
  const { pathname } = new URL(route.request().url());
  const [, parts] = Object.entries(nothing).find(([end]) => pathname.endsWith(end)) ?? [];
  await route.fulfill({ response, json: without(await response.json(), parts ?? {}) });
}

/** A list without what is in it, and whatever else is to be left out; the rest as it is. */
function without(body: unknown, parts: object): unknown {
  if (Array.isArray(body)) return [];
  if (typeof body !== 'object' || body === null) return body;
  return { ...body, ...('items' in body ? { items: [], next: null } : {}), ...parts };
}
