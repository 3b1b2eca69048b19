// @ts-check
// What a stage shows of jest: a line for each file, and everything about a test that failed. Its figures go into the
// file that LINLI_JEST_REPORT names.
import { writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { root } from './jest.base.mjs';

/**
 * As much of jest's results as is used here.
 *
 * @typedef {{status: string, fullName: string}} OneTest
 * @typedef {{
 *   testFilePath: string,
 *   perfStats: {start: number, end: number},
 *   failureMessage?: string | null,
 *   numPassingTests: number,
 *   numFailingTests: number,
 *   testResults: OneTest[],
 *   console?: {message: string, type: string}[],
 * }} FileResult
 * @typedef {import('./count.ts').JestReport & {testResults: FileResult[]}} RunResult
 */

/** A run that is over but does not end has left something open: a server, a connection, a timer. */
const LEAVE_MS = 60_000;

export default class StageReporter {
  /**
   * @param {unknown} _test
   * @param {FileResult} result
   */
  onTestResult(_test, result) {
    const file = relative(root, result.testFilePath);
    const seconds = ((result.perfStats.end - result.perfStats.start) / 1000).toFixed(1);
    if (!result.failureMessage) {
      console.error(`  ok   ${file} · ${result.numPassingTests} · ${seconds} s`);
      return;
    }
    console.error(
      `  FAIL ${file} · ${result.numFailingTests} of ${result.testResults.length} · ${seconds} s`,
    );
    for (const { message, type } of result.console ?? []) console.error(`  console.${type}: ${message}`);
    console.error(result.failureMessage);
  }

  /**
   * @param {unknown} _contexts
   * @param {RunResult} results
   */
  onRunComplete(_contexts, results) {
    const path = process.env['LINLI_JEST_REPORT'];
    if (path === undefined) return;
    const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, numRuntimeErrorTestSuites } =
      results;
    const leftOut = results.testResults
      .flatMap((file) => file.testResults)
      .filter(({ status }) => status === 'pending' || status === 'todo')
      .map(({ fullName }) => fullName);
    const counts = {
      numPassedTests,
      numFailedTests,
      numPendingTests,
      numTodoTests,
      numRuntimeErrorTestSuites,
    };
    writeFileSync(path, JSON.stringify({ ...counts, leftOut }));
    const giveUp = () => {
      console.error(
        '  Tests are over, but something they opened keeps the run alive (jest --detectOpenHandles).',
      );
      process.exit(1);
    };
    setTimeout(giveUp, LEAVE_MS).unref();
  }
}
