import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isNewDataFolder } from '../sample-estate.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'linli-data-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('an empty folder is new', () => {
  expect(isNewDataFolder(folder)).toBe(true);
});

test('a folder in which loading was cut off is still new', () => {
  mkdirSync(join(folder, '.loading'));
  writeFileSync(join(folder, '.loading', 'linli.sqlite'), '');
  expect(isNewDataFolder(folder)).toBe(true);
});

test("somebody's database is left alone, with or without a sample in it", () => {
  writeFileSync(join(folder, 'linli.sqlite'), '');
  expect(isNewDataFolder(folder)).toBe(false);
});
