import { expect, test } from '@jest/globals';
import { exitCode, quietly } from '../child.mjs';

test('the exit code is what a shell would say', () => {
  expect(exitCode(0, null)).toBe(0);
  expect(exitCode(3, null)).toBe(3);
  expect(exitCode(null, 'SIGINT')).toBe(130);
  expect(exitCode(null, 'SIGTERM')).toBe(143);
});

test('both of its outputs are kept, in the order of their coming', async () => {
  const script = 'console.log("one"); console.error("two"); process.exitCode = 4;';
  const { code, output } = await quietly(process.execPath, ['--eval', script]);
  expect(code).toBe(4);
  expect(output.split('\n').toSorted()).toEqual(['', 'one', 'two']);
});
