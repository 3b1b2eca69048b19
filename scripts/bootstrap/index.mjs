// @ts-check
import { foreground } from './child.mjs';
import { findNode } from './node.mjs';
import { MACHINE_NODE, pathWithThisNode } from './npm.mjs';
import { ensurePackages } from './packages.mjs';
import { root } from './paths.mjs';

export { foreground } from './child.mjs';
export { root } from './paths.mjs';
export { Refusal, command, say } from './refusal.mjs';

/**
 * Runs `body` under a Node that is recent enough, with the packages installed. Where this Node is too old the whole
 * command is started again under the one that was fetched, and its exit code is ours.
 *
 * @param {() => Promise<number | void>} body
 * @returns {Promise<number | void>}
 */
export async function prepared(body) {
  const node = await findNode();
  if (node !== process.execPath) {
    const env = { ...process.env, [MACHINE_NODE]: process.env[MACHINE_NODE] ?? process.execPath };
    return foreground(node, process.argv.slice(1), { env });
  }
  process.env['PATH'] = pathWithThisNode(process.env);
  muteTypeStrippingNotice();
  process.chdir(root);
  await ensurePackages();
  return body();
}

/** Node 22 announces on stderr that it can read TypeScript. It is why we asked for that version. */
function muteTypeStrippingNotice() {
  const emit = process.emitWarning.bind(process);
  process.emitWarning = /** @type {typeof process.emitWarning} */ (
    (/** @type {string | Error} */ warning, /** @type {any[]} */ ...rest) => {
      if (String(warning).includes('Type Stripping')) return;
      /** @type {(...args: any[]) => void} */ (emit)(warning, ...rest);
    }
  );
}
