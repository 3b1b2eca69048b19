import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { root } from '../../../bootstrap/paths.mjs';
import { freePort } from '../../free-port.ts';
import { isHealthy } from '../../server.ts';

// A first start may build, and loads the sample estate.
jest.setTimeout(900_000);

interface Run {
  readonly child: ChildProcess;
  readonly origin: string;
  readonly output: () => string;
  readonly ended: Promise<number | null>;
}

let folder = '';
/** Empty at first. The run keeps what is loaded into it for the stages after this one. */
let dataDir = '';
const runs: Run[] = [];
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'linli-start-'));
  dataDir = process.env['LINLI_FIRST_START_DIR'] ?? join(folder, 'data');
});
afterEach(async () => {
  for (const run of runs.splice(0)) {
    if (run.child.exitCode === null && run.child.signalCode === null) run.child.kill('SIGTERM');
    await run.ended;
  }
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs it as a terminal would: in a process group of its own. */
function run(program: string, args: readonly string[], port: number, dataDir: string): Run {
  const { DATABASE_URL: _url, DEMO: _demo, NODE_ENV: _mode, NODE_OPTIONS: _options, ...rest } = process.env;
  const env = { ...rest, PORT: String(port), HOST: '127.0.0.1', DATA_DIR: dataDir };
  const child = spawn(program, args, { cwd: root, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')));
  const ended = new Promise<number | null>((resolve) => child.once('close', (code) => resolve(code)));
  const started = { child, origin: `http://127.0.0.1:${port}`, output: () => output, ended };
  runs.push(started);
  return started;
}

const start = (port: number, dataDir: string) =>
  run(process.execPath, [join(root, 'scripts', 'start.mjs')], port, dataDir);

/** Until the terminal shows that all is ready; a run that ends before that has failed, and says why. */
async function ready(started: Run): Promise<void> {
  while (!started.output().includes('Ctrl-C')) {
    if (started.child.exitCode !== null) throw new Error(`npm start ended:\n${started.output()}`);
    await pause(20);
  }
}

async function untilGone(origin: string): Promise<void> {
  while (await isHealthy(origin)) await pause(20);
}

describe('npm start', () => {
  test('brings the demo up, and the second time finds everything done', async () => {
    const first = start(await freePort(), dataDir);
    await ready(first);
    expect(await isHealthy(first.origin)).toBe(true);
    expect(first.output()).toContain(first.origin);
    first.child.kill('SIGTERM');
    expect(await first.ended).toBe(0);
    expect(await isHealthy(first.origin)).toBe(false);
    expect(readdirSync(dataDir)).toEqual(expect.arrayContaining(['linli.sqlite', 'sandbox']));

    const second = start(await freePort(), dataDir);
    await ready(second);
    expect(second.output()).not.toMatch(/Building|Built|Loading/);
  });

  test('drains and exits 0 on Ctrl-C in the terminal, where npm and we get it at once', async () => {
    const started = run('npm', ['start'], await freePort(), dataDir);
    await ready(started);
    process.kill(-Number(started.child.pid), 'SIGINT');
    expect(await started.ended).toBe(0);
    expect(await isHealthy(started.origin)).toBe(false);
  });

  test('leaves nothing running when it is killed outright', async () => {
    const killed = join(folder, 'killed');
    // Nobody sees the last of it go, and others go on with what the first start loaded.
    cpSync(dataDir, killed, { recursive: true });
    const started = start(await freePort(), killed);
    await ready(started);
    started.child.kill('SIGKILL');
    await untilGone(started.origin);
  });
});

describe('what cannot work is told in one line, before any work', () => {
  test('a port in use', async () => {
    const other = createServer();
    const port = await freePort();
    await new Promise<void>((resolve) => other.listen(port, '127.0.0.1', resolve));
    const started = start(port, join(folder, 'unused'));
    expect(await started.ended).toBe(1);
    expect(started.output().trim().split('\n')).toEqual([expect.stringContaining(`Port ${port} is in use.`)]);
    await new Promise((resolve) => other.close(resolve));
  });

  test('a data folder that cannot be written', async () => {
    const file = join(folder, 'file');
    writeFileSync(file, '');
    const started = start(await freePort(), join(file, 'data'));
    expect(await started.ended).toBe(1);
    expect(started.output().trim().split('\n')).toEqual([
      expect.stringContaining('cannot be written (ENOTDIR)'),
    ]);
  });

  test('a port that is none', async () => {
    const started = start(70_000, join(folder, 'unused'));
    expect(await started.ended).toBe(1);
    expect(started.output().trim().split('\n')).toEqual([
      expect.stringContaining('PORT must be a whole number'),
    ]);
  });
});
