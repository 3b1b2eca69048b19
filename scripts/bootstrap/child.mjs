// @ts-check
import { spawn } from 'node:child_process';
import { constants } from 'node:os';

const PASSED_ON = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);

/**
 * Runs a program in the foreground: same terminal, signals passed on, its exit code given back.
 *
 * @param {string} program
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 * @returns {Promise<number>}
 */
export async function foreground(program, args, options = {}) {
  const child = spawn(program, args, { stdio: 'inherit', ...options });
  const signals = passSignalsTo(child);
  try {
    return await ended(child, 'exit');
  } finally {
    signals.stop();
  }
}

/**
 * Runs a program to its end without showing anything, and gives back what it printed. A signal ends it and then us.
 *
 * @param {string} program
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 * @returns {Promise<{code: number, output: string}>}
 */
export async function quietly(program, args, options = {}) {
  const child = spawn(program, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  const signals = passSignalsTo(child);
  /** @type {Buffer[]} */
  const chunks = [];
  child.stdout?.on('data', (chunk) => chunks.push(chunk));
  child.stderr?.on('data', (chunk) => chunks.push(chunk));
  try {
    const code = await ended(child, 'close');
    return { code, output: Buffer.concat(chunks).toString('utf8') };
  } finally {
    signals.stop();
    if (signals.received !== null) process.kill(process.pid, signals.received);
  }
}

/** @param {import('node:child_process').ChildProcess} child */
function passSignalsTo(child) {
  /** @type {{received: NodeJS.Signals | null, stop: () => void}} */
  const state = { received: null, stop: () => undefined };
  const listeners = PASSED_ON.map((signal) => {
    const listener = () => {
      state.received = signal;
      child.kill(signal);
    };
    process.on(signal, listener);
    return () => process.off(signal, listener);
  });
  state.stop = () => listeners.forEach((remove) => remove());
  return state;
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @param {'exit' | 'close'} event
 * @returns {Promise<number>}
 */
function ended(child, event) {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once(event, (code, signal) => resolve(exitCode(code, signal)));
  });
}

/**
 * What a shell would say: the code, or 128 + the number of the signal that ended it.
 *
 * @param {number | null} code
 * @param {NodeJS.Signals | null} signal
 */
export function exitCode(code, signal) {
  if (signal !== null) return 128 + constants.signals[signal];
  return code ?? 1;
}
