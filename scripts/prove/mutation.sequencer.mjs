// The first test that fails ends a mutant: those named after the core's own files come first, the long ones last.
import { basename } from 'node:path';
import { CORE, coreOf } from './mutation-score.ts';

const { files } = coreOf(process.env[CORE]);
const LONG = /model|properties/;

/** @param {{ readonly path: string }} test */
function turnOf({ path }) {
  const name = basename(path, '.spec.ts');
  return LONG.test(name) ? 2 : files.includes(name) ? 0 : 1;
}

/** As Jest asks for it: one process, nothing remembered. */
export default class CoreFirst {
  /** @template {{ readonly path: string }} Test @param {readonly Test[]} tests */
  sort(tests) {
    return tests.toSorted((a, b) => turnOf(a) - turnOf(b) || (a.path < b.path ? -1 : 1));
  }

  cacheResults() {}
}
