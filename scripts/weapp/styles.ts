// `node scripts/with-node.mjs scripts/weapp/styles.ts [FOLDER]`: compiles every WXSS of a built weapp with WeChat's own compiler.
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, globSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { root } from '../bootstrap/paths.mjs';
import { Refusal, command } from '../bootstrap/refusal.mjs';

const PROGRAMS: Readonly<Record<string, string>> = {
  linux: 'linux/wcsc',
  darwin: 'mac/wcsc',
  win32: 'windows/wcsc.exe',
};
const MOST_OUTPUT = 64 * 1024 * 1024;

/**
 * WeChat's wcsc. It is called by itself: the package's own `wxssToJs` returns what the compiler says instead of
 * throwing it, and then fails on that without a word about the styles.
 */
function compiler(): string {
  const program = PROGRAMS[process.platform];
  if (program === undefined)
    throw new Refusal(
      `WeChat has no style compiler for ${process.platform}.`,
      '此系统没有微信的样式编译器。',
    );
  const folder = dirname(createRequire(import.meta.url).resolve('miniprogram-compiler/package.json'));
  const path = join(folder, 'bin', program);
  chmodSync(path, 0o755);
  return path;
}

/** How many files it took; what it refuses is refused here, each file with its line and column. */
export function compileStyles(dist: string): number {
  const files = globSync('**/*.wxss', { cwd: dist });
  const args = ['-lc', '-pc', String(files.length), ...files];
  const { status, stderr, error } = spawnSync(compiler(), args, {
    cwd: dist,
    encoding: 'utf8',
    maxBuffer: MOST_OUTPUT,
  });
  if (error !== undefined) throw error;
  if (status !== 0)
    throw new Refusal(`WeChat's compiler refuses a style:\n${stderr.trim()}`, '样式编译失败。');
  return files.length;
}

if (import.meta.main)
  await command(async () => {
    const dist = resolve(process.argv[2] ?? join(root, 'miniapp', 'dist', 'weapp'));
    if (!existsSync(join(dist, 'app.json')))
      throw new Refusal('Build weapp first: npm run build weapp', '请先构建。');
    console.log(`styles compile: ${compileStyles(dist)} files`);
  });
