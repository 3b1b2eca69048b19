import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../bootstrap/paths.mjs';
import { Refusal } from '../bootstrap/refusal.mjs';
import { tryToListen } from './checks.mjs';
import { type Service, startService } from './service.ts';
import { originOf, type StartSettings } from './settings.mjs';

export interface RunningSandbox {
  readonly service: Service;
  /** Credentials and addresses, as the server reads them. */
  readonly configFile: string;
}

/** 3900 beside 3000: the same in every run, so that a cashier page left open still works. */
const PORT_OFFSET = 900;

/** Starts the WeChat sandbox with its keys and memory in `dataDir`, and waits until it answers. */
export async function startSandbox(settings: StartSettings, dataDir: string): Promise<RunningSandbox> {
  const program = join(root, 'scripts', 'sandbox', 'main.ts');
  if (!existsSync(program))
    throw new Refusal('The WeChat sandbox is missing from this checkout.', '缺少微信沙箱。');
  const port = await choosePort(settings);
  const folder = join(dataDir, 'sandbox');
  const env = {
    ...process.env,
    SANDBOX_DIR: folder,
    SANDBOX_HOST: settings.host,
    SANDBOX_PORT: String(port),
    APP_ORIGIN: appOrigins(settings).join(','),
    SANDBOX_PUSH_URL: `${settings.localOrigin}/api/callbacks/wechat-push`,
    ...(port === 0 ? {} : { SANDBOX_PUBLIC_ORIGIN: originOf(new URL(settings.publicOrigin).hostname, port) }),
  };
  const flags = ['--conditions=source', '--disable-warning=ExperimentalWarning'];
  const service = startService('sandbox', program, env, { flags, quiet: true });
  const failed = service.ended.then((code) => {
    throw new Refusal(`The WeChat sandbox did not start (exit ${code}).`, '微信沙箱启动失败。');
  });
  await Promise.race([service.announced, failed]);
  // From here on its end is watched by whoever holds the service.
  failed.catch(() => undefined);
  return { service, configFile: join(folder, 'sandbox.json') };
}

async function choosePort(settings: StartSettings): Promise<number> {
  const port = settings.port + PORT_OFFSET;
  if (port > 65535) return 0;
  return (await tryToListen(settings.host, port)) === null ? port : 0;
}

/** Everywhere a browser may have opened the app; the cashier returns to no other place. */
function appOrigins(settings: StartSettings): string[] {
  const local = [settings.localOrigin, originOf('localhost', settings.port), settings.publicOrigin];
  return [...new Set(local.map((origin) => new URL(origin).origin))];
}
