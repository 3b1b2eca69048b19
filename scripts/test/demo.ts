import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../bootstrap/paths.mjs';
import { scratchFolder } from '../machine/scratch.ts';
import { freePort } from '../start/free-port.ts';
import { waitUntilHealthy } from '../start/server.ts';
import { startService } from '../start/service.ts';

/** A busy machine takes minutes to load the sample estate: the limit ends what hangs, it measures nothing. */
const PATIENCE_MS = 900_000;

export interface RunningDemo {
  readonly origin: string;
  /** Where the WeChat sandbox answers. */
  readonly sandboxOrigin: string;
  readonly dataDir: string;
  /** As Ctrl-C would; gives the exit code of `npm start`. */
  stop(): Promise<number>;
}

/** Runs `npm start` on a free port with the data folder given. */
export async function startDemo(dataDir: string): Promise<RunningDemo> {
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const env = { ...cleanEnvironment(), PORT: String(port), DATA_DIR: dataDir };
  const service = startService('demo', join(root, 'scripts', 'start.mjs'), env, { quiet: true });
  await waitUntilHealthy(service, origin, new AbortController().signal, PATIENCE_MS);
  return { origin, sandboxOrigin: sandboxOrigin(dataDir), dataDir, stop: service.stop };
}

/** Somebody's own settings must not decide what is tested. */
function cleanEnvironment(): NodeJS.ProcessEnv {
  const {
    DATABASE_URL: _url,
    DEMO: _demo,
    NODE_ENV: _mode,
    HOST: _host,
    PUBLIC_ORIGIN: _origin,
    ...rest
  } = process.env;
  return rest;
}

function sandboxOrigin(dataDir: string): string {
  const config = JSON.parse(readFileSync(join(dataDir, 'sandbox', 'sandbox.json'), 'utf8')) as {
    apiBase: string;
  };
  return config.apiBase;
}

/** The sample estate is loaded once; each stage gets a copy of it and may do with it as it likes. */
export class DemoCopies {
  private readonly folder = mkdtempSync(join(scratchFolder(), 'linli-demo-'));
  /** What the copies are made from: as the first start of all left it, whether a test's own or ours. */
  readonly template = join(this.folder, 'template');
  private whole: Promise<void> | null = null;
  private copies = 0;

  async start(): Promise<RunningDemo> {
    this.whole ??= this.load();
    await this.whole;
    this.copies += 1;
    const copy = join(this.folder, `copy-${this.copies}`);
    cpSync(this.template, copy, { recursive: true });
    return startDemo(copy);
  }

  /** Loads what is not there, and closes the database in good order. */
  private async load(): Promise<void> {
    const demo = await startDemo(this.template);
    await demo.stop();
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
