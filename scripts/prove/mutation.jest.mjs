// A core's tests as mutants meet them: only its own, the same every time, and over in a second or two.
import { createRequire } from 'node:module';
import { jestConfig, root } from '../test/jest.base.mjs';
import { CORE, coreOf } from './mutation-score.ts';

process.env['LINLI_TRIES'] = 'few';

/** Jest's own dependency: Stryker looks for it where only the project's are found. */
const environment = ['jest', '@jest/core', 'jest-config', 'jest-environment-node'].reduce(
  (from, name) => createRequire(from).resolve(name),
  import.meta.url,
);

export default jestConfig('shared', {
  testEnvironment: environment,
  testMatch: [`<rootDir>/test/${coreOf(process.env[CORE]).folder}/**/*.spec.ts`],
  runner: `${root}scripts/prove/mutation.runner.mjs`,
  testSequencer: `${root}scripts/prove/mutation.sequencer.mjs`,
  setupFiles: [`${root}scripts/prove/mutation.setup.mjs`],
});
