import { describe, expect, test } from '@jest/globals';
import { add, countJest, countLine, NOTHING, PASSED } from '../count.ts';

const report = {
  numPassedTests: 10,
  numFailedTests: 0,
  numPendingTests: 2,
  numTodoTests: 1,
  numRuntimeErrorTestSuites: 0,
};

describe('a jest run', () => {
  test('that is clean counts its tests, and names what it left out as skipped', () => {
    expect(countJest(report, 0)).toEqual({ passed: 10, failed: 0, skipped: 3 });
  });

  test('in which a file did not even load has failed', () => {
    expect(countJest({ ...report, numRuntimeErrorTestSuites: 1 }, 1).failed).toBe(1);
  });

  test('that ends badly without a failed test has failed', () => {
    expect(countJest(report, 137).failed).toBe(1);
  });

  test('that leaves no report has failed', () => {
    expect(countJest(null, 0).failed).toBe(1);
  });
});

test('the last line is plain', () => {
  expect(countLine(add(add(NOTHING, PASSED), { passed: 2, failed: 1, skipped: 4 }))).toBe(
    '3 passed, 1 failed, 4 skipped',
  );
});
