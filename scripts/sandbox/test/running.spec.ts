import { execFile, fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  appendFileSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { asObject, parseObject, textOf } from '../json.ts';
import { startSandbox } from '../main.ts';
import { openMerchant, type Merchant } from './merchant.ts';

const MAIN = fileURLToPath(new URL('../main.ts', import.meta.url));

let dir: string;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'linli-sandbox-running-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

async function withMerchant(
  work: (merchant: Merchant) => Promise<void>,
  options: object = {},
): Promise<void> {
  const merchant = await openMerchant({ dir, ...options });
  try {
    await work(merchant);
  } finally {
    await merchant.close();
  }
}

const readConfig = (): ReturnType<typeof parseObject> => parseObject(readFileSync(join(dir, 'sandbox.json')));

/** A merchant's server that answers with these statuses in turn and tells when it has given the last. */
async function listen(
  statuses: readonly number[],
): Promise<{ url: string; server: Server; all: Promise<number> }> {
  const left = [...statuses];
  let finish: (count: number) => void;
  const all = new Promise<number>((resolve) => {
    finish = resolve;
  });
  const server = createServer((message, response) => {
    message.resume();
    response.writeHead(left.shift() ?? 204).end();
    if (left.length === 0) finish(statuses.length);
  });
  const { port } = await new Promise<AddressInfo>((listening) => {
    server.listen(0, '127.0.0.1', () => listening(server.address() as AddressInfo));
  });
  return { url: `http://127.0.0.1:${port}/callback`, server, all };
}

const environment = (port: string): NodeJS.ProcessEnv => ({
  ...process.env,
  NODE_OPTIONS: '',
  SANDBOX_DIR: dir,
  SANDBOX_PORT: port,
});

async function start(): Promise<{ child: ChildProcess; origin: string }> {
  const child = fork(MAIN, { execArgv: ['--conditions=source'], env: environment('0'), silent: true });
  const [message] = await once(child, 'message');
  return { child, origin: textOf(asObject(message), 'origin') ?? '' };
}

describe('a restart', () => {
  it('keeps the keys, the orders and what is still to be sent', async () => {
    let before = {};
    await withMerchant(async (merchant) => {
      before = merchant.sandbox.config;
      merchant.answerWith(500);
      await merchant.pay(await merchant.order('WY20261000000401'));
      await merchant.sandbox.settle();
      await merchant.order('WY20261000000402');
    });
    await withMerchant(async (merchant) => {
      const { apiBase, payBase, cashierBase, ...identity } = merchant.sandbox.config;
      expect(before).toMatchObject(identity);
      expect(new Set([apiBase, payBase, cashierBase])).toEqual(new Set([merchant.sandbox.origin]));
      const { items } = await merchant.control('GET', '/callbacks');
      expect(items).toMatchObject([
        { subject: 'WY20261000000401', state: 'waiting', attempts: [{ status: 500 }] },
      ]);
      expect(await merchant.control('GET', '/orders/WY20261000000401')).toMatchObject({ state: 'SUCCESS' });
      expect(
        await merchant.order('WY20261000000402', {
          notify_url: textOf(await merchant.control('GET', '/orders/WY20261000000402'), 'notifyUrl'),
        }),
      ).toBe((await merchant.control('GET', '/orders/WY20261000000402'))['prepayId']);
    });
  });

  it('after a crash in the middle of writing loses that line only', async () => {
    await withMerchant(async (merchant) => {
      await merchant.order('WY20261000000403');
    });
    appendFileSync(join(dir, 'memory.jsonl'), '{"table":"orders","id":"WY2026');
    await withMerchant(async (merchant) => {
      const { items } = await merchant.control('GET', '/orders');
      expect(items).toMatchObject([{ outTradeNo: 'WY20261000000403' }]);
      await merchant.order('WY20261000000404');
    });
    await withMerchant(async (merchant) => {
      expect((await merchant.control('GET', '/orders'))['items']).toHaveLength(2);
    });
  });

  it('does not bring back what was reset', async () => {
    await withMerchant(async (merchant) => {
      await merchant.order('WY20261000000405');
      await merchant.control('POST', '/reset');
    });
    await withMerchant(async (merchant) => {
      expect(await merchant.control('GET', '/orders')).toEqual({ items: [] });
    });
  });
});

describe('the folder', () => {
  it('holds the merchant’s credentials and apart from them the platform’s keys, for the owner’s eyes only', async () => {
    const sandbox = await startSandbox({ dir });
    await sandbox.close();
    const config = readConfig();
    expect(config).toEqual(sandbox.config);
    expect(Object.keys(config ?? {})).toEqual(
      expect.arrayContaining([
        'appId',
        'appSecret',
        'mchId',
        'merchantSerial',
        'merchantPrivateKeyPem',
        'platformPublicKeyId',
        'platformPublicKeyPem',
        'apiV3Key',
        'apiBase',
        'payBase',
      ]),
    );
    expect(sandbox.config.platformPublicKeyId).toMatch(/^PUB_KEY_ID_\d{28}$/);
    expect(sandbox.config.apiV3Key).toMatch(/^[0-9A-Za-z]{32}$/);
    const platform = parseObject(readFileSync(join(dir, 'platform.json')));
    for (const secret of Object.values(platform ?? {})) {
      expect(JSON.stringify(config)).not.toContain(JSON.stringify(secret).slice(40, 100));
    }
    for (const file of ['sandbox.json', 'platform.json', 'memory.jsonl']) {
      expect(statSync(join(dir, file)).mode & 0o077).toBe(0);
    }
  });

  it('with half of its keys gone gets new ones, and with damaged ones says so', async () => {
    const first = await startSandbox({ dir });
    await first.close();
    rmSync(join(dir, 'platform.json'));
    const second = await startSandbox({ dir });
    await second.close();
    expect(second.config.merchantSerial).not.toBe(first.config.merchantSerial);
    writeFileSync(join(dir, 'platform.json'), '{}');
    await expect(startSandbox({ dir })).rejects.toThrow('platform.json has no "platformPrivateKeyPem"');
  });

  it('of a running sandbox is not touched by another one that cannot have its port', async () => {
    await withMerchant(async (merchant) => {
      await merchant.order('WY20261000000406');
      const port = Number(new URL(merchant.sandbox.origin).port);
      await expect(startSandbox({ dir, port })).rejects.toThrow('EADDRINUSE');
      await merchant.order('WY20261000000407');
      expect(readConfig()?.['apiBase']).toBe(merchant.sandbox.origin);
      expect((await merchant.control('GET', '/orders'))['items']).toHaveLength(2);
    });
  });
});

describe('with the machine’s own clock', () => {
  it('callbacks go out and come again by themselves', async () => {
    const { url, server, all } = await listen([500, 503, 204]);
    await withMerchant(
      async (merchant) => {
        await merchant.pay(await merchant.order('WY20261000000408', { notify_url: url }));
        expect(await all).toBe(3);
      },
      { now: undefined, retryScale: 0.0001 },
    );
    server.close();
  });

  it('one merchant who does not answer does not keep the others waiting', async () => {
    const silent = createServer();
    silent.listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const { url, server, all } = await listen([204]);
    const silentUrl = `http://127.0.0.1:${(silent.address() as AddressInfo).port}/callback`;
    await withMerchant(
      async (merchant) => {
        await merchant.pay(await merchant.order('WY20261000000409', { notify_url: silentUrl }));
        await merchant.pay(await merchant.order('WY20261000000410', { notify_url: url }));
        expect(await all).toBe(1);
        silent.closeAllConnections();
      },
      { now: undefined },
    );
    silent.close();
    server.close();
  });
});

describe('as a program', () => {
  it('tells its parent where it is, and stops in peace on SIGTERM', async () => {
    const { child, origin } = await start();
    expect(readConfig()?.['payBase']).toBe(origin);
    expect((await fetch(`${origin}/sandbox/health`)).status).toBe(200);
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([0, null]);
  });

  it('does not outlive its parent', async () => {
    const { child } = await start();
    child.disconnect();
    expect(await once(child, 'exit')).toEqual([0, null]);
  });

  it('says in one line that its port is taken', async () => {
    const occupied = createServer();
    occupied.listen(0, '127.0.0.1');
    await once(occupied, 'listening');
    const port = String((occupied.address() as AddressInfo).port);
    const arguments_ = ['--conditions=source', MAIN];
    const stderr = await new Promise<string>((resolve) => {
      execFile(process.execPath, arguments_, { env: environment(port) }, (error, _out, text) => {
        expect(error?.code).toBe(1);
        resolve(text);
      });
    });
    occupied.close();
    expect(stderr).toBe(`WeChat sandbox: port ${port} is in use; set SANDBOX_PORT to another one\n`);
    expect(existsSync(join(dir, 'memory.jsonl'))).toBe(false);
  });
});
