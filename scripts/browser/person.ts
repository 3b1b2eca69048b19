import type { SignInResponse } from '../../shared/src/identity/index.ts';
import {
  type Browser,
  type BrowserContext,
  chromium,
  type Locator,
  type Page,
  type Request,
} from 'playwright-core';
import { CHROMIUM_FLAGS, findChromium } from '../machine/chromium.ts';

/** What a person holds in the hand or sits at. */
export const SCREENS = {
  phone: { viewport: { width: 390, height: 844 }, elder: false },
  elder: { viewport: { width: 390, height: 844 }, elder: true },
  laptop: { viewport: { width: 1280, height: 800 }, elder: false },
} as const;
export type Screen = keyof typeof SCREENS;

/** A path, or a file that is on no disk. */
export type GivenFile =
  string | { readonly name: string; readonly mimeType: string; readonly buffer: Buffer };

/** The version of the agreement that the app asks for; kept by the phone after the first use. */
const AGREED = '2026-11';

/** A busy machine is slow: these end what never comes, and measure nothing. */
const LAUNCH_MS = 120_000;
const PATIENCE_MS = 60_000;

/** Data, and the script and the style of a page that is opened for the first time. */
const ASKED_BY_THE_APP = ['fetch', 'xhr', 'script', 'stylesheet'];

export async function launchChromium(): Promise<Browser> {
  const executablePath = await findChromium();
  // Without a locale that knows Chinese, a download loses its name.
  const env = { ...process.env, LANG: 'C.UTF-8', LC_ALL: 'C.UTF-8' };
  return chromium.launch({ executablePath, args: [...CHROMIUM_FLAGS], timeout: LAUNCH_MS, env });
}

/** Somebody of the demo, signed in, in front of a screen. */
export class Person {
  /** Errors that the app's own code threw. */
  readonly faults: string[] = [];
  readonly origin: string;
  readonly page: Page;
  readonly me: SignInResponse | null;
  private readonly context: BrowserContext;
  /** How often the app has asked for something. */
  private asked = 0;
  /** What the app has asked and not been answered yet. */
  private readonly underWay = new Map<Request, Promise<void>>();

  private constructor(origin: string, page: Page, me: SignInResponse | null, context: BrowserContext) {
    this.origin = origin;
    this.page = page;
    this.me = me;
    this.context = context;
    page.on('pageerror', (error) => this.faults.push(error.message));
    this.watchRequests(page);
  }

  /** `role` as in the demo's picker; null stays signed out. */
  static async at(browser: Browser, origin: string, role: string | null, screen: Screen): Promise<Person> {
    const { viewport, elder } = SCREENS[screen];
    const context = await browser.newContext({ viewport, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' });
    const answer = role === null ? null : await signIn(origin, role);
    const kept = { session: answer === null ? null : sessionOf(answer), preferences: { elder } };
    await context.addInitScript(
      ({ kept: { session, preferences }, agreed }) => {
        // A page that has its own state by now keeps it.
        if (localStorage.getItem('linli/preferences') !== null) return;
        if (session !== null) localStorage.setItem('linli/session', JSON.stringify(session));
        const settings = { ...preferences, followWechatFont: true, agreedVersion: agreed };
        localStorage.setItem('linli/preferences', JSON.stringify(settings));
      },
      { kept, agreed: AGREED },
    );
    const page = await context.newPage();
    page.setDefaultTimeout(PATIENCE_MS);
    return new Person(origin, page, answer, context);
  }

  /** The first estate that the person has to do with. */
  get estateId(): string {
    const estate = this.me === null ? null : sessionOf(this.me).estateId;
    if (estate === null) throw new Error('This person has no estate');
    return estate;
  }

  /** Opens a page and waits until it shows what it has to show. */
  async open(path: string): Promise<void> {
    await this.page.goto(`${this.origin}${path}`);
    await this.settled();
  }

  /**
   * A page is drawn, no skeleton is left, nothing is under way, and what came last is on the screen: looked at until a
   * whole look finds that nothing was asked for meanwhile. That says more than a browser that was idle for a while.
   */
  async settled(): Promise<void> {
    let before: number;
    do {
      before = this.asked;
      await this.page.locator('.linli:visible').first().waitFor();
      await Promise.all(this.underWay.values());
      await this.page.evaluate(drawnTwice);
      await this.page.waitForFunction(() => document.querySelector('.skeleton') === null);
    } while (this.underWay.size > 0 || this.asked > before);
  }

  private watchRequests(page: Page): void {
    const ended = new Map<Request, () => void>();
    let before: readonly Request[] = [];
    page.on('request', (request) => {
      if (request.isNavigationRequest()) before = [...ended.keys()];
      if (!ASKED_BY_THE_APP.includes(request.resourceType())) return;
      this.asked += 1;
      const { promise, resolve } = Promise.withResolvers<void>();
      this.underWay.set(request, promise);
      ended.set(request, resolve);
    });
    const end = (request: Request) => {
      ended.get(request)?.();
      ended.delete(request);
      this.underWay.delete(request);
    };
    page.on('requestfinished', end);
    page.on('requestfailed', end);
    // What the document before has asked goes with it, and nobody may tell.
    page.on('domcontentloaded', () => before.forEach(end));
  }

  /** Taps what asks for a file, and gives it that one. */
  async give(asks: Locator, file: GivenFile): Promise<void> {
    const [chooser] = await Promise.all([this.page.waitForEvent('filechooser'), asks.click()]);
    await chooser.setFiles(file);
  }

  /** A photo, of what is on the screen at the moment. */
  async photo(name = '照片.jpg'): Promise<GivenFile> {
    return { name, mimeType: 'image/jpeg', buffer: await this.page.screenshot({ type: 'jpeg' }) };
  }

  /** Asks the server as this person. */
  async api<T>(path: string): Promise<T> {
    return this.ask<T>(path, {});
  }

  /** Does something on the server as this person, past the app. */
  async post<T>(path: string, body: object = {}): Promise<T> {
    const headers = { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() };
    return this.ask<T>(path, { method: 'POST', headers, body: JSON.stringify(body) });
  }

  /** The page that is looked at; those under it stay in the document. */
  get screen(): Locator {
    return this.page.locator('.taro_page:visible').last();
  }

  /** A button of that page, or of the sheet over it, by what is read aloud. */
  button(name: string | RegExp): Locator {
    const exact = typeof name === 'string';
    return this.screen.getByRole('button', { name, exact });
  }

  /** The number that a tap calls. The browser itself is kept from it: its question to the person would stay in the way. */
  async dials(tap: () => Promise<void>): Promise<string> {
    const asked = this.page.evaluate(
      () =>
        new Promise<string>((resolve) => {
          navigation.addEventListener('navigate', (event) => {
            if (!event.destination.url.startsWith('tel:')) return;
            event.preventDefault();
            resolve(event.destination.url.slice('tel:'.length));
          });
        }),
    );
    await tap();
    return asked;
  }

  private async ask<T>(path: string, { headers, ...request }: RequestInit): Promise<T> {
    const authorization = `Bearer ${this.me?.token ?? ''}`;
    const response = await fetch(`${this.origin}${path}`, {
      ...request,
      headers: { ...headers, authorization },
    });
    if (!response.ok) throw new Error(`${path} answered ${response.status}`);
    const text = await response.text();
    return (text === '' ? null : JSON.parse(text)) as T;
  }

  /** The server forgets the session; the app does not know yet. */
  async endSession(): Promise<void> {
    const headers = { authorization: `Bearer ${this.me?.token ?? ''}` };
    await fetch(`${this.origin}/api/auth/sign-out`, { method: 'POST', headers });
  }

  async leave(): Promise<void> {
    await this.context.close();
  }
}

/** What was due at the first frame is on the screen at the second. Runs in the page. */
async function drawnTwice(): Promise<void> {
  for (let frame = 0; frame < 2; frame += 1)
    await new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn)));
}

async function signIn(origin: string, roleKey: string): Promise<SignInResponse> {
  const response = await fetch(`${origin}/api/auth/demo`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ roleKey }),
  });
  if (!response.ok) throw new Error(`Nobody plays ${roleKey}`);
  return (await response.json()) as SignInResponse;
}

/** As the app keeps it after signing in. */
function sessionOf(answer: SignInResponse) {
  const [home] = answer.me.residencies;
  const estate = home?.estateId ?? answer.me.memberships[0]?.estates[0]?.id ?? null;
  return {
    token: answer.token,
    me: answer.me,
    estateId: estate,
    unitId: home?.unitId ?? null,
    view: answer.me.memberships.length > 0 ? 'STAFF' : 'RESIDENT',
    leftOnPurpose: false,
  };
}
