// @ts-check
import { mkdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { cacheFolder } from './paths.mjs';
import { Refusal } from './refusal.mjs';

const BEAT_MS = 2_000;
/** A holder that has not touched its lock for so long is gone, whoever has its process id now. */
const STALE_MS = 20_000;
const POLL_MS = 100;

/**
 * Runs `body` while no other process of this checkout runs one under the same name: `npm start` and `npm test` may be
 * started side by side.
 *
 * @template T
 * @param {string} name
 * @param {() => Promise<T>} body
 * @param {string} [folder]
 * @returns {Promise<T>}
 */
export async function withLock(name, body, folder = join(cacheFolder, 'locks')) {
  const lock = join(folder, name);
  makeFolder(folder);
  while (!tryTake(lock)) {
    dropIfStale(lock);
    await pause(POLL_MS);
  }
  const beat = setInterval(() => touch(lock), BEAT_MS);
  const release = () => rmSync(lock, { recursive: true, force: true });
  process.once('exit', release);
  try {
    return await body();
  } finally {
    clearInterval(beat);
    process.off('exit', release);
    release();
  }
}

/** @param {string} folder */
function makeFolder(folder) {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw new Refusal(`Cannot write to ${folder} (${codeOf(error)}).`, `无法写入 ${folder}，请检查权限。`);
  }
}

/** @param {string} lock */
function tryTake(lock) {
  try {
    mkdirSync(lock);
    writeFileSync(join(lock, 'pid'), String(process.pid));
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

/** @param {string} lock */
function dropIfStale(lock) {
  try {
    if (Date.now() - statSync(lock).mtimeMs < STALE_MS && isHolderAlive(lock)) return;
    // Renamed first: of several that wait, only one gets hold of it.
    const aside = `${lock}.${process.pid}.stale`;
    renameSync(lock, aside);
    rmSync(aside, { recursive: true });
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
  }
}

/** @param {string} lock */
function isHolderAlive(lock) {
  try {
    process.kill(Number(readFileSync(join(lock, 'pid'), 'utf8')), 0);
    return true;
  } catch (error) {
    // No such process is the one sure sign. A lock whose pid is not written yet has only just been taken.
    return codeOf(error) !== 'ESRCH';
  }
}

/** @param {string} lock */
function touch(lock) {
  const now = new Date();
  try {
    utimesSync(lock, now, now);
  } catch {
    // Taken for stale while this process was suspended; the work goes on, it is safe to do twice.
  }
}

/** @param {unknown} error */
function codeOf(error) {
  return /** @type {NodeJS.ErrnoException} */ (error).code ?? String(error);
}
