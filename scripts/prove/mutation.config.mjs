// What counts votes and money: each change of it by a machine has to be noticed by a test.
/** @type {import('@stryker-mutator/api/core').PartialStrykerOptions} */
export default {
  packageManager: 'pnpm',
  plugins: ['@stryker-mutator/jest-runner'],
  testRunner: 'jest',
  testRunnerNodeArgs: ['--experimental-vm-modules'],
  jest: { projectType: 'custom', configFile: 'shared/jest.config.mjs', enableFindRelatedTests: true },
  coverageAnalysis: 'perTest',
  mutate: [
    'shared/src/assembly/{electorate,measure,tally}.ts',
    'shared/src/fees/{apportion,arithmetic,bill-totals,late-fee}.ts',
    'shared/src/transparency/{canonical,checkpoint,merkle,merkle-proof,receipt,signed-note}.ts',
    'shared/src/ledger/{events,group}.ts',
  ],
  ignorePatterns: ['miniapp', 'server', '.data', '.cache', '.node', 'shared/dist'],
  concurrency: 2,
  // A busy machine is no reason to call a change noticed.
  timeoutMS: 20_000,
  reporters: ['json', 'clear-text'],
  jsonReporter: { fileName: '.cache/mutation/report.json' },
  tempDirName: '.cache/mutation/sandbox',
  allowEmpty: false,
};
