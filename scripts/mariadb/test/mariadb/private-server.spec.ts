import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from '../../../bootstrap/paths.mjs';
import { connect } from '../../client.ts';
import { type PrivateMariadb, startMariadb } from '../../start.ts';

let server: PrivateMariadb;
beforeAll(async () => {
  server = await startMariadb({ durable: false });
});
afterAll(() => server.stop());

async function ask(sql: string) {
  const connection = await connect({ port: server.port });
  try {
    const [rows] = await connection.query(sql);
    return rows;
  } finally {
    await connection.end();
  }
}

test('it is the one we started: its folder, read committed, strict', async () => {
  const [row] = await ask('SELECT @@datadir AS d, @@tx_isolation AS i, @@sql_mode AS m, @@bind_address AS b');
  expect(row?.['d']).toBe(`${server.dataDir}/`);
  expect(row?.['i']).toBe('READ-COMMITTED');
  expect(row?.['m']).toContain('STRICT_TRANS_TABLES');
  expect(row?.['b']).toBe('127.0.0.1');
});

test('a worker gets an empty database, also when one of that name was left behind', async () => {
  const address = await server.createDatabase('worker_1');
  expect(address).toBe(`${server.url}worker_1`);
  await ask('CREATE TABLE worker_1.left_behind (id INT PRIMARY KEY)');
  await server.createDatabase('worker_1');
  expect(
    await ask("SELECT table_name FROM information_schema.tables WHERE table_schema = 'worker_1'"),
  ).toEqual([]);
});

test('a name that is not one is refused before it is SQL', async () => {
  await expect(server.createDatabase('a; DROP DATABASE mysql')).rejects.toThrow('Not a database name');
});

test('it does not outlive a test run that is killed', async () => {
  const module = pathToFileURL(join(root, 'scripts', 'mariadb', 'start.ts')).href;
  const script = `
    const { startMariadb } = await import(${JSON.stringify(module)});
    const { pid, dataDir } = await startMariadb({ durable: false });
    process.stdout.write(JSON.stringify({ pid, dataDir }), () => process.kill(process.pid, 'SIGKILL'));
  `;
  const run = spawn(process.execPath, ['--input-type=module', '--eval', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const chunks: Buffer[] = [];
  run.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  await once(run, 'close');
  const { pid, dataDir } = JSON.parse(Buffer.concat(chunks).toString('utf8')) as {
    pid: number;
    dataDir: string;
  };
  await until(() => !isAlive(pid) && !existsSync(dirname(dataDir)));
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** The guard works in a process of its own; the test's time limit is the limit here too. */
async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve));
}
