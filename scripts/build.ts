// `npm run build [target…]`: brings what is built up to date; nothing is done twice. Also what `npm start` calls.
import { join } from 'node:path';
import { withLock } from './bootstrap/lock.mjs';
import { cacheFolder, root } from './bootstrap/paths.mjs';
import { Refusal, command, say } from './bootstrap/refusal.mjs';
import { buildApp } from './build/taro.ts';
import { transpile } from './build/transpile.ts';

export const TARGETS = ['shared', 'server', 'h5', 'weapp'] as const;
export type Target = (typeof TARGETS)[number];

const CHINESE: Readonly<Record<Target, string>> = {
  shared: '共用代码',
  server: '服务端',
  h5: 'H5 页面',
  weapp: '小程序',
};

/** Builds the targets that are behind their sources and says which. One build at a time in a checkout. */
export async function build(targets: readonly Target[] = TARGETS): Promise<readonly Target[]> {
  return withLock('build', async () => {
    const built: Target[] = [];
    for (const target of TARGETS) {
      if (targets.includes(target) && (await buildTarget(target))) built.push(target);
    }
    return built;
  });
}

async function buildTarget(target: Target): Promise<boolean> {
  const record = join(cacheFolder, 'build', `${target}.json`);
  const starting = () => say(`Building ${target} … · 正在构建${CHINESE[target]} …`);
  if (target === 'h5' || target === 'weapp') return buildApp(target, record, starting);
  const { written, removed } = await transpile(join(root, target), record);
  if (written > 0) say(`Built ${target}: ${written} files. · ${CHINESE[target]}已构建。`);
  return written + removed > 0;
}

function readTargets(args: readonly string[]): readonly Target[] {
  const unknown = args.filter((arg) => !TARGETS.some((target) => target === arg));
  if (unknown.length > 0)
    throw new Refusal(
      `Unknown target ${unknown.join(', ')}; there are ${TARGETS.join(', ')}.`,
      `没有构建目标 ${unknown.join('、')}。`,
    );
  return args.length === 0 ? TARGETS : TARGETS.filter((target) => args.includes(target));
}

if (import.meta.main) await command(async () => void (await build(readTargets(process.argv.slice(2)))));
