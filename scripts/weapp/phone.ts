import { readFileSync, statSync } from 'node:fs';
import { basename, extname } from 'node:path';
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
  /** The documents that somebody has sent in a chat, as files of this machine. */
  readonly chat?: readonly string[];
}

/** What the phone put on its screen over the app: a document, or a picture full screen. */
export interface Shown {
  readonly as: 'DOCUMENT' | 'PICTURE';
  /** `pdf`, `image/jpeg` */
  readonly type: string;
  readonly bytes: number;
}

/** A file that the app has been given a path of. */
interface HeldFile {
  readonly name: string;
  readonly body: Buffer;
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
/** What WeChat opens, and how such a file begins: PDF, the older Office (OLE), the newer one (ZIP). */
const DOCUMENTS: Readonly<Record<string, string>> = {
  pdf: '%PDF',
  doc: '\xd0\xcf\x11\xe0',
  xls: '\xd0\xcf\x11\xe0',
  ppt: '\xd0\xcf\x11\xe0',
  docx: 'PK',
  xlsx: 'PK',
  pptx: 'PK',
};
const PICTURES = ['.jpg', '.jpeg', '.png', '.gif', '.webp'];
const VIDEOS = ['.mp4', '.mov'];

/** A phone with WeChat on it, as far as an app can tell: its storage, its album, its wallet, a real network. */
export class Phone {
  readonly stored = new Map<string, string>();
  readonly asked: Asked[] = [];
  /** What WeChat's cashier answered, in order. */
  readonly payments: string[] = [];
  /** What was opened over the app, in order. */
  readonly shown: Shown[] = [];
  private readonly files = new Map<string, HeldFile>();
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
      downloadFile: this.withTask(api('downloadFile', (options) => this.download(options))),
      openDocument: api('openDocument', (options) => this.openDocument(options)),
      previewImage: api('previewImage', (options) => this.preview(options)),
      chooseMessageFile: api('chooseMessageFile', (options) => this.chooseFromChat(options)),
      chooseImage: api('chooseImage', ({ count }) => this.choose(Number(count ?? 9))),
      getNetworkType: api('getNetworkType', () => ({ networkType: 'wifi' })),
      setTabBarBadge: api('setTabBarBadge', () => ({})),
      pageScrollTo: api('pageScrollTo', () => ({})),
      removeTabBarBadge: api('removeTabBarBadge', () => ({})),
      makePhoneCall: api('makePhoneCall', () => ({})),
      setClipboardData: api('setClipboardData', () => ({})),
    };
  }

  /**
   * A call in WeChat's manner: it answers later, through `success` or `fail`, and then `complete`; a call that names
   * none of them gets a promise.
   */
  api(app: Surroundings, name: string, work: (options: Options) => Promise<Answer> | Answer): Api {
    return (options = {}) => {
      this.running.set(app, this.underWay(app) + 1);
      const tell = (key: 'success' | 'fail', answer: Answer) => {
        const known = app.intoApp(answer);
        for (const listener of [options[key], options['complete']])
          if (typeof listener === 'function') app.guard(() => listener(known));
        return known;
      };
      const told = Promise.resolve(options)
        .then(work)
        .then(
          (answer) => ({ good: true, known: tell('success', { errMsg: `${name}:ok`, ...answer }) }),
          (error: unknown) => ({
            good: false,
            known: tell('fail', { errMsg: `${name}:fail ${reasonOf(error)}` }),
          }),
        )
        .finally(() => {
          this.running.set(app, this.underWay(app) - 1);
          app.changed();
        });
      if (['success', 'fail', 'complete'].some((key) => typeof options[key] === 'function')) return undefined;
      return told.then(({ good, known }) => (good ? known : Promise.reject(known)));
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
    const file = this.files.get(path);
    if (file === undefined) throw new Error(`file not found: ${path}`);
    const form = new FormData();
    form.append(String(options['name']), new Blob([new Uint8Array(file.body)]), file.name);
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
      tempFilePaths: chosen.map((picture) => this.hold(picture)),
      tempFiles: chosen.map((picture) => ({ path: this.hold(picture), size: statSync(picture).size })),
    };
  }

  /** The person picks the first files of the chat that the app lets them see. */
  private chooseFromChat({ count, type = 'all', extension }: Options): Answer {
    if (typeof count !== 'number' || count < 0 || count > 100)
      throw new Error('parameter.count is out of 0~100');
    const wanted = Array.isArray(extension)
      ? extension.map((each) => `.${String(each).replace(/^\./, '')}`)
      : [];
    const fits = (file: string) =>
      (type === 'all' || kindOf(file) === type) &&
      // 仅 type==file 时有效
      (type !== 'file' || wanted.length === 0 || wanted.includes(extname(file).toLowerCase()));
    const chosen = (this.settings.chat ?? []).filter(fits).slice(0, count);
    if (chosen.length === 0) throw new Error('cancel');
    return {
      tempFiles: chosen.map((file) => ({
        path: this.hold(file),
        name: basename(file),
        size: statSync(file).size,
        type: kindOf(file),
        time: Math.floor(statSync(file).mtimeMs / 1000),
      })),
    };
  }

  /** Whatever the server answers is written into a file, a refusal too: the app has to look at the status. */
  private async download(options: Options): Promise<Answer> {
    const url = this.here(String(options['url']));
    const response = await fetch(url, { headers: headersOf(options) });
    this.note('GET', url, response.status);
    const tempFilePath = `${TEMPORARY}download-${this.files.size + 1}`;
    this.files.set(tempFilePath, { name: tempFilePath, body: Buffer.from(await response.arrayBuffer()) });
    return { statusCode: response.status, tempFilePath };
  }

  /** By the type that the app names, or by the path's suffix; then the file has to be one. */
  private openDocument({ filePath, fileType }: Options): Answer {
    const file = this.files.get(String(filePath));
    if (file === undefined) throw new Error("file doesn't exist");
    const type = typeof fileType === 'string' ? fileType : extname(String(filePath)).slice(1);
    const beginning = DOCUMENTS[type];
    if (beginning === undefined) throw new Error('filetype not supported');
    if (!file.body.toString('latin1', 0, 8).startsWith(beginning)) throw new Error('file is damaged');
    this.shown.push({ as: 'DOCUMENT', type, bytes: file.body.length });
    return {};
  }

  /** Loads the picture that was tapped, as the viewer does, from the whole addresses that the app names. */
  private async preview({ urls, current }: Options): Promise<Answer> {
    const [first] = Array.isArray(urls) ? urls.map(String) : [];
    if (first === undefined) throw new Error('parameter.urls is empty');
    const url = this.here(typeof current === 'string' ? current : first);
    const response = await fetch(url);
    this.note('GET', url, response.status);
    const { byteLength } = await response.arrayBuffer();
    const type = response.headers.get('content-type') ?? '';
    this.shown.push({ as: 'PICTURE', type, bytes: byteLength });
    return {};
  }

  /** A path for the app, under which the phone finds the file again. */
  private hold(file: string): string {
    const path = TEMPORARY + basename(file);
    this.files.set(path, { name: basename(file), body: readFileSync(file) });
    return path;
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

function kindOf(file: string): 'image' | 'video' | 'file' {
  const suffix = extname(file).toLowerCase();
  if (PICTURES.includes(suffix)) return 'image';
  return VIDEOS.includes(suffix) ? 'video' : 'file';
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
