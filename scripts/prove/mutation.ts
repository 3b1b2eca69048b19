import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../bootstrap/paths.mjs';
import { tell } from './figures.ts';
import { CORE, type Core, coreOf, CORES, type MutantReport, reportOf, scoreOf } from './mutation-score.ts';

/** Of the changes that a machine makes in a core, in percent, that a test has to notice. */
const LEAST_PERCENT = 90;
const STRYKER = join(root, 'node_modules', '@stryker-mutator', 'core', 'bin', 'stryker.js');

/** Whether the tests of a core notice enough. */
function holds(core: Core): boolean {
  const { status } = spawnSync(process.execPath, [STRYKER, 'run', 'scripts/prove/mutation.config.mjs'], {
    cwd: root,
    env: { ...process.env, [CORE]: core.folder },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (status !== 0) return false;
  const report = JSON.parse(readFileSync(join(root, reportOf(core)), 'utf8')) as MutantReport;
  const { noticed, all } = scoreOf(report);
  const percent = Math.floor((noticed * 1000) / Math.max(1, all)) / 10;
  console.log(`${core.name}: ${noticed} of ${all} changes noticed, ${percent} %`);
  if (all === 0 || noticed * 100 < LEAST_PERCENT * all) return false;
  tell({ proof: `mutations of ${core.name}`, done: `${all} changes`, found: `${percent} % noticed` });
  return true;
}

/** Folders may be named: all cores together take long. */
const named = process.argv.slice(2);
const results = (named.length === 0 ? CORES : named.map(coreOf)).map(holds);
process.exitCode = results.includes(false) ? 1 : 0;
