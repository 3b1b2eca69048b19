/**
 * The WeChat sandbox: a small server that speaks WeChat's own wire protocol, so that the demo, the tests and
 * local work run the app's real adapter. In-process: `startSandbox`. As a child: run this file.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

import { createAgenda, type Agenda } from './agenda.ts';
import { createPostman } from './delivery/callbacks.ts';
import { CASHIER_ROUTES } from './pay/cashier.ts';
import { createClock } from './clock.ts';
import type { Sandbox, Settings } from './context.ts';
import { answerControl } from './control.ts';
import { loadCredentials, publishConfig, type SandboxConfig } from './credentials.ts';
import { createFaultPlan } from './faults.ts';
import {
  BodyTooLarge,
  dispatch,
  jsonReply,
  readRequest,
  sendAnswer,
  type Answer,
  type Request,
} from './http.ts';
import { answerMiniProgram } from './mini-program/gateway.ts';
import { answerPay } from './pay/gateway.ts';
import { createRefundDesk } from './pay/refunds.ts';
import { openStore } from './store.ts';

export { openidOf } from './mini-program/codes.ts';
export type { SandboxConfig } from './credentials.ts';

export type SandboxOptions = {
  /** Keys, configuration and memory live here; made when it is missing. */
  readonly dir: string;
  readonly host?: string;
  /** 0, the default, takes a free one. */
  readonly port?: number;
  /** A test's own clock; with it nothing is sent by itself, only on `settle` and `advance`. */
  readonly now?: () => number;
  /** Where the app is reached; the cashier returns there. */
  readonly appOrigins?: readonly string[];
  /** Where phones reach the cashier when that is not where the server calls. */
  readonly publicOrigin?: string;
  readonly pushUrl?: string;
  readonly retryScale?: number;
  readonly callbackTimeoutMs?: number;
};

export type RunningSandbox = {
  readonly origin: string;
  readonly config: SandboxConfig;
  /** Sends what is due and waits for the answers. */
  settle(): Promise<void>;
  /** Moves the sandbox's clock, doing in order all that comes due on the way. */
  advance(ms: number): Promise<void>;
  close(): Promise<void>;
};

function initialSettings(options: SandboxOptions): Settings {
  return {
    appOrigins: (options.appOrigins ?? ['http://127.0.0.1:3000']).map((origin) => new URL(origin).origin),
    pushUrl: options.pushUrl ?? null,
    pushMode: 'plain',
    retryScale: options.retryScale ?? 1,
    callbackTimeoutMs: options.callbackTimeoutMs ?? 5_000,
    refundTakesMs: 0,
    signCallbacksWith: 'public-key',
  };
}

async function route(sandbox: Sandbox, agenda: Agenda, request: Request): Promise<Answer> {
  const { path } = request;
  if (path.startsWith('/v3/')) return answerPay(sandbox, request);
  if (path === '/sandbox' || path.startsWith('/sandbox/')) return answerControl({ sandbox, agenda }, request);
  const cashier = await dispatch(CASHIER_ROUTES, sandbox, request);
  return cashier ?? answerMiniProgram(sandbox, request);
}

type Handler = (request: Request) => Promise<Answer>;

const notYet: Handler = () => Promise.resolve(jsonReply(503, { error: 'starting' }));

/** What the sandbox itself does wrong is a 500 with the reason: its users are developers. */
async function serve(handle: Handler, message: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    sendAnswer(response, await handle(await readRequest(message)));
  } catch (error) {
    const status = error instanceof BodyTooLarge ? 413 : 500;
    const reason = error instanceof Error ? error.message : String(error);
    sendAnswer(response, jsonReply(status, { code: 'SYSTEM_ERROR', message: `sandbox: ${reason}` }));
  }
}

export async function startSandbox(options: SandboxOptions): Promise<RunningSandbox> {
  const dir = resolve(options.dir);
  const host = options.host ?? '127.0.0.1';
  const credentials = await loadCredentials(dir);

  let handle = notYet;
  const server = createServer(
    // Longer than a busy demo is away from its sockets: one that is closed meanwhile fails the payment that takes it.
    { keepAliveTimeout: 65_000 },
    (message, response) => void serve((request) => handle(request), message, response),
  );
  // The port first: whoever cannot have it must not touch the memory of the one who does.
  const { port } = await new Promise<AddressInfo>((listening, failed) => {
    server.once('error', failed);
    server.listen(options.port ?? 0, host, () => listening(server.address() as AddressInfo));
  });
  const isWildcard = host === '0.0.0.0' || host === '::';
  const name = isWildcard ? '127.0.0.1' : host.includes(':') ? `[${host}]` : host;
  const origin = `http://${name}:${port}`;

  let agenda: Agenda | null = null;
  const sandbox: Sandbox = {
    origin,
    credentials,
    settings: initialSettings(options),
    clock: createClock(options.now),
    store: openStore(join(dir, 'memory.jsonl')),
    faults: createFaultPlan(),
    wake: () => agenda?.wake(),
  };
  const running = createAgenda(sandbox.clock, [createRefundDesk(sandbox), createPostman(sandbox)]);
  agenda = running;
  handle = (request) => route(sandbox, running, request);
  const config = publishConfig(dir, credentials, origin, options.publicOrigin ?? origin);
  running.wake();

  return {
    origin,
    config,
    settle: () => running.settle(),
    advance: (ms) => running.advance(ms),
    close: async () => {
      const closed = new Promise((finished) => server.close(finished));
      await running.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

function optionsFromEnvironment(): SandboxOptions {
  const { env } = process;
  const list = env['APP_ORIGIN']?.split(',').map((origin) => origin.trim());
  return {
    dir: env['SANDBOX_DIR'] ?? '.data/sandbox',
    host: env['SANDBOX_HOST'] ?? '127.0.0.1',
    port: Number(env['SANDBOX_PORT'] ?? '3900'),
    ...(list ? { appOrigins: list } : {}),
    ...(env['SANDBOX_PUBLIC_ORIGIN'] ? { publicOrigin: env['SANDBOX_PUBLIC_ORIGIN'] } : {}),
    ...(env['SANDBOX_PUSH_URL'] ? { pushUrl: env['SANDBOX_PUSH_URL'] } : {}),
    ...(env['SANDBOX_RETRY_SCALE'] ? { retryScale: Number(env['SANDBOX_RETRY_SCALE']) } : {}),
  };
}

/** One line for what people can put right themselves. */
function startupProblem(error: unknown, options: SandboxOptions): string {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (code === 'EADDRINUSE') return `port ${options.port} is in use; set SANDBOX_PORT to another one`;
  if (code === 'EACCES' || code === 'EROFS' || code === 'ENOTDIR') return `cannot write in ${options.dir}`;
  return error instanceof Error ? error.message : String(error);
}

async function runAsProgram(): Promise<void> {
  const options = optionsFromEnvironment();
  try {
    const sandbox = await startSandbox(options);
    const stop = (): void => void sandbox.close().then(() => process.exit(0));
    process.once('SIGINT', stop);
    process.once('SIGTERM', stop);
    // A parent that was killed cannot tell us to stop, but its channel closes.
    process.once('disconnect', stop);
    console.log(`WeChat sandbox: ${sandbox.origin} (keys and memory in ${resolve(options.dir)})`);
    process.send?.({ type: 'ready', origin: sandbox.origin });
  } catch (error) {
    console.error(`WeChat sandbox: ${startupProblem(error, options)}`);
    process.exit(1);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await runAsProgram();
