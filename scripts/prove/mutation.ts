import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../bootstrap/paths.mjs';
import { tell } from './figures.ts';
import { CORES, type MutantReport, scoreOf } from './mutation-score.ts';

/** Of the changes that a machine makes in a core, in percent, that a test has to notice. */
const LEAST_PERCENT = 90;

const run = spawnSync(
  process.execPath,
  [
    join(root, 'node_modules', '@stryker-mutator', 'core', 'bin', 'stryker.js'),
    'run',
    'scripts/prove/mutation.config.mjs',
  ],
  { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] },
);
if (run.status !== 0) process.exit(run.status ?? 1);

const report = JSON.parse(
  readFileSync(join(root, '.cache', 'mutation', 'report.json'), 'utf8'),
) as MutantReport;
for (const core of CORES) {
  const { noticed, all } = scoreOf(report, core);
  const percent = Math.floor((noticed * 1000) / Math.max(1, all)) / 10;
  console.log(`${core.name}: ${noticed} of ${all} changes noticed, ${percent} %`);
  if (all === 0 || noticed * 100 < LEAST_PERCENT * all) process.exitCode = 1;
  else tell({ proof: `mutations of ${core.name}`, done: `${all} changes`, found: `${percent} % noticed` });
}
