import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { Agent } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from '../../../build.ts';
import { connect, type Connection } from '../../../mariadb/client.ts';
import { type PrivateMariadb, startMariadb } from '../../../mariadb/start.ts';
import { deployOnMariadb, serveLinli, serveRaw } from '../../deployments.ts';
import { send } from '../../load.ts';
import { type Operation, OPERATIONS } from '../../operations.ts';
import { type Served, stopServers } from '../../processes.ts';

const UNITS = 20;
/** Each asks once of each server: the first time somebody asks, the session is looked up too. */
const STRANGER = 7;
const KNOWN = 3;

let mariadb: PrivateMariadb;
let log: Connection | undefined;
let folder: string;
let linli: Served;
let raw: Served;

beforeAll(async () => {
  await build(['shared', 'server']);
  folder = mkdtempSync(join(tmpdir(), 'linli-bench-test-'));
  // A server of its own: the general log is of the whole server, and others use the shared one.
  mariadb = await startMariadb({ durable: false, serverArgs: ['--log-output=TABLE'] });
  // Neither server runs jobs in the benchmark, so that nothing but the request speaks to the engine.
  const deployment = await deployOnMariadb(mariadb, folder, UNITS);
  linli = await serveLinli(deployment);
  raw = await serveRaw(deployment);
  log = await connect({ port: mariadb.port });
}, 900_000);

afterAll(async () => {
  // What was not started because an earlier step failed is not there to stop.
  await log?.end();
  await stopServers();
  await mariadb.stop();
  rmSync(folder, { recursive: true, force: true });
});

let serial = 0;

async function ask(served: Served, operation: Operation, owner: number): Promise<void> {
  const agent = new Agent();
  serial += 1;
  await send(agent, served.port, operation.request(owner, serial));
  agent.destroy();
}

/** What the server asked the engine for one request: statements without their values, sorted, as some go side by side. */
async function statementsOf(served: Served, operation: Operation, owner: number): Promise<string[]> {
  if (log === undefined) throw new Error('The general log is not open');
  await log.query('TRUNCATE mysql.general_log');
  await log.query('SET GLOBAL general_log = 1');
  await ask(served, operation, owner);
  await log.query('SET GLOBAL general_log = 0');
  const [rows] = await log.query(
    `SELECT CONVERT(argument USING utf8mb4) AS text FROM mysql.general_log
     WHERE command_type IN ('Query', 'Execute') AND thread_id <> CONNECTION_ID()`,
  );
  return rows
    .map((row) => withoutValues(String(row['text'])))
    .filter((text) => !isSetting(text))
    .toSorted();
}

/** A connection that the pool opens meanwhile says how it wants to be served; that is no part of a request. */
const isSetting = (text: string) => text.startsWith('SET ');

/** Only values and line breaks may differ: drivers write them differently. */
function withoutValues(text: string): string {
  return text
    .replaceAll(/'(?:[^'\\]|\\.|'')*'/g, '?')
    .replaceAll(/\bNULL\b(?=\s*[,)])/g, '?')
    .replaceAll(/\b\d+\b/g, '?')
    .replaceAll(/\s+/g, ' ')
    .trim();
}

test.each(OPERATIONS)('the raw server asks the database for $name what ours does', async (operation) => {
  for (const served of [linli, raw]) await ask(served, operation, KNOWN);
  const ours = await statementsOf(linli, operation, KNOWN);
  expect(ours.length).toBeGreaterThanOrEqual(4);
  expect(await statementsOf(raw, operation, KNOWN)).toEqual(ours);
});

test('the raw server checks a new session as ours does', async () => {
  const [operation] = OPERATIONS;
  if (operation === undefined) throw new Error('Nothing to ask');
  const ours = await statementsOf(linli, operation, STRANGER);
  expect(ours.some((text) => text.includes('FROM sessions'))).toBe(true);
  expect(await statementsOf(raw, operation, STRANGER)).toEqual(ours);
});
