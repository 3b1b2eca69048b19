/**
 * npm run bench [-- --json]
 *
 * Measures the production build of the server against a raw one (raw/main.ts) on a MariaDB of its own, in interleaved
 * rounds. Ratios of pairs are what counts: the machine's other work moves absolute numbers, and both servers alike.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { command, say } from '../bootstrap/refusal.mjs';
import { build } from '../build.ts';
import { type PrivateMariadb, startMariadb } from '../mariadb/start.ts';
import {
  comparePair,
  measureAlone,
  measureGrowth,
  type OneServer,
  type OperationFigures,
} from './compare.ts';
import { type Deployment, deployOnMariadb, deployOnSqlite, serveLinli, serveRaw } from './deployments.ts';
import { stopServers } from './processes.ts';
import { OPERATIONS, type OperationName } from './operations.ts';
import { type BenchReport, reportJson, reportText } from './report.ts';
import { tallyMilliseconds } from './tally.ts';
import { measureVerifier } from './verifier.ts';

const UNITS = 1_000;
const MANY_UNITS = 100_000;
const SETTLE_MS = 3_000;
/** Of a large estate, and of the largest vote that anybody may check at home; how often each is checked. */
const VERIFIED = [
  [10_000, 5],
  [1_000_000, 1],
] as const;

type OfOperations<T> = Partial<Record<OperationName, T>>;

async function comparisons(deployment: Deployment) {
  const linli = await serveLinli(deployment);
  const raw = await serveRaw(deployment);
  await pause(SETTLE_MS);
  const idle = linli.memoryMb();
  const ops: OfOperations<OperationFigures> = {};
  let load = 0;
  for (const operation of OPERATIONS) {
    note(`Measuring ${operation.name} …`, `正在测量 ${operation.name} …`);
    ops[operation.name] = await comparePair(linli, raw, operation, deployment.units);
    load = Math.max(load, linli.memoryMb());
  }
  await Promise.all([linli.stop(), raw.stop()]);
  return { ops, memoryMb: { idle, load } };
}

async function growthOf(few: Deployment, many: Deployment): Promise<OfOperations<number>> {
  const small = { served: await serveLinli(few), units: few.units };
  const large = { served: await serveLinli(many), units: many.units };
  const growth: OfOperations<number> = {};
  for (const operation of OPERATIONS) growth[operation.name] = await measureGrowth(small, large, operation);
  await Promise.all([small.served.stop(), large.served.stop()]);
  return growth;
}

async function onSqlite(folder: string): Promise<OfOperations<OneServer>> {
  const deployment = await deployOnSqlite(folder, UNITS);
  const served = await serveLinli(deployment);
  const figures: OfOperations<OneServer> = {};
  for (const operation of OPERATIONS) figures[operation.name] = await measureAlone(served, operation, UNITS);
  await served.stop();
  return figures;
}

async function measure(mariadb: PrivateMariadb, folder: string): Promise<BenchReport> {
  const few = await deployOnMariadb(mariadb, folder, UNITS);
  const { ops, memoryMb } = await comparisons(few);
  note('Measuring SQLite …', '正在测量 SQLite …');
  const sqlite = await onSqlite(folder);
  const tally100kMs = tallyMilliseconds();
  note('Checking a vote of a million homes …', '正在核对一百万户的表决 …');
  const verifier = VERIFIED.map(([ballots, times]) => measureVerifier(folder, ballots, times));
  note(`Making an estate of ${MANY_UNITS} homes …`, `正在准备 ${MANY_UNITS} 户的小区 …`);
  const many = await deployOnMariadb(mariadb, folder, MANY_UNITS);
  const growth = await growthOf(few, many);
  const engine = `MariaDB ${mariadb.version}`;
  return { ops, growth, memoryMb, tally100kMs, verifier, engine, sqlite };
}

const json = process.argv.includes('--json');
/** With `--json` the report is all there is on the standard output. */
function note(english: string, chinese: string): void {
  if (!json) say(`${english} · ${chinese}`);
}

await command(async () => {
  await build(['shared', 'server']);
  const folder = mkdtempSync(join(tmpdir(), 'linli-bench-'));
  const mariadb = await startMariadb({ durable: true });
  try {
    const report = await measure(mariadb, folder);
    process.stdout.write(`${json ? reportJson(report) : reportText(report)}\n`);
  } finally {
    await stopServers();
    await mariadb.stop();
    rmSync(folder, { recursive: true, force: true });
  }
});
