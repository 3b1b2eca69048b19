// @ts-check
import { existsSync, realpathSync } from 'node:fs';
import { basename, delimiter, dirname, join } from 'node:path';
import { quietly } from './child.mjs';
import { Refusal } from './refusal.mjs';

/** Set for everything that runs under a fetched Node: the Node that npm came with. */
export const MACHINE_NODE = 'LINLI_MACHINE_NODE';

/** A few quick tries: a machine without a network should hear of it in seconds, not in a minute. */
const FETCHING = {
  npm_config_fetch_retries: '2',
  npm_config_fetch_retry_mintimeout: '500',
  npm_config_fetch_retry_maxtimeout: '2000',
  npm_config_audit: 'false',
  npm_config_fund: 'false',
  npm_config_update_notifier: 'false',
  npm_config_loglevel: 'error',
};

/**
 * Runs npm or npx, which came with the machine's Node, under that Node. What they start finds the present one first.
 *
 * @param {'npm' | 'npx'} tool
 * @param {readonly string[]} args
 * @param {{cwd?: string, env?: Readonly<Record<string, string>>}} [options]
 */
export function runNpm(tool, args, options = {}) {
  const npm = findNpm(process.env, process.execPath);
  if (npm === null)
    throw new Refusal('npm was not found beside this Node.', '没有找到 npm，请安装带 npm 的 Node.js。');
  const env = { ...process.env, ...FETCHING, ...options.env, PATH: pathWithThisNode(process.env) };
  const cwd = options.cwd ?? process.cwd();
  return quietly(npm.node, [join(npm.folder, `${tool}-cli.js`), ...args], { env, cwd });
}

/**
 * Where npm's own scripts lie and the Node to run them with: as npm says when it started us, else as found on the path.
 *
 * @param {NodeJS.ProcessEnv} env
 * @param {string} thisNode
 * @returns {{node: string, folder: string} | null}
 */
export function findNpm(env, thisNode) {
  const machineNode = env[MACHINE_NODE] ?? thisNode;
  const started = env['npm_execpath'];
  if (started !== undefined && basename(started) === 'npm-cli.js' && existsSync(started))
    return { node: env['npm_node_execpath'] ?? machineNode, folder: dirname(started) };
  const besideNode = dirname(machineNode);
  const places = [
    join(besideNode, '..', 'lib', 'node_modules', 'npm', 'bin'),
    join(besideNode, 'node_modules', 'npm', 'bin'),
    ...(env['PATH'] ?? '').split(delimiter).map((folder) => scriptBehind(join(folder, 'npm'))),
  ];
  const folder = places.find((place) => existsSync(join(place, 'npm-cli.js')));
  return folder === undefined ? null : { node: machineNode, folder };
}

/** @param {string} link `npm` on the path is a link to its script */
function scriptBehind(link) {
  return existsSync(link) ? dirname(realpathSync(link)) : link;
}

/** @param {NodeJS.ProcessEnv} env */
export function pathWithThisNode(env) {
  const mine = dirname(process.execPath);
  const rest = (env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== mine);
  return [mine, ...rest].join(delimiter);
}

const NO_NETWORK =
  /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET_TIMEOUT|META_FETCH_FAIL|ENOTCACHED|dns error|error sending request|fetch failed/i;

/** @param {string} output of npm or pnpm */
export function isNoNetwork(output) {
  return NO_NETWORK.test(output);
}

/**
 * Why npm or pnpm failed, as one line.
 *
 * @param {string} what in English
 * @param {string} chinese
 * @param {string} output what the tool printed
 */
export function fetchRefusal(what, chinese, output) {
  if (isNoNetwork(output))
    return new Refusal(
      `No network: ${what} cannot be fetched. Connect to the internet and run the command again.`,
      `没有网络，无法下载${chinese}。请联网后重新运行。`,
    );
  return new Refusal(`Fetching ${what} failed: ${lastWords(output)}`, `下载${chinese}失败。`);
}

/**
 * The line of a tool's output that says most: the first that names an error, else the last.
 *
 * @param {string} output
 */
export function lastWords(output) {
  const lines = output
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  return lines.find((line) => /ERR_|error/i.test(line)) ?? lines.at(-1) ?? 'it said nothing';
}
