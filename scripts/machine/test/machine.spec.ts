import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { installCommand } from '../debian.ts';
import { findProgram } from '../programs.ts';
import { scratchFolder } from '../scratch.ts';

test('who is not root is told one command', () => {
  const need = { name: 'MariaDB', packages: ['mariadb-server'] };
  expect(installCommand(need, true)).toBe('sudo apt-get install -y mariadb-server');
  expect(installCommand(need, false)).toContain('mariadb-server');
});

describe('a program', () => {
  let folder = '';
  const put = (path: string, mode: number) => {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), '', { mode });
  };
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'linli-path-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const find = (...names: readonly string[]) =>
    findProgram(names, ['a', 'b'].map((name) => join(folder, name)).join(delimiter));

  test('is found by the first name that there is, wherever it lies', () => {
    put('a/linli-second', 0o755);
    put('b/linli-first', 0o755);
    expect(find('linli-first', 'linli-second')).toBe(join(folder, 'b/linli-first'));
  });

  test('is not a file that cannot be run', () => {
    put('a/linli-first', 0o644);
    expect(find('linli-first')).toBeNull();
  });
});

describe('what need not last', () => {
  const GIB = 1024 ** 3;

  test('lies in memory where there is plenty of both', () => {
    expect(scratchFolder({ inMemory: 8 * GIB, memory: 8 * GIB })).toBe('/dev/shm');
  });

  test.each([
    ['the file system in memory is small, as in a container', { inMemory: GIB / 16, memory: 8 * GIB }],
    ['memory is short', { inMemory: 8 * GIB, memory: GIB }],
    ['there is no such file system', { inMemory: 0, memory: 8 * GIB }],
  ])('lies in the usual folder where %s', (_, room) => {
    expect(scratchFolder(room)).toBe(tmpdir());
  });
});
