import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { root } from '../bootstrap/paths.mjs';
import { Refusal } from '../bootstrap/refusal.mjs';
import { type Service, startService } from './service.ts';
import type { StartSettings } from './settings.mjs';

const POLL_MS = 40;
/** Migrations of a large database run before the first answer. */
const PATIENCE_MS = 120_000;

/**
 * How Node and its allocator are told to keep the server small, here as in the README's systemd unit. A young
 * generation of 16 MB from the start holds what the requests in flight need; with 4 or 8, or grown as it goes, it
 * outlives the young generation and costs more CPU, and more memory under load, than it saves. The server gives back what its start left behind, for which it
 * needs `--expose-gc`. One arena keeps what a thread frees from staying with that thread.
 */
export const SERVER_FLAGS = ['--min-semi-space-size=16', '--max-semi-space-size=16', '--expose-gc'] as const;
export const SERVER_ALLOCATOR = { MALLOC_ARENA_MAX: '1' } as const;

/** The environment of everything that opens the database: the server, and the program that loads the sample estate. */
export function serverEnvironment(settings: StartSettings, dataDir: string, wechatConfig: string | null) {
  return {
    ...process.env,
    HOST: settings.host,
    PORT: String(settings.port),
    DATA_DIR: dataDir,
    PUBLIC_ORIGIN: settings.publicOrigin,
    H5_DIR: process.env['H5_DIR'] ?? join(root, 'miniapp', 'dist', 'h5'),
    ...(wechatConfig === null ? {} : { WECHAT_CONFIG: wechatConfig }),
    // The demo's terminal is for the address and the roles; a real deployment keeps the server's own default.
    ...(settings.demo ? { DEMO: '1', LOG_LEVEL: process.env['LOG_LEVEL'] ?? 'warn' } : {}),
  } satisfies NodeJS.ProcessEnv;
}

/** Starts the built server. Its health check tells when it is ready: {@link waitUntilHealthy}. */
export function startServer(env: NodeJS.ProcessEnv): Service {
  const program = join(root, 'server', 'dist', 'main.js');
  if (!existsSync(program)) throw new Refusal('The server is missing from this checkout.', '缺少服务端。');
  return startService('server', program, { ...env, ...SERVER_ALLOCATOR }, { flags: SERVER_FLAGS });
}

/** Waits for the first 200 of the health check, or until somebody wants to stop. */
export async function waitUntilHealthy(
  server: Service,
  origin: string,
  stopping: AbortSignal,
  patienceMs = PATIENCE_MS,
): Promise<void> {
  let code: number | null = null;
  void server.ended.then((ended) => (code = ended));
  const givesUpAt = Date.now() + patienceMs;
  while (!stopping.aborted && !(await isHealthy(origin))) {
    if (code !== null) throw new Refusal(`The server did not start (exit ${code}).`, '服务启动失败。');
    if (Date.now() > givesUpAt)
      throw new Refusal('The server runs but is not healthy.', '服务已运行，但健康检查未通过。');
    await pause(POLL_MS);
  }
}

export async function isHealthy(origin: string): Promise<boolean> {
  try {
    const answer = await fetch(`${origin}/api/health`, { signal: AbortSignal.timeout(2_000) });
    await answer.body?.cancel();
    return answer.status === 200;
  } catch {
    return false;
  }
}
