import { beforeEach, afterEach, describe, expect, test } from '@jest/globals';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { members, packagesHash } from '../packages.mjs';

let workspace = '';
const write = (path: string, text: string) => writeFileSync(join(workspace, path), text);

beforeEach(() => {
  workspace = mkdtempSync(join(tmpdir(), 'linli-workspace-'));
  for (const name of ['shared', 'server']) {
    mkdirSync(join(workspace, name));
    write(`${name}/package.json`, `{ "name": "${name}" }`);
  }
  write('package.json', '{}');
  write('pnpm-lock.yaml', 'lockfileVersion: 9');
  write(
    'pnpm-workspace.yaml',
    "packages:\n  - shared\n  - 'server'\n\n# a remark\nallowBuilds:\n  sharp: false\n",
  );
});
afterEach(() => rmSync(workspace, { recursive: true }));

describe('the members of the workspace', () => {
  test('are listed up to the next setting', () => {
    expect(members(workspace)).toEqual(['shared', 'server']);
  });

  test('are listed to the end of the file where nothing follows', () => {
    write('pnpm-workspace.yaml', 'packages:\n  - shared\n  - "server"');
    expect(members(workspace)).toEqual(['shared', 'server']);
  });
});

describe('what is installed is out of date', () => {
  test.each([
    ['the lockfile', 'pnpm-lock.yaml'],
    ["a member's package.json", 'server/package.json'],
    ['the settings of the workspace', 'package.json'],
  ])('when %s changes', (_what, path) => {
    const before = packagesHash(workspace);
    write(path, '{ "changed": true }');
    expect(packagesHash(workspace)).not.toBe(before);
  });

  test('but not when anything else does', () => {
    const before = packagesHash(workspace);
    write('server/main.ts', 'export {};');
    expect(packagesHash(workspace)).toBe(before);
  });
});
