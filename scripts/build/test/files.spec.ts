import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { filesBelow, hashOf, hashOfFolder } from '../files.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'linli-files-'));
  mkdirSync(join(folder, 'src', 'pages'), { recursive: true });
  mkdirSync(join(folder, 'dist'));
  writeFileSync(join(folder, 'src', 'pages', 'home.ts'), 'home');
  writeFileSync(join(folder, 'app.ts'), 'app');
  writeFileSync(join(folder, 'dist', 'app.js'), 'made');
});
afterEach(() => rmSync(folder, { recursive: true }));

const skip = new Set(['dist']);

test('what was made is no input', () => {
  expect(filesBelow(folder, skip)).toEqual(['app.ts', 'src/pages/home.ts']);
});

test('a file that moves changes the hash, as one that changes does', () => {
  const before = hashOfFolder(folder, skip);
  writeFileSync(join(folder, 'dist', 'app.js'), 'made again');
  expect(hashOfFolder(folder, skip)).toBe(before);
  writeFileSync(join(folder, 'src', 'home.ts'), 'home');
  rmSync(join(folder, 'src', 'pages', 'home.ts'));
  expect(hashOfFolder(folder, skip)).not.toBe(before);
});

test('where one part ends and the next begins is part of the hash', () => {
  expect(hashOf('ab', 'c')).not.toBe(hashOf('a', 'bc'));
});
