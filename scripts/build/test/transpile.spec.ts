import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { outputsOf, transpile } from '../transpile.ts';

let folder = '';
let record = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'linli-build-'));
  record = join(folder, 'record.json');
  write('kernel/sum.ts', 'export const sum = (a: number, b: number): number => a + b;');
  write(
    'main.ts',
    "import { sum } from './kernel/sum.ts';\nimport type { Row } from './row.ts';\nexport const two: Row = sum(1, 1);",
  );
  write('row.ts', 'export type Row = number;');
});
afterEach(() => rmSync(folder, { recursive: true }));

const write = (path: string, text: string) => {
  mkdirSync(dirname(join(folder, 'src', path)), { recursive: true });
  writeFileSync(join(folder, 'src', path), text);
};
const built = (path: string) => readFileSync(join(folder, 'dist', path), 'utf8');
const build = () => transpile(folder, record);

test('imports name the JavaScript that is made, types leave no trace', async () => {
  await build();
  expect(built('main.js')).toMatch(/from ["']\.\/kernel\/sum\.js["']/);
  expect(built('main.js')).not.toContain('row');
});

test('a second build does nothing', async () => {
  await build();
  const { mtimeMs } = statSync(join(folder, 'dist', 'main.js'));
  expect(await build()).toEqual({ written: 0, removed: 0 });
  expect(statSync(join(folder, 'dist', 'main.js')).mtimeMs).toBe(mtimeMs);
});

test('only the file that changed is built again', async () => {
  await build();
  write('kernel/sum.ts', 'export const sum = (a: number, b: number): number => b + a;');
  expect(await build()).toEqual({ written: 1, removed: 0 });
  expect(built('kernel/sum.js')).toContain('b + a');
});

test('what is no longer there goes away with its map', async () => {
  await build();
  rmSync(join(folder, 'src', 'row.ts'));
  expect(await build()).toEqual({ written: 0, removed: 2 });
});

test('a file that somebody deleted from dist comes back', async () => {
  await build();
  rmSync(join(folder, 'dist', 'main.js'));
  expect(await build()).toEqual({ written: 1, removed: 0 });
});

test('a build that stops at an error is not taken for done', async () => {
  write('zeta.ts', 'export const = ;');
  await expect(build()).rejects.toThrow();
  expect(existsSync(record)).toBe(false);
});

test('decorated classes keep their names, and their metadata tells what to inject', async () => {
  write(
    'service.ts',
    `import { Clock } from './clock.ts';
     const Injectable = () => (target: object) => target;
     @Injectable()
     export class Service { constructor(private readonly clock: Clock) {} }`,
  );
  write('clock.ts', 'export class Clock {}');
  await build();
  expect(built('service.js')).toMatch(/design:paramtypes[^]*Clock/);
  expect(built('service.js')).toContain('class Service');
});

test('what is not TypeScript is copied, declarations are not', async () => {
  write('holidays.json', '{"off":[]}');
  write('globals.d.ts', 'declare const X: string;');
  await build();
  expect(built('holidays.json')).toBe('{"off":[]}');
  expect(outputsOf('globals.d.ts')).toEqual([]);
});
