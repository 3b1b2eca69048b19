import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { exitCode } from '../bootstrap/child.mjs';
import { root } from '../bootstrap/paths.mjs';

/** A program that runs beside us until it is told to stop. */
export interface Service {
  readonly name: string;
  /** Resolves with the exit code whenever it ends. */
  readonly ended: Promise<number>;
  /** Resolves with what it says first over the channel; never when it says nothing. */
  readonly announced: Promise<unknown>;
  /** Asks it to finish what it has begun and waits for it; kills it when that takes too long. */
  stop(): Promise<number>;
}

/** Each answers what is under way before it goes; this is for one that does not. */
const DRAIN_MS = 30_000;

export interface ServiceOptions {
  readonly flags?: readonly string[];
  /** Keep what it says on stdout to ourselves; its faults on stderr come through. */
  readonly quiet?: boolean;
}

/**
 * Starts a Node program in a process group of its own, so that Ctrl-C in the terminal reaches us alone and we decide
 * the order in which things end. It ends with us, also when we are killed.
 */
export function startService(
  name: string,
  file: string,
  env: NodeJS.ProcessEnv,
  options: ServiceOptions = {},
): Service {
  const preload = ['--import', join(root, 'scripts', 'start', 'end-with-parent.mjs')];
  const child = spawn(process.execPath, [...(options.flags ?? []), ...preload, file], {
    cwd: root,
    env,
    detached: true,
    stdio: ['ignore', options.quiet === true ? 'ignore' : 'inherit', 'inherit', 'ipc'],
  });
  const ended = new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(exitCode(code, signal)));
  });
  const announced = new Promise<unknown>((resolve) => child.once('message', resolve));
  return { name, ended, announced, stop: () => stop(child, ended) };
}

async function stop(child: ChildProcess, ended: Promise<number>): Promise<number> {
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), DRAIN_MS);
  try {
    return await ended;
  } finally {
    clearTimeout(timer);
  }
}
