import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { quietly } from '../../bootstrap/child.mjs';
import { root } from '../../bootstrap/paths.mjs';

/** A project in which each rule is broken once, and beside it what is allowed. */
const FILES: Readonly<Record<string, string>> = {
  'package.json': '{ "name": "broken", "type": "module" }',
  'server/package.json':
    '{ "name": "server", "dependencies": { "typeorm": "1" }, "devDependencies": { "tool": "1" } }',
  'server/node_modules/typeorm/package.json': '{ "name": "typeorm", "main": "index.js" }',
  'server/node_modules/typeorm/index.js': '',
  'server/node_modules/tool/package.json': '{ "name": "tool", "main": "index.js" }',
  'server/node_modules/tool/index.js': '',
  'miniapp/package.json': '{ "name": "miniapp", "dependencies": { "@tarojs/taro": "4" } }',
  'miniapp/node_modules/@tarojs/taro/package.json': '{ "name": "@tarojs/taro", "main": "index.js" }',
  'miniapp/node_modules/@tarojs/taro/index.js': '',

  'shared/src/fees/a.ts': "import { b } from './b.ts'; export const a = () => b;",
  'shared/src/fees/b.ts': "import type { a } from './a.ts'; export const b: typeof a | null = null;",
  'shared/src/fees/index.ts': "export * from './a.ts';",
  'shared/src/kernel/index.ts': "import { join } from 'node:path'; export const c = join;",
  'shared/src/income/index.ts':
    "import { b } from '../fees/b.ts'; import { a } from '../fees/index.ts'; export const d = [a, b];",

  'server/src/features/fees/index.ts': "export { fee } from './fee.ts';",
  'server/src/features/fees/fee.ts': 'export const fee = 1;',
  'server/src/features/fees/domain/bill.ts':
    "import { DataSource } from 'typeorm'; export const bill = DataSource;",
  'server/src/features/income/index.ts':
    "import { fee } from '../fees/fee.ts'; import { fee as same } from '../fees/index.ts'; export const income = [fee, same];",
  'server/src/app.module.ts': "import { fee } from './features/fees/fee.ts'; export const app = fee;",
  'server/src/kernel/jobs.ts': "import { fee } from '../features/fees/index.ts'; export const jobs = fee;",
  'server/src/kernel/tool.ts': "import tool from 'tool'; export default tool;",
  'server/src/kernel/lost.ts': "import lost from './nowhere.ts'; export default lost;",
  'server/src/kernel/app.ts':
    "import { page } from '../../../miniapp/src/pages/page.ts'; export default page;",

  'miniapp/src/platform/phone.ts': "import Taro from '@tarojs/taro'; export const call = Taro;",
  'miniapp/src/pages/page.ts':
    "import Taro from '@tarojs/taro'; import { call } from '@/platform/phone.ts'; export const page = [Taro, call];",
  'miniapp/src/pages/home.ts': "import { pay } from '../packages/fees/pay.ts'; export const home = pay;",
  'miniapp/src/packages/fees/pay.ts': 'export const pay = 1;',
  'miniapp/src/packages/income/read.ts': "import { pay } from '../fees/pay.ts'; export const read = pay;",
};

interface Report {
  readonly summary: {
    readonly violations: readonly { readonly from: string; readonly rule: { readonly name: string } }[];
  };
}

let project = '';
beforeAll(() => {
  project = mkdtempSync(join(tmpdir(), 'linli-architecture-'));
  for (const [path, text] of Object.entries(FILES)) {
    mkdirSync(dirname(join(project, path)), { recursive: true });
    writeFileSync(join(project, path), text);
  }
  for (const path of ['.dependency-cruiser.cjs', 'scripts/architecture/resolve.cjs'])
    cpSync(join(root, path), join(project, path));
});
afterAll(() => rmSync(project, { recursive: true, force: true }));

test('each rule catches the one file that breaks it, and nothing that is allowed', async () => {
  const program = join(root, 'node_modules', 'dependency-cruiser', 'bin', 'dependency-cruiser.mjs');
  const report = join(project, 'report.json');
  const args = ['--config', '.dependency-cruiser.cjs', '--output-type', 'json', '--output-to', report];
  await quietly(process.execPath, [program, ...args, 'shared/src', 'server/src', 'miniapp/src'], {
    cwd: project,
  });
  const result = JSON.parse(readFileSync(report, 'utf8')) as Report;
  const found = result.summary.violations.map(({ from, rule }) => `${rule.name}: ${from}`).toSorted();
  expect(found).toEqual([
    'domain-is-pure: server/src/features/fees/domain/bill.ts',
    'everything-is-found: server/src/kernel/lost.ts',
    'features-meet-at-the-door: server/src/features/income/index.ts',
    'kernel-knows-no-feature: server/src/kernel/jobs.ts',
    'no-cycles: shared/src/fees/a.ts',
    'no-packages-of-development: server/src/kernel/tool.ts',
    'only-the-door-from-outside: server/src/app.module.ts',
    'platform-alone-touches-the-device: miniapp/src/pages/page.ts',
    'shared-features-meet-at-the-door: shared/src/income/index.ts',
    'shared-stands-alone: shared/src/kernel/index.ts',
    'sides-do-not-mix: server/src/kernel/app.ts',
    'subpackages-do-not-mix: miniapp/src/packages/income/read.ts',
    'subpackages-stand-alone: miniapp/src/pages/home.ts',
  ]);
});
