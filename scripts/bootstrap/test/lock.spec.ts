import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withLock } from '../lock.mjs';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'linli-lock-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('two builds at once run one after the other', async () => {
  const events: string[] = [];
  const job = (name: string) =>
    withLock(
      'build',
      async () => {
        events.push(`${name} begins`);
        await new Promise((resolve) => setImmediate(resolve));
        events.push(`${name} ends`);
      },
      folder,
    );
  await Promise.all([job('a'), job('b')]);
  expect(events).toEqual(['a begins', 'a ends', 'b begins', 'b ends']);
});

test('a build that fails gives the lock back', async () => {
  await expect(withLock('build', () => Promise.reject(new Error('broken')), folder)).rejects.toThrow(
    'broken',
  );
  expect(readdirSync(folder)).toEqual([]);
});

test('the lock of a process that was killed is taken over at once', async () => {
  const { pid } = spawnSync(process.execPath, ['--version']);
  mkdirSync(join(folder, 'build'));
  writeFileSync(join(folder, 'build', 'pid'), String(pid));
  expect(await withLock('build', async () => 'mine', folder)).toBe('mine');
});

test('a lock that nobody has touched for long is taken over, whoever has its process id', async () => {
  const lock = join(folder, 'build');
  mkdirSync(lock);
  writeFileSync(join(lock, 'pid'), String(process.pid));
  utimesSync(lock, 1, 1);
  expect(await withLock('build', async () => existsSync(lock), folder)).toBe(true);
});
