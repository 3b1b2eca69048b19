// One test that fails is enough: the files after it need not even be loaded. Stryker turns off Jest's own way to say so.
import { createRequire } from 'node:module';

const fromJest = ['jest', '@jest/core', 'jest-config'].reduce(
  (from, name) => createRequire(from).resolve(name),
  import.meta.url,
);
const { default: TestRunner } = createRequire(fromJest)('jest-runner');

export default class UntilOneFails extends TestRunner {
  async runTests(tests, watcher, options) {
    let hasFailed = false;
    const unsubscribe = this.on('test-file-success', ([, { numFailingTests }]) => {
      hasFailed ||= numFailingTests > 0;
    });
    for (const test of tests) if (!hasFailed) await super.runTests([test], watcher, options);
    unsubscribe();
  }
}
