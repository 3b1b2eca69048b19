// @ts-check
// What can be known to fail is said before minutes of work, in one line.
import { accessSync, constants, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { Refusal } from '../bootstrap/refusal.mjs';

export const DATABASE_FILE = 'linli.sqlite';

/**
 * @param {string} host
 * @param {number} port
 */
export async function checkPort(host, port) {
  const code = await tryToListen(host, port);
  if (code === null) return;
  if (code === 'EADDRINUSE')
    throw new Refusal(
      `Port ${port} is in use. Stop the other program or choose another port: PORT=${port + 1} npm start`,
      `端口 ${port} 已被占用，请关闭占用它的程序，或换一个端口。`,
    );
  if (code === 'EACCES')
    throw new Refusal(`Port ${port} needs more rights. Choose one above 1023.`, `没有权限使用端口 ${port}。`);
  throw new Refusal(
    `Cannot listen on ${host}:${port} (${code}). Check HOST.`,
    `无法监听 ${host}，请检查 HOST。`,
  );
}

/**
 * @param {string} host
 * @param {number} port
 * @returns {Promise<string | null>} the error's code, null when the port is free
 */
export function tryToListen(host, port) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error) =>
      resolve(/** @type {NodeJS.ErrnoException} */ (error).code ?? error.message),
    );
    server.listen({ host, port, exclusive: true }, () => server.close(() => resolve(null)));
  });
}

/** @param {string} folder */
export function checkDataDir(folder) {
  const probe = join(folder, `.probe-${process.pid}`);
  const database = join(folder, DATABASE_FILE);
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(probe, '');
    rmSync(probe);
    if (existsSync(database)) accessSync(database, constants.R_OK | constants.W_OK);
  } catch (error) {
    const { code } = /** @type {NodeJS.ErrnoException} */ (error);
    throw new Refusal(
      `The data folder ${folder} cannot be written (${code}). Set DATA_DIR to a folder of yours.`,
      `数据目录 ${folder} 无法写入，请用 DATA_DIR 指定一个可写的目录。`,
    );
  }
}
