// @ts-check
// What `npm start` is told by its environment. Plain JavaScript, as it is checked before anything is fetched.
import { networkInterfaces } from 'node:os';
import { resolve } from 'node:path';
import { Refusal } from '../bootstrap/refusal.mjs';

/**
 * @typedef {object} StartSettings
 * @property {string} host
 * @property {number} port
 * @property {string} dataDir absolute
 * @property {boolean} demo sandbox, sample estate and the demo sign-in
 * @property {boolean} embeddedDatabase no DATABASE_URL was given
 * @property {string} localOrigin where this machine reaches the server
 * @property {string} publicOrigin where phones reach it
 */

/**
 * @param {NodeJS.ProcessEnv} env
 * @param {string} base what a relative DATA_DIR is relative to
 * @param {() => string | null} [findLanAddress]
 * @returns {StartSettings}
 */
export function readSettings(env, base, findLanAddress = lanAddress) {
  const host = env['HOST'] || '127.0.0.1';
  const port = readPort(env['PORT'] || '3000');
  const production = env['NODE_ENV'] === 'production';
  const embeddedDatabase = !env['DATABASE_URL'];
  const demo = env['DEMO'] === undefined ? embeddedDatabase && !production : env['DEMO'] === '1';
  const everywhere = host === '0.0.0.0' || host === '::';
  const localOrigin = originOf(everywhere ? '127.0.0.1' : host, port);
  const lan = everywhere ? findLanAddress() : null;
  const publicOrigin = env['PUBLIC_ORIGIN'] || (lan === null ? localOrigin : originOf(lan, port));
  const dataDir = resolve(base, env['DATA_DIR'] || '.data');
  return { host, port, dataDir, demo, embeddedDatabase, localOrigin, publicOrigin };
}

/** @param {string} text */
function readPort(text) {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 1 && port <= 65535) return port;
  throw new Refusal(
    `PORT must be a whole number from 1 to 65535, not "${text}".`,
    `PORT 应为 1 到 65535 的整数，现在是“${text}”。`,
  );
}

/**
 * @param {string} host
 * @param {number} port
 */
export function originOf(host, port) {
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

/** The address under which a phone in the same network finds this machine. */
function lanAddress() {
  const addresses = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
  return addresses.find((address) => address.family === 'IPv4' && !address.internal)?.address ?? null;
}
