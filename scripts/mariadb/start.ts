import { type ChildProcess, spawn } from 'node:child_process';
import { appendFileSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { quietly } from '../bootstrap/child.mjs';
import { Refusal } from '../bootstrap/refusal.mjs';
import { scratchFolder } from '../machine/scratch.ts';
import { freePort } from '../start/free-port.ts';
import { connect, type Connection } from './client.ts';
import { findMariadb } from './find.ts';
import { guard } from './guard.ts';

export interface PrivateMariadb {
  /** `mysql://root@127.0.0.1:PORT/`: append a database's name. */
  readonly url: string;
  readonly port: number;
  readonly socketPath: string;
  readonly dataDir: string;
  readonly version: string;
  /** Process id of the server, for measuring it and for tests that kill it. */
  readonly pid: number;
  /** Makes an empty database, dropping one of that name, and gives its address. One for each worker keeps tests apart. */
  createDatabase(name: string): Promise<string>;
  /** Ends the server as a power cut would, and starts it again on what is on the disk, at the same address. */
  killAndRestart(): Promise<PrivateMariadb>;
  /** Stops the server and deletes everything it kept. */
  stop(): Promise<void>;
}

export interface MariadbOptions {
  /** Keep everything on the disk and flush each commit, as production does. Tests that do not measure may go without. */
  readonly durable?: boolean;
  /** Further arguments of the server, such as `--general-log=1`. */
  readonly serverArgs?: readonly string[];
}

const SQL_MODE =
  'STRICT_TRANS_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION,NO_ZERO_DATE,NO_ZERO_IN_DATE';
const START_MS = 60_000;
const POLL_MS = 50;
/** Somebody may take the free port between our looking and the server's. */
const PORT_TRIES = 3;

/** Starts a MariaDB of our own in a temporary folder, with its own socket and a free port on loopback. */
export async function startMariadb(options: MariadbOptions = {}): Promise<PrivateMariadb> {
  const programs = await findMariadb();
  const place = options.durable === false ? scratchFolder() : tmpdir();
  const folder = realpathSync(mkdtempSync(join(place, 'linli-mariadb-')));
  try {
    await installInto(folder, programs.installer);
    for (let left = PORT_TRIES; ; left -= 1) {
      const server = await tryStart(folder, programs, await freePort(), options);
      if (server !== null) return server;
      if (left === 1) throw new Refusal(`MariaDB did not start: ${lastError(folder)}`, 'MariaDB 启动失败。');
    }
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

const asRoot = () => (process.getuid?.() === 0 ? ['--user=root'] : []);
const dataDirOf = (folder: string) => join(folder, 'data');
const logOf = (folder: string) => join(folder, 'error.log');

async function installInto(folder: string, installer: string): Promise<void> {
  const { code, output } = await quietly(installer, [
    '--no-defaults',
    `--datadir=${dataDirOf(folder)}`,
    `--tmpdir=${folder}`,
    '--auth-root-authentication-method=normal',
    '--skip-test-db',
    ...asRoot(),
  ]);
  if (code === 0) return;
  console.error(output);
  throw new Refusal(
    `MariaDB's data folder could not be made (exit ${code}).`,
    '无法建立 MariaDB 的数据目录。',
  );
}

/** Null when the server ended before it answered: most likely its port was taken in between. */
async function tryStart(
  folder: string,
  programs: Awaited<ReturnType<typeof findMariadb>>,
  port: number,
  options: MariadbOptions,
): Promise<PrivateMariadb | null> {
  const socketPath = join(folder, 'socket');
  const child = spawn(programs.server, serverArgs(folder, socketPath, port, options), {
    detached: true,
    stdio: 'ignore',
  });
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', (error) => {
      appendFileSync(logOf(folder), `[ERROR] ${error.message}\n`);
      resolve();
    });
  });
  const { pid } = child;
  if (pid === undefined) return null;
  const watch = guard(pid, folder);
  const answering = await Promise.race([waitForAnswer(folder, socketPath, port), ended.then(() => false)]);
  if (!answering) {
    child.kill('SIGKILL');
    await ended;
    watch.dismiss();
    return null;
  }
  const stop = async () => {
    await end(child, ended);
    rmSync(folder, { recursive: true, force: true });
    watch.dismiss();
  };
  const killAndRestart = async () => {
    child.kill('SIGKILL');
    await ended;
    watch.dismiss();
    const again = await tryStart(folder, programs, port, options);
    if (again === null) throw new Error(`MariaDB did not start again: ${lastError(folder)}`);
    return again;
  };
  const url = `mysql://root@127.0.0.1:${port}/`;
  const createDatabase = (name: string) => makeDatabase(socketPath, url, name);
  const { version } = programs;
  const dataDir = dataDirOf(folder);
  return { url, port, socketPath, dataDir, version, pid, createDatabase, killAndRestart, stop };
}

function serverArgs(folder: string, socketPath: string, port: number, options: MariadbOptions): string[] {
  return [
    '--no-defaults',
    `--datadir=${dataDirOf(folder)}`,
    // A server that starts sweeps the temporary tables of every other that shares the place with it.
    `--tmpdir=${folder}`,
    `--socket=${socketPath}`,
    `--pid-file=${join(folder, 'pid')}`,
    `--log-error=${logOf(folder)}`,
    `--port=${port}`,
    '--bind-address=127.0.0.1',
    '--skip-name-resolve',
    `--sql-mode=${SQL_MODE}`,
    '--transaction-isolation=READ-COMMITTED',
    '--character-set-server=utf8mb4',
    // What most servers are set to: a table that needs exact keys has to say so itself, or a test tells.
    '--collation-server=utf8mb4_general_ci',
    '--innodb-buffer-pool-size=256M',
    `--innodb-flush-log-at-trx-commit=${options.durable === false ? 2 : 1}`,
    ...(options.serverArgs ?? []),
    ...asRoot(),
  ];
}

/** Our server answers on our socket and on our port, and says that it keeps our folder. Anything else is not ours. */
async function waitForAnswer(folder: string, socketPath: string, port: number): Promise<boolean> {
  const givesUpAt = Date.now() + START_MS;
  while (Date.now() < givesUpAt) {
    if (await keepsFolder({ socketPath }, folder)) {
      if (await keepsFolder({ port }, folder)) return true;
      throw new Refusal(
        `Port ${port} answers, but not for our MariaDB.`,
        `端口 ${port} 上不是我们启动的 MariaDB。`,
      );
    }
    await pause(POLL_MS);
  }
  return false;
}

async function keepsFolder(place: Parameters<typeof connect>[0], folder: string): Promise<boolean> {
  let connection: Connection;
  try {
    connection = await connect(place);
  } catch {
    return false;
  }
  try {
    const [rows] = await connection.query('SELECT @@datadir AS folder');
    return String(rows[0]?.['folder']).replace(/\/$/, '') === dataDirOf(folder);
  } finally {
    await connection.end();
  }
}

async function makeDatabase(socketPath: string, url: string, name: string): Promise<string> {
  if (!/^[a-z][a-z0-9_]{0,62}$/.test(name)) throw new Error(`Not a database name: ${name}`);
  const connection = await connect({ socketPath });
  try {
    await connection.query(`DROP DATABASE IF EXISTS ${name}`);
    await connection.query(`CREATE DATABASE ${name}`);
  } finally {
    await connection.end();
  }
  return url + name;
}

async function end(child: ChildProcess, ended: Promise<void>): Promise<void> {
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), 10_000);
  await ended;
  clearTimeout(timer);
}

function lastError(folder: string): string {
  try {
    const lines = readFileSync(logOf(folder), 'utf8').split('\n');
    return lines.findLast((line) => line.includes('[ERROR]')) ?? 'it ended without an error in its log';
  } catch {
    return 'it wrote no log';
  }
}
