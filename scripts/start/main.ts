import { build } from '../build.ts';
import { Refusal } from '../bootstrap/refusal.mjs';
import { loadSampleEstate } from './sample-estate.ts';
import { startSandbox } from './sandbox.ts';
import { serverEnvironment, startServer, waitUntilHealthy } from './server.ts';
import type { Service } from './service.ts';
import type { StartSettings } from './settings.mjs';
import { fetchRoles, welcome } from './welcome.ts';

/** Ctrl-C may arrive twice: from the terminal, and passed on by the process that started us. */
const SECOND_THOUGHTS_MS = 3_000;

/** What a shell reports of a program that Ctrl-C ended. */
const INTERRUPTED = 130;

/** Builds what is behind, loads the sample estate once, runs sandbox and server until told to stop. */
export async function start(settings: StartSettings): Promise<number> {
  await build(['shared', 'server', 'h5']);
  const stopping = listenForStop();
  const running: Service[] = [];
  try {
    if (settings.demo && !(await loadUnlessStopped(settings, stopping))) return INTERRUPTED;
    const sandbox = settings.demo ? await startSandbox(settings, settings.dataDir) : null;
    if (sandbox !== null) running.push(sandbox.service);
    const env = serverEnvironment(settings, settings.dataDir, sandbox?.configFile ?? null);
    const server = startServer(env);
    running.push(server);
    await waitUntilHealthy(server, settings.localOrigin, stopping);
    if (!stopping.aborted)
      console.log(welcome(settings, settings.demo ? await fetchRoles(settings.localOrigin) : []));
    await Promise.race([whenAborted(stopping), ...running.map(endsByItself)]);
    return 0;
  } finally {
    // The server first: it may still be waiting for an answer of the sandbox.
    for (const service of running.toReversed()) await service.stop();
  }
}

/** Ctrl-C while the sample estate is loaded ends the loading too; that is no failure to be told of. */
async function loadUnlessStopped(settings: StartSettings, stopping: AbortSignal): Promise<boolean> {
  try {
    await loadSampleEstate(settings);
  } catch (error) {
    if (!stopping.aborted) throw error;
  }
  return !stopping.aborted;
}

function listenForStop(): AbortSignal {
  const controller = new AbortController();
  let first = 0;
  const onSignal = () => {
    if (first === 0) first = Date.now();
    // Who presses again means it. The services end with us.
    else if (Date.now() - first > SECOND_THOUGHTS_MS) process.exit(INTERRUPTED);
    controller.abort();
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal);
  return controller.signal;
}

function whenAborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}

async function endsByItself(service: Service): Promise<never> {
  const code = await service.ended;
  throw new Refusal(`The ${service.name} stopped by itself (exit ${code}).`, `${service.name} 意外退出。`);
}
