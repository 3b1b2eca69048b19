import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { root } from '../../bootstrap/paths.mjs';
import { isHealthy, SERVER_FLAGS } from '../../start/server.ts';
import type { Estate } from './estate.ts';

/** The built server in a process of its own, which may be told to fall at a step. */
export interface FallingServer {
  /** From the start of the process to its first answer. */
  readonly readyMs: number;
  /** Resolves with the signal or the code that ended it. */
  readonly ended: Promise<string>;
  stop(): Promise<void>;
}

const PATIENCE_MS = 60_000;
const running = new Set<ChildProcess>();

/** `crashAt`: `before-commit TABLE`, `after-commit TABLE`, `before-answer PATH`, `after-answer PATH`, or null. */
export async function startServer(
  { origin, environment }: Estate,
  crashAt: string | null,
): Promise<FallingServer> {
  const preload = ['--import', join(root, 'scripts', 'prove', 'kill', 'crash-at.mjs')];
  const startedAt = performance.now();
  const child = spawn(
    process.execPath,
    [...SERVER_FLAGS, ...(crashAt === null ? [] : preload), join(root, 'server', 'dist', 'main.js')],
    {
      env: { ...environment, ...(crashAt === null ? {} : { CRASH_AT: crashAt }) },
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  );
  running.add(child);
  const ended = new Promise<string>((resolve) =>
    child.once('exit', (code, signal) => {
      running.delete(child);
      resolve(signal ?? `code ${code}`);
    }),
  );
  const givesUpAt = Date.now() + PATIENCE_MS;
  while (!(await isHealthy(origin))) {
    if (child.exitCode !== null) throw new Error(`The server ended with ${child.exitCode}`);
    if (Date.now() > givesUpAt) throw new Error('The server does not answer');
    await pause(10);
  }
  const stop = async () => {
    child.kill('SIGTERM');
    await ended;
  };
  return { readyMs: performance.now() - startedAt, ended, stop };
}

/** A failure half-way must leave no server behind. */
export function endServers(): void {
  for (const child of running) child.kill('SIGKILL');
}
