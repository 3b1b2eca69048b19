import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { installCommand } from '../debian.ts';
import { findProgram } from '../programs.ts';

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
