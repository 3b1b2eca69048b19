// What counts votes and money: each change of it by a machine has to be noticed by a test of its own.
import { CORE, coreOf, reportOf } from './mutation-score.ts';

const core = coreOf(process.env[CORE]);

/** @type {import('@stryker-mutator/api/core').PartialStrykerOptions} */
export default {
  packageManager: 'pnpm',
  plugins: ['@stryker-mutator/jest-runner'],
  testRunner: 'jest',
  testRunnerNodeArgs: ['--experimental-vm-modules'],
  jest: {
    projectType: 'custom',
    configFile: 'scripts/prove/mutation.jest.mjs',
    enableFindRelatedTests: true,
  },
  coverageAnalysis: 'perTest',
  mutate: core.files.map((file) => `shared/src/${core.folder}/${file}.ts`),
  ignorePatterns: ['miniapp', 'server', '.data', '.cache', '.node', 'shared/dist'],
  concurrency: 2,
  // A busy machine is no reason to call a change noticed.
  timeoutMS: 20_000,
  reporters: ['json', 'clear-text'],
  jsonReporter: { fileName: reportOf(core) },
  tempDirName: `.cache/mutation/sandbox-${core.folder}`,
  allowEmpty: false,
};
