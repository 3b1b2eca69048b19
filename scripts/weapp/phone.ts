import { readFileSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { openidOf } from '../sandbox/mini-program/codes.ts';

/** What the app asked of a server, and how it was answered. */
export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly status: number;
}

export interface PhoneSettings {
  /** The address that is baked into the build. */
  readonly bakedOrigin: string;
  /** Where the server of this run answers instead. */
  readonly serverOrigin: string;
  /** Where WeChat's sandbox answers. */
  readonly sandboxOrigin: string;
  /** Who holds the phone, for `wx.login`. */
  readonly seed: string;
  /** The pictures in its album, as files of this machine. */
  readonly album: readonly string[];
}

/** Options of a call to `wx`: whatever it takes, and whom to tell. */
type Options = Readonly<Record<string, unknown>>;
type Answer = Readonly<Record<string, unknown>>;
export type Api = (options?: Options) => unknown;

/** What the phone needs of the place where the app runs. */
export interface Surroundings {
  /** Calls into the app; what it throws is noted as a fault of the app. */
  guard(run: () => unknown): void;
  /** The same plain data, made of the app's own objects and arrays. */
  intoApp(value: unknown): unknown;
  parseInApp(text: string): unknown;
  /** Something has begun or ended: whoever waits looks again. */
  changed(): void;
}

/** WeChat has no PATCH. */
const METHODS = ['OPTIONS', 'GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'TRACE', 'CONNECT'];
/** Where WeChat says that chosen pictures lie. */
const TEMPORARY = 'http://tmp/';

/** A phone with WeChat on it, as far as an app can tell: its storage, its album, its wallet, a real network. */
export class Phone {
  readonly stored = new Map<string, string>();
  readonly asked: Asked[] = [];
  /** What WeChat's cashier answered, in order. */
  readonly payments: string[] = [];
  private readonly settings: PhoneSettings;
  private readonly running = new Map<Surroundings, number>();
  private logins = 0;

  constructor(settings: PhoneSettings) {
    this.settings = settings;
  }

  /** Calls that have not been answered yet. */
  underWay(app: Surroundings): number {
    return this.running.get(app) ?? 0;
  }

  /** What `wx` has, save for moving between pages, which is the business of whoever holds the pages. */
  apis(app: Surroundings): Record<string, unknown> {
    const api = (name: string, work: (options: Options) => Promise<Answer> | Answer) =>
      this.api(app, name, work);
    return {
      ...this.storage(),
      ...device(),
      request: api('request', (options) => this.request(app, options)),
      uploadFile: this.withTask(api('uploadFile', (options) => this.upload(options))),
      login: api('login', () => this.login()),
      requestPayment: api('requestPayment', (options) => this.pay(options)),
      requestSubscribeMessage: api('requestSubscribeMessage', (options) => this.subscribe(options)),
      chooseImage: api('chooseImage', ({ count }) => this.choose(Number(count ?? 9))),
      getNetworkType: api('getNetworkType', () => ({ networkType: 'wifi' })),
      setTabBarBadge: api('setTabBarBadge', () => ({})),
      pageScrollTo: api('pageScrollTo', () => ({})),
      removeTabBarBadge: api('removeTabBarBadge', () => ({})),
      makePhoneCall: api('makePhoneCall', () => ({})),
      setClipboardData: api('setClipboardData', () => ({})),
      previewImage: api('previewImage', () => ({})),
    };
  }

  /** A call in WeChat's manner: it answers later, through `success` or `fail`, and then `complete`. */
  api(app: Surroundings, name: string, work: (options: Options) => Promise<Answer> | Answer): Api {
    return (options = {}) => {
      this.running.set(app, this.underWay(app) + 1);
      const tell = (key: 'success' | 'fail', answer: Answer) => {
        const known = app.intoApp(answer);
        for (const listener of [options[key], options['complete']])
          if (typeof listener === 'function') app.guard(() => listener(known));
      };
      void Promise.resolve(options)
        .then(work)
        .then(
          (answer) => tell('success', { errMsg: `${name}:ok`, ...answer }),
          (error: unknown) => tell('fail', { errMsg: `${name}:fail ${reasonOf(error)}` }),
        )
        .finally(() => {
          this.running.set(app, this.underWay(app) - 1);
          app.changed();
        });
      return undefined;
    };
  }

  private storage(): Record<string, unknown> {
    const { stored } = this;
    return {
      // WeChat answers an empty text where nothing is kept.
      getStorageSync: (key: string) => stored.get(key) ?? '',
      setStorageSync: (key: string, value: unknown) => void stored.set(key, String(value)),
      removeStorageSync: (key: string) => void stored.delete(key),
    };
  }

  private here(url: string): string {
    const { bakedOrigin, serverOrigin } = this.settings;
    return url.startsWith(`${bakedOrigin}/`) ? serverOrigin + url.slice(bakedOrigin.length) : url;
  }

  private note(method: string, url: string, status: number): void {
    this.asked.push({ method, path: new URL(url).pathname, status });
  }

  private async request(app: Surroundings, options: Options): Promise<Answer> {
    const method = String(options['method'] ?? 'GET').toUpperCase();
    if (!METHODS.includes(method)) throw new Error(`method ${method} is not supported`);
    const url = this.here(String(options['url']));
    const response = await fetch(url, {
      method,
      headers: headersOf(options),
      ...(typeof options['data'] === 'string' ? { body: options['data'] } : {}),
    });
    const text = await response.text();
    this.note(method, url, response.status);
    return { statusCode: response.status, data: asWeChatReads(text, app), header: {}, cookies: [] };
  }

  private async upload(options: Options): Promise<Answer> {
    const url = this.here(String(options['url']));
    const path = String(options['filePath']);
    const file = this.settings.album.find((picture) => temporaryPath(picture) === path);
    if (file === undefined) throw new Error(`file not found: ${path}`);
    const form = new FormData();
    form.append(String(options['name']), new Blob([readFileSync(file)]), basename(file));
    const response = await fetch(url, { method: 'POST', headers: headersOf(options), body: form });
    this.note('POST', url, response.status);
    return { statusCode: response.status, data: await response.text() };
  }

  /** Uploads and downloads answer a task at once. */
  private withTask(api: Api): Api {
    const task = {
      abort: () => undefined,
      onProgressUpdate: () => undefined,
      offProgressUpdate: () => undefined,
    };
    return (options) => {
      api(options);
      return task;
    };
  }

  private login(): Answer {
    this.logins += 1;
    return { code: `demo:${this.settings.seed}#${this.logins}-${Date.now()}` };
  }

  private choose(count: number): Answer {
    const chosen = this.settings.album.slice(0, count);
    if (chosen.length === 0) throw new Error('cancel');
    return {
      tempFilePaths: chosen.map(temporaryPath),
      tempFiles: chosen.map((picture) => ({ path: temporaryPath(picture), size: statSync(picture).size })),
    };
  }

  /** The person confirms in WeChat's cashier. */
  private async pay(options: Options): Promise<Answer> {
    const { timeStamp, nonceStr, package: pack, signType, paySign } = options;
    const openid = await this.payerOf(String(pack).replace(/^prepay_id=/, ''));
    const signed = { timeStamp, nonceStr, package: pack, signType, paySign };
    const { errMsg } = await this.sandbox<{ errMsg: string }>('pay', { ...signed, openid });
    this.payments.push(errMsg);
    if (errMsg !== 'requestPayment:ok') throw new Error(errMsg.replace(/^requestPayment:fail ?/, ''));
    return {};
  }

  /** Somebody of the demo has not come through WeChat: the order names the account that the sandbox has for them. */
  private async payerOf(prepayId: string): Promise<string> {
    const { items } = await this.sandbox<{
      items: readonly { readonly prepayId: string; readonly payerOpenid: string }[];
    }>('orders');
    return items.find((order) => order.prepayId === prepayId)?.payerOpenid ?? openidOf(this.settings.seed);
  }

  private async subscribe({ tmplIds }: Options): Promise<Answer> {
    const templates = Array.isArray(tmplIds) ? tmplIds.map(String) : [];
    await this.sandbox('subscribe', {
      openid: openidOf(this.settings.seed),
      tmplIds: templates,
      accept: true,
    });
    return Object.fromEntries(templates.map((id) => [id, 'accept']));
  }

  private async sandbox<T>(path: string, body?: Answer): Promise<T> {
    const response = await fetch(`${this.settings.sandboxOrigin}/sandbox/${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return (await response.json()) as T;
  }
}

/** What an app may ask about the phone without waiting. */
function device(): Record<string, unknown> {
  const window = { windowWidth: 390, windowHeight: 763, screenWidth: 390, screenHeight: 844, pixelRatio: 3 };
  const base = {
    SDKVersion: '3.8.0',
    version: '8.0.50',
    language: 'zh_CN',
    fontSizeSetting: 17,
    theme: 'light',
  };
  const system = { platform: 'ios', system: 'iOS 17.0', brand: 'iPhone', model: 'iPhone 15' };
  const all = { ...base, ...window, ...system, statusBarHeight: 47 };
  return {
    getSystemInfo: (options?: { success?: (info: object) => void }) => options?.success?.(all),
    getSystemInfoSync: () => all,
    getAppBaseInfo: () => base,
    getWindowInfo: () => ({ ...window, statusBarHeight: 47 }),
    getDeviceInfo: () => system,
    canIUse: () => true,
    onNetworkStatusChange: () => undefined,
    onAppHide: () => undefined,
    onAppShow: () => undefined,
  };
}

function headersOf({ header }: Options): Record<string, string> {
  const given = typeof header === 'object' && header !== null ? Object.entries(header) : [];
  return Object.fromEntries(given.map(([name, value]) => [name, String(value)]));
}

function temporaryPath(picture: string): string {
  return TEMPORARY + basename(picture);
}

/** JSON where it is, text where it is not. */
function asWeChatReads(text: string, app: Surroundings): unknown {
  try {
    return app.parseInApp(text);
  } catch {
    return text;
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
