import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { type Context, compileFunction, createContext, runInContext } from 'node:vm';
import type { Phone, Surroundings } from './phone.ts';

/** One `setData`, as WeChat would carry it over to the page. */
export interface SetData {
  readonly route: string;
  readonly bytes: number;
  readonly paths: readonly string[];
}

export type Query = Readonly<Record<string, string>>;
type Handler = (this: unknown, ...args: unknown[]) => unknown;
/** What the app gave to `Page`, `App` or `Component`. */
type Definition = Readonly<Record<string, unknown>>;

interface AppJson {
  readonly entryPagePath?: string;
  readonly pages: readonly string[];
  readonly subpackages?: readonly { readonly root: string; readonly pages: readonly string[] }[];
  readonly tabBar?: { readonly list: readonly { readonly pagePath: string; readonly text: string }[] };
}

/** WeChat holds at most ten pages. */
const MOST_PAGES = 10;
/** A timer as short as this is the app working; a longer one is the app waiting. */
const SOON_MS = 60;
/** Ends what never comes; a busy machine is slow. */
const PATIENCE_MS = 60_000;
/** 从小程序主入口 */
const SCENE = 1001;

/** One page on the stack: the app's own object for it, and what it has been told to show. */
class WeappPage {
  readonly route: string;
  readonly query: Query;
  /** As the templates see it. */
  readonly data: Record<string, unknown>;
  readonly self: Record<string, unknown>;
  private readonly definition: Definition;
  private readonly app: Weapp;

  constructor(app: Weapp, definition: Definition, route: string, query: Query) {
    this.app = app;
    this.definition = definition;
    this.route = route;
    this.query = query;
    this.data = plain(definition['data'] ?? {}) as Record<string, unknown>;
    this.self = Object.assign(Object.create(definition) as Record<string, unknown>, {
      route,
      __route__: route,
      data: plain(this.data),
      setData: (data: Definition, done?: Handler) => this.setData(data, done),
      selectComponent: () => null,
    });
  }

  /** A lifecycle function or a handler, if the app has one of that name. */
  call(name: string, ...args: readonly unknown[]): void {
    const handler = this.definition[name];
    if (typeof handler !== 'function') return;
    this.app.guard(() => (handler as Handler).apply(this.self, [...args]));
  }

  private setData(data: Definition, done?: Handler): void {
    const text = JSON.stringify(data);
    for (const [path, value] of Object.entries(JSON.parse(text) as Definition)) put(this.data, path, value);
    const paths = Object.keys(data);
    this.app.setDatas.push({ route: this.route, bytes: Buffer.byteLength(text), paths });
    // WeChat calls back when the page has been painted.
    if (done !== undefined) this.app.later(() => done.call(this.self));
    this.app.changed();
  }
}

/** The built mini-program, running: its scripts in a realm of their own, its pages on a stack as WeChat holds them. */
export class Weapp implements Surroundings {
  readonly setDatas: SetData[] = [];
  /** Whatever the app threw, and the errors that it wrote to its console. A lost promise fails the test by itself. */
  readonly faults: string[] = [];
  readonly dist: string;
  private readonly phone: Phone;
  private readonly config: AppJson;
  private readonly context: Context;
  private readonly modules = new Map<string, { exports: unknown }>();
  private readonly definitions = new Map<string, Definition>();
  private readonly tabs = new Map<string, WeappPage>();
  private readonly timers = new Set<NodeJS.Timeout>();
  private readonly soon = new Set<NodeJS.Timeout>();
  private readonly listeners = new Set<() => void>();
  private readonly parse: (text: string) => unknown;
  private app: Definition = {};
  private loadingRoute = '';
  private stack: WeappPage[] = [];

  constructor(dist: string, phone: Phone) {
    this.dist = dist;
    this.phone = phone;
    this.config = JSON.parse(readFileSync(join(dist, 'app.json'), 'utf8')) as AppJson;
    this.context = createContext(this.globals());
    this.parse = runInContext('JSON.parse', this.context) as (text: string) => unknown;
  }

  /** Starts it as a tap on its icon does. */
  launch(): void {
    this.guard(() => this.require('app.js'));
    const entry = this.config.entryPagePath ?? this.config.pages[0] ?? '';
    const options = this.intoApp({ path: entry, query: {}, scene: SCENE, referrerInfo: {} });
    for (const hook of ['onLaunch', 'onShow']) {
      const handler = this.app[hook];
      if (typeof handler === 'function') this.guard(() => (handler as Handler).call(this.app, options));
    }
    this.open(entry, {});
  }

  /** Ends it; nothing of it runs on. */
  end(): void {
    for (const timer of this.timers) clearTimeout(timer);
    this.timers.clear();
    this.soon.clear();
  }

  /** The page on top. */
  get page(): WeappPage {
    const top = this.stack.at(-1);
    if (top === undefined) throw new Error(`No page is open. ${this.faults.join('; ')}`);
    return top;
  }

  /** The pages that going back leads through, the first one first. */
  get trail(): readonly string[] {
    return this.stack.map(({ route }) => route);
  }

  // --- what the stand-in phone needs ------------------------------------------------------------------------------

  guard(run: () => unknown): void {
    try {
      run();
    } catch (error) {
      this.faults.push(describe(error));
    }
  }

  intoApp(value: unknown): unknown {
    return this.parse(JSON.stringify(value));
  }

  parseInApp(text: string): unknown {
    return this.parse(text);
  }

  changed(): void {
    for (const listener of this.listeners) listener();
  }

  /** After the present turn, as WeChat's two threads answer each other. */
  later(run: () => unknown): void {
    this.timer(run, 0, false);
  }

  // --- waiting ----------------------------------------------------------------------------------------------------

  /** Until a condition holds; says what was waited for where it never does. */
  async until(what: string, holds: () => boolean, seen: () => string): Promise<void> {
    const deadline = Date.now() + PATIENCE_MS;
    while (!holds()) {
      if (this.faults.length > 0) throw new Error(`${what}: the app failed. ${this.faults.join('; ')}`);
      if (!(await this.change(deadline - Date.now())))
        throw new Error(`${what}: never happened. ${this.page.route} shows: ${seen()}`);
    }
  }

  /** Until nothing is under way: no request, no repaint, no timer that is about to run. */
  async quiet(): Promise<void> {
    const deadline = Date.now() + PATIENCE_MS;
    const idle = () => this.phone.underWay(this) === 0 && this.soon.size === 0;
    for (;;) {
      await turn();
      if (!idle()) {
        if (!(await this.change(deadline - Date.now()))) throw new Error('The app never comes to rest.');
        continue;
      }
      // What the last answer set off begins within a turn.
      await turn();
      if (idle()) return;
    }
  }

  /** The next thing that happens; false where nothing does in time. */
  private change(withinMs: number): Promise<boolean> {
    if (withinMs <= 0) return Promise.resolve(false);
    return new Promise((resolve) => {
      const finish = (happened: boolean) => {
        clearTimeout(timer);
        this.listeners.delete(listener);
        resolve(happened);
      };
      const listener = () => finish(true);
      const timer = setTimeout(() => finish(false), withinMs);
      this.listeners.add(listener);
    });
  }

  // --- the realm of the app ---------------------------------------------------------------------------------------

  private globals(): Record<string, unknown> {
    const wx = {
      ...this.phone.apis(this),
      ...this.navigation(),
      nextTick: (run: Handler) => this.later(run),
    };
    const globals: Record<string, unknown> = {
      wx,
      App: (definition: Definition) => {
        this.app = definition;
      },
      Page: (definition: Definition) => void this.definitions.set(this.loadingRoute, definition),
      Component: () => undefined,
      Behavior: () => undefined,
      getApp: () => this.app,
      getCurrentPages: () => this.stack.map(({ self }) => self),
      console: this.console(),
      setTimeout: (run: Handler, ms = 0, ...args: unknown[]) => this.timer(() => run(...args), ms, false),
      setInterval: (run: Handler, ms = 0, ...args: unknown[]) => this.timer(() => run(...args), ms, true),
      clearTimeout: (timer: NodeJS.Timeout) => this.clear(timer),
      clearInterval: (timer: NodeJS.Timeout) => this.clear(timer),
    };
    globals['global'] = globals;
    return globals;
  }

  private console(): Record<string, unknown> {
    const quietly = () => undefined;
    const error = (...said: unknown[]) => void this.faults.push(said.map(describe).join(' '));
    return { log: quietly, info: quietly, debug: quietly, warn: quietly, error };
  }

  private timer(run: () => unknown, ms: number, again: boolean): NodeJS.Timeout {
    const fire = () => {
      if (!again) this.clear(timer);
      this.guard(run);
      this.changed();
    };
    const timer = again ? setInterval(fire, ms) : setTimeout(fire, ms);
    this.timers.add(timer);
    if (!again && ms <= SOON_MS) this.soon.add(timer);
    return timer;
  }

  private clear(timer: NodeJS.Timeout | undefined): void {
    if (timer === undefined) return;
    clearTimeout(timer);
    this.timers.delete(timer);
    this.soon.delete(timer);
  }

  /** CommonJS, by paths from the folder of the build. */
  private require(path: string): unknown {
    const file = path.endsWith('.js') ? path : `${path}.js`;
    const known = this.modules.get(file);
    if (known !== undefined) return known.exports;
    const module = { exports: {} };
    this.modules.set(file, module);
    const filename = join(this.dist, file);
    const run = compileFunction(readFileSync(filename, 'utf8'), ['module', 'exports', 'require'], {
      filename,
      parsingContext: this.context,
    }) as Handler;
    const near = (name: string) => this.require(posix.join(posix.dirname(file), name));
    run.call(module.exports, module, module.exports, near);
    return module.exports;
  }

  // --- pages ------------------------------------------------------------------------------------------------------

  private navigation(): Record<string, unknown> {
    const api = (name: string, work: (route: string, query: Query) => void) =>
      this.phone.api(this, name, ({ url }) => {
        const { route, query } = this.addressOf(String(url));
        work(route, query);
        return {};
      });
    return {
      navigateTo: api('navigateTo', (route, query) => {
        this.refuseTab(route);
        if (this.stack.length >= MOST_PAGES) throw new Error('webview count limit exceed');
        this.page.call('onHide');
        this.open(route, query);
      }),
      redirectTo: api('redirectTo', (route, query) => {
        this.refuseTab(route);
        this.close(1);
        this.open(route, query);
      }),
      reLaunch: api('reLaunch', (route, query) => {
        this.close(this.stack.length);
        for (const page of this.tabs.values()) page.call('onUnload');
        this.tabs.clear();
        this.open(route, query);
      }),
      switchTab: api('switchTab', (route) => this.switchTab(route)),
      navigateBack: this.phone.api(this, 'navigateBack', ({ delta }) => {
        this.back(Number(delta ?? 1));
        return {};
      }),
    };
  }

  /** The person taps the bar at the bottom, which WeChat draws. */
  tapTab(text: string): void {
    const tab = this.config.tabBar?.list.find((each) => each.text === text);
    if (tab === undefined || !this.isTab(this.page.route)) throw new Error(`there is no tab “${text}” here`);
    this.switchTab(tab.pagePath);
  }

  /** The person goes back, by the arrow or with a swipe. */
  back(steps = 1): void {
    if (this.stack.length <= 1) throw new Error('cannot navigate back at first page');
    this.close(Math.min(steps, this.stack.length - 1));
    this.page.call('onShow');
    this.changed();
  }

  private addressOf(url: string): { readonly route: string; readonly query: Query } {
    const { pathname, searchParams } = new URL(url, `weapp:///${this.page.route}`);
    const route = pathname.replace(/^\//, '');
    const { pages, subpackages = [] } = this.config;
    const known = [
      ...pages,
      ...subpackages.flatMap(({ root, pages: own }) => own.map((page) => `${root}/${page}`)),
    ];
    if (!known.includes(route)) throw new Error(`page "${route}" is not found`);
    // A page gets its query as it was written; decoding is the app's business.
    const query = Object.fromEntries(
      [...searchParams].map(([key, value]) => [key, encodeURIComponent(value)]),
    );
    return { route, query };
  }

  private isTab(route: string): boolean {
    return this.config.tabBar?.list.some(({ pagePath }) => pagePath === route) ?? false;
  }

  private refuseTab(route: string): void {
    if (this.isTab(route)) throw new Error('can not navigate to a tabbar page');
  }

  private switchTab(route: string): void {
    if (!this.isTab(route)) throw new Error('can not switch to no-tabBar page');
    if (this.page.route === route) return;
    // Tabs stay alive below; everything else goes.
    const left = this.page;
    if (this.isTab(left.route)) left.call('onHide');
    while (!this.isTab(this.page.route)) this.close(1);
    this.stack = [];
    const kept = this.tabs.get(route);
    if (kept === undefined) return this.open(route, {});
    this.stack = [kept];
    kept.call('onShow');
    this.changed();
  }

  private open(route: string, query: Query): void {
    const page = new WeappPage(this, this.definitionOf(route), route, query);
    this.stack.push(page);
    if (this.isTab(route)) this.tabs.set(route, page);
    page.call('onLoad', this.intoApp(query));
    page.call('onShow');
    this.later(() => page.call('onReady'));
    this.changed();
  }

  private close(count: number): void {
    for (const page of this.stack.splice(this.stack.length - count).toReversed()) {
      // A tab is only hidden; `reLaunch` ends it.
      if (!this.isTab(page.route)) page.call('onUnload');
    }
  }

  /** A page's script is loaded when the page is first opened. */
  private definitionOf(route: string): Definition {
    this.loadingRoute = route;
    this.guard(() => this.require(`${route}.js`));
    const definition = this.definitions.get(route);
    if (definition === undefined) throw new Error(`${route} is no page. ${this.faults.join('; ')}`);
    return definition;
  }
}

function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value)) as unknown;
}

/** Puts a value at a path in WeChat's manner: `root.cn.[0].cn.[2].v`. */
function put(data: Record<string, unknown>, path: string, value: unknown): void {
  const keys = path.match(/[^.[\]]+/g) ?? [];
  const last = keys.pop();
  if (last === undefined) return;
  let place: Record<string, unknown> = data;
  for (const [at, key] of keys.entries()) {
    const next = place[key];
    if (typeof next === 'object' && next !== null) place = next as Record<string, unknown>;
    else {
      const made = /^\d+$/.test(keys[at + 1] ?? last) ? [] : {};
      place[key] = made;
      place = made as Record<string, unknown>;
    }
  }
  place[last] = value;
}

/** Errors of the app's realm are not `instanceof` ours. */
function describe(thrown: unknown): string {
  if (typeof thrown === 'object' && thrown !== null && 'stack' in thrown) return String(thrown.stack);
  if (typeof thrown === 'object' && thrown !== null) return JSON.stringify(thrown);
  return String(thrown);
}
