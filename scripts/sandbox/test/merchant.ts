/** A merchant for the tests: the real SDK on the way out, and a server of its own for the callbacks. */
import { createServer, type IncomingHttpHeaders } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { KeyObject } from 'node:crypto';

import { asObject, textOf, type Json } from '../json.ts';
import { openidOf, startSandbox, type RunningSandbox, type SandboxOptions } from '../main.ts';

type SdkReply = {
  readonly status: number;
  readonly data: unknown;
  readonly headers: Record<string, unknown>;
};
type SdkCall = {
  get(config?: object): Promise<SdkReply>;
  post(data: object, config?: object): Promise<SdkReply>;
};
type Sdk = {
  readonly Wechatpay: new (config: object) => { chain(path: string): SdkCall };
  readonly Rsa: {
    from(pem: string, type: 'public' | 'private'): KeyObject;
    sign(message: string, key: KeyObject): string;
    verify(message: string, signature: string, key: KeyObject): boolean;
  };
  readonly Formatter: {
    request(method: string, path: string, timestamp: string, nonce: string, body?: string): string;
    response(timestamp: string, nonce: string, body: string): string;
    joinedByLineFeed(...parts: string[]): string;
    castCsvBill(bill: string): { rows: Json[]; summary: Json };
  };
  readonly Aes: {
    readonly AesGcm: {
      encrypt(plain: string, key: string, nonce: string, associated: string): string;
      decrypt(sealed: string, key: string, nonce: string, associated: string): string;
    };
  };
};

const fromServer = createRequire(new URL('../../../server/package.json', import.meta.url));
export const sdk = fromServer('wechatpay-axios-plugin') as Sdk;

const nothing = (): void => undefined;

export const PAYER = openidOf('owner-3-1-201');

/** A callback as it arrived, and what the SDK's own primitives make of it. */
export type Received = {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly url: string;
  readonly genuine: boolean;
  readonly id: string | null;
  readonly eventType: string | null;
  readonly content: Json | null;
};

export type Merchant = {
  readonly sandbox: RunningSandbox;
  readonly dir: string;
  readonly received: Received[];
  readonly notifyUrl: string;
  /** Answers the next callbacks with these instead of 204. */
  answerWith(...statuses: number[]): void;
  /** Callbacks are held unanswered until the returned function is called. */
  keepSilent(): () => void;
  call(path: string): SdkCall;
  control(method: string, path: string, body?: object): Promise<Json>;
  /** Places an order of 349.36 yuan and gives its prepay id. */
  order(outTradeNo: string, changes?: object): Promise<string>;
  pay(prepayId: string): Promise<Json>;
  close(): Promise<void>;
};

function tryParse(text: string): Json | null {
  try {
    return asObject(JSON.parse(text));
  } catch {
    return null;
  }
}

function examine(sandbox: RunningSandbox, headers: IncomingHttpHeaders, body: string, url: string): Received {
  const { config } = sandbox;
  const header = (name: string): string => String(headers[name] ?? '');
  const keys: Record<string, string> = {
    [config.platformPublicKeyId]: config.platformPublicKeyPem,
    [config.platformCertificateSerial]: config.platformCertificatePem,
  };
  const pem = keys[header('wechatpay-serial')];
  const skew = Math.abs(Date.now() / 1000 - Number(header('wechatpay-timestamp')));
  const message = sdk.Formatter.response(header('wechatpay-timestamp'), header('wechatpay-nonce'), body);
  const genuine =
    pem !== undefined &&
    skew <= 300 &&
    sdk.Rsa.verify(message, header('wechatpay-signature'), sdk.Rsa.from(pem, 'public'));
  const envelope = tryParse(body);
  return {
    headers,
    body,
    url,
    genuine,
    id: textOf(envelope, 'id'),
    eventType: textOf(envelope, 'event_type'),
    content: genuine ? decrypt(sandbox, asObject(envelope?.['resource'])) : null,
  };
}

function decrypt(sandbox: RunningSandbox, resource: Json | null): Json | null {
  const [sealed, nonce, associated] = ['ciphertext', 'nonce', 'associated_data'].map((f) =>
    textOf(resource, f),
  );
  if (!sealed || !nonce || textOf(resource, 'algorithm') !== 'AEAD_AES_256_GCM') return null;
  try {
    return tryParse(sdk.Aes.AesGcm.decrypt(sealed, sandbox.config.apiV3Key, nonce, associated ?? ''));
  } catch {
    return null;
  }
}

/** As `wx.requestPayment` wants them, signed by the merchant. */
export function paymentParameters(merchant: Merchant, prepayId: string): Record<string, string> {
  const { appId, merchantPrivateKeyPem } = merchant.sandbox.config;
  const timeStamp = '1763700000';
  const nonceStr = 'f2a9c0d1e3b4456789ab';
  const pack = `prepay_id=${prepayId}`;
  const message = sdk.Formatter.joinedByLineFeed(appId, timeStamp, nonceStr, pack);
  const paySign = sdk.Rsa.sign(message, sdk.Rsa.from(merchantPrivateKeyPem, 'private'));
  return { timeStamp, nonceStr, package: pack, signType: 'RSA', paySign };
}

export async function openMerchant(options: Partial<SandboxOptions> = {}): Promise<Merchant> {
  const received: Received[] = [];
  let statuses: number[] = [];
  let silence: Promise<void> | null = null;
  const dir = options.dir ?? mkdtempSync(join(tmpdir(), 'linli-sandbox-'));

  const server = createServer(async (message, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of message as AsyncIterable<Buffer>) chunks.push(chunk);
    const body = Buffer.concat(chunks).toString();
    const item = examine(merchant.sandbox, message.headers, body, message.url ?? '');
    received.push(item);
    await silence;
    const isPush = item.eventType === null && (message.url ?? '').includes('signature=');
    const status = statuses.shift() ?? (isPush ? 200 : item.content ? 204 : 401);
    response.writeHead(status);
    response.end();
  });
  const { port } = await new Promise<AddressInfo>((listening) => {
    server.listen(0, '127.0.0.1', () => listening(server.address() as AddressInfo));
  });
  const here = `http://127.0.0.1:${port}`;
  const sandbox = await startSandbox({ dir, now: Date.now, appOrigins: [here], ...options });
  const { config } = sandbox;
  const client = new sdk.Wechatpay({
    mchid: config.mchId,
    serial: config.merchantSerial,
    privateKey: config.merchantPrivateKeyPem,
    certs: {
      [config.platformPublicKeyId]: config.platformPublicKeyPem,
      [config.platformCertificateSerial]: config.platformCertificatePem,
    },
    baseURL: config.payBase,
  });

  const merchant: Merchant = {
    sandbox,
    dir,
    received,
    notifyUrl: `${here}/callbacks/payment`,
    answerWith: (...wanted) => {
      statuses = wanted;
    },
    keepSilent: () => {
      let speak = nothing;
      silence = new Promise((resolve) => {
        speak = () => {
          silence = null;
          resolve();
        };
      });
      return () => speak();
    },
    call: (path) => client.chain(path),
    control: async (method, path, body) => {
      const reply = await fetch(`${sandbox.origin}/sandbox${path}`, {
        method,
        ...(body ? { body: JSON.stringify(body) } : {}),
      });
      return asObject(await reply.json()) ?? {};
    },
    order: async (outTradeNo, changes = {}) => {
      const reply = await client
        .chain('v3/pay/transactions/jsapi')
        .post(orderBody(merchant, outTradeNo, changes));
      return textOf(asObject(reply.data), 'prepay_id') ?? '';
    },
    pay: (prepayId) => merchant.control('POST', '/pay', { prepay_id: prepayId, openid: PAYER }),
    close: async () => {
      await sandbox.close();
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
      if (!options.dir) rmSync(dir, { recursive: true, force: true });
    },
  };
  return merchant;
}

export function orderBody(merchant: Merchant, outTradeNo: string, changes: object = {}): object {
  return {
    appid: merchant.sandbox.config.appId,
    mchid: merchant.sandbox.config.mchId,
    description: '康宁家园 3-1-201 物业费 2026年10月',
    out_trade_no: outTradeNo,
    notify_url: merchant.notifyUrl,
    amount: { total: 34_936, currency: 'CNY' },
    payer: { openid: PAYER },
    ...changes,
  };
}

/** What the SDK throws on a refusal: the status and WeChat's own body. */
export async function refusalOf(call: Promise<unknown>): Promise<{ status: number; body: Json }> {
  try {
    await call;
  } catch (error) {
    const response = asObject(asObject({ error })?.['error'])?.['response'];
    const { status, data } = { ...asObject(response) };
    return { status: Number(status), body: asObject(data) ?? {} };
  }
  throw new Error('the call was not refused');
}
