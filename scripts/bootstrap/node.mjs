// @ts-check
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withLock } from './lock.mjs';
import { FETCHED_NODE, isRecentEnough } from './node-version.mjs';
import { fetchRefusal, runNpm } from './npm.mjs';
import { nodeFolder } from './paths.mjs';
import { say } from './refusal.mjs';

/**
 * A Node that runs the project: this one, or one fetched from the registry into an ignored folder. Nothing is fetched
 * where this one will do.
 *
 * @returns {Promise<string>} path of the program
 */
export async function findNode() {
  if (isRecentEnough(process.versions.node)) return process.execPath;
  const ready = join(nodeFolder, 'ready');
  if (!existsSync(ready)) await withLock('node', () => fetchNode(ready));
  return readFileSync(ready, 'utf8');
}

/** @param {string} ready written last: without it the folder is half a download */
async function fetchNode(ready) {
  if (existsSync(ready)) return;
  say(`Node ${process.versions.node} is too old; fetching ${FETCHED_NODE} … · 正在获取新版 Node …`);
  rmSync(nodeFolder, { recursive: true, force: true });
  mkdirSync(nodeFolder, { recursive: true });
  // The package's own install step picks the binary of this platform, also where scripts are switched off.
  const args = ['install', '--prefix', nodeFolder, '--ignore-scripts=false', '--global=false', FETCHED_NODE];
  const { code, output } = await runNpm('npm', args, { cwd: nodeFolder });
  const bin = join(nodeFolder, 'node_modules', 'node', 'bin');
  const program = join(bin, process.platform === 'win32' ? 'node.exe' : 'node');
  if (code !== 0 || !existsSync(program)) throw fetchRefusal('Node', ' Node', output);
  writeFileSync(ready, program);
}
