// @ts-check
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withLock } from './lock.mjs';
import { fetchRefusal, isNoNetwork, runNpm } from './npm.mjs';
import { root } from './paths.mjs';
import { say } from './refusal.mjs';

/** Both read the same lockfile; the second is plain JavaScript, for platforms that the first has no binary for. */
const PNPM_VERSIONS = ['pnpm@12.21.0', 'pnpm@10.34.9'];
const LOCKFILE = 'pnpm-lock.yaml';
const WORKSPACE = 'pnpm-workspace.yaml';

/** Installs the packages that the lockfile names, unless that very set is installed. */
export async function ensurePackages() {
  const stamp = join(root, 'node_modules', '.linli-stamp');
  const wanted = packagesHash(root);
  if (isInstalled(stamp, wanted)) return;
  await withLock('packages', async () => {
    if (isInstalled(stamp, wanted)) return;
    say('Getting the packages … · 正在安装依赖包 …');
    await install();
    writeFileSync(stamp, wanted);
  });
}

/**
 * One hash over everything that decides what is installed: the lockfile, each package.json, the platform.
 *
 * @param {string} folder the workspace's
 */
export function packagesHash(folder) {
  const hash = createHash('sha256').update(`${process.platform} ${process.arch}\n`);
  const files = [
    LOCKFILE,
    WORKSPACE,
    'package.json',
    ...members(folder).map((name) => join(name, 'package.json')),
  ];
  for (const file of files) hash.update(`${file}\n`).update(readFileSync(join(folder, file)));
  return hash.digest('hex');
}

/**
 * The folders of the workspace. Read by hand: there is no YAML parser yet at this point, and the list is flat.
 *
 * @param {string} folder
 */
export function members(folder) {
  const lines = readFileSync(join(folder, WORKSPACE), 'utf8').split('\n');
  const start = lines.findIndex((line) => line.startsWith('packages:')) + 1;
  const length = lines.slice(start).findIndex((line) => !/^\s+-\s/.test(line));
  const end = length < 0 ? lines.length : start + length;
  return lines.slice(start, end).map((line) => line.replace(/^\s+-\s*['"]?([^'"#]+?)['"]?\s*$/, '$1'));
}

/**
 * @param {string} stamp
 * @param {string} wanted
 */
function isInstalled(stamp, wanted) {
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted;
}

async function install() {
  const [pnpm = '', plainPnpm = ''] = PNPM_VERSIONS;
  // Without retries first: with them, a machine without a network waits for most of a minute.
  let run = await runPnpm(pnpm, ['--config.fetch-retries=0']);
  if (run.code !== 0 && isNoNetwork(run.output)) {
    const ping = await runNpm('npm', ['ping'], { cwd: root });
    if (isNoNetwork(ping.output)) throw fetchRefusal('the packages', '依赖包', ping.output);
  }
  if (run.code !== 0) run = await runPnpm(pnpm, []);
  if (run.code !== 0) run = await runPnpm(plainPnpm, []);
  if (run.code !== 0) throw fetchRefusal('the packages', '依赖包', run.output);
}

/**
 * @param {string} version
 * @param {readonly string[]} settings
 */
function runPnpm(version, settings) {
  const frozen = ['--frozen-lockfile', '--prefer-offline', '--config.confirmModulesPurge=false'];
  return runNpm('npx', ['-y', version, 'install', ...frozen, ...settings], { cwd: root });
}
