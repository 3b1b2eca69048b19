import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { root } from '../paths.mjs';

const folder = mkdtempSync(join(tmpdir(), 'linli-command-'));
const script = join(folder, 'echo.ts');

beforeAll(() => {
  writeFileSync(
    script,
    `const args: string[] = process.argv.slice(2);
     console.log(JSON.stringify({ args, cwd: process.cwd() }));
     process.exitCode = args.length;`,
  );
});
afterAll(() => rmSync(folder, { recursive: true }));

const run = (...args: readonly string[]) =>
  spawnSync(process.execPath, [join(root, 'scripts', 'with-node.mjs'), ...args], {
    cwd: folder,
    encoding: 'utf8',
  });

test('a script gets its arguments, its folder and the say over the exit code, and nothing else is on stdout', () => {
  const { stdout, status } = run(relative(root, script), 'a b', '--json');
  expect(JSON.parse(stdout)).toEqual({ args: ['a b', '--json'], cwd: folder });
  expect(status).toBe(2);
});

test("a package's program runs by its name", () => {
  const { stdout, status } = run('--bin', 'prettier', '--version');
  expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  expect(status).toBe(0);
});
