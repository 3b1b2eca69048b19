import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { isHealthy } from '../start/server.ts';
import { freePort } from '../start/free-port.ts';

export interface Served {
  readonly port: number;
  /** Seconds of CPU that the process has used, in user and kernel. */
  cpuSeconds(): number;
  memoryMb(): number;
  stop(): Promise<void>;
}

const START_MS = 60_000;
/** A failure half-way must not leave a server behind, nor keep this process alive. */
const running = new Set<() => Promise<void>>();

/** Ends whatever still runs. */
export async function stopServers(): Promise<void> {
  await Promise.all([...running].map((stopOne) => stopOne()));
}

const TICKS_PER_SECOND = Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));

/** Starts a server of ours in a process of its own and waits for its first answer. */
export async function serve(
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<Served> {
  const port = await freePort();
  const env = { PATH: process.env['PATH'], PORT: String(port), HOST: '127.0.0.1', ...environment };
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'ignore', 'inherit'] });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const { pid } = child;
  if (pid === undefined) throw new Error(`${args.join(' ')} did not start`);
  const stopThis = async () => {
    running.delete(stopThis);
    await stop(child, ended);
  };
  running.add(stopThis);
  const givesUpAt = Date.now() + START_MS;
  while (!(await isHealthy(`http://127.0.0.1:${port}`))) {
    if (child.exitCode !== null) throw new Error(`${args.join(' ')} ended with ${child.exitCode}`);
    if (Date.now() > givesUpAt) throw new Error(`${args.join(' ')} does not answer`);
    await pause(50);
  }
  return {
    port,
    cpuSeconds: () => cpuSecondsOf(pid),
    memoryMb: () => memoryMbOf(pid),
    stop: stopThis,
  };
}

/** Fields 14 and 15 of stat(5), counted after the name, which may hold spaces. */
function cpuSecondsOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
}

function memoryMbOf(pid: number): number {
  const kib = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kib) / 1024;
}

async function stop(child: ChildProcess, ended: Promise<void>): Promise<void> {
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), 10_000);
  await ended;
  clearTimeout(timer);
}
