import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { quietly } from '../bootstrap/child.mjs';
import { root } from '../bootstrap/paths.mjs';
import { Refusal } from '../bootstrap/refusal.mjs';
import { hashOf, hashOfFolder } from './files.ts';
import { dropRecord, readRecord, writeRecord } from './record.ts';

export type TaroPlatform = 'h5' | 'weapp';

const miniapp = join(root, 'miniapp');
/** What is made, or has no say in what the app becomes. */
const NOT_INPUT = new Set(['node_modules', 'dist', 'test', '.swc', 'coverage']);
/** The last file that each build writes; without it the folder is not a build. */
const ENTRY: Readonly<Record<TaroPlatform, string>> = { h5: 'index.html', weapp: 'app.json' };

/** Builds the app for one platform through its own package script, unless the last build was made from the same. */
export async function buildApp(
  platform: TaroPlatform,
  recordPath: string,
  starting: () => void,
): Promise<boolean> {
  const inputs = hashOfInputs(platform);
  const output = join(miniapp, 'dist', platform);
  if (readRecord(recordPath)['inputs'] === inputs && existsSync(join(output, ENTRY[platform]))) return false;
  starting();
  dropRecord(recordPath);
  // Names carry content hashes, so that files of earlier builds would stay.
  rmSync(output, { recursive: true, force: true });
  const { code, output: said } = await quietly(process.execPath, ['--run', `build:${platform}`], {
    cwd: miniapp,
    // Taro paints progress bars otherwise.
    env: { ...process.env, CI: '1', NODE_ENV: 'production' },
  });
  if (code !== 0 || !existsSync(join(output, ENTRY[platform]))) {
    console.error(said);
    throw new Refusal(
      `The ${platform} build failed (exit ${code}); its output is above.`,
      `${platform} 构建失败。`,
    );
  }
  writeRecord(recordPath, { inputs });
  return true;
}

function hashOfInputs(platform: TaroPlatform): string {
  const lockfile = readFileSync(join(root, 'pnpm-lock.yaml'));
  const tsconfig = readFileSync(join(root, 'tsconfig.base.json'));
  const serverOrigin = platform === 'weapp' ? (process.env['SERVER_ORIGIN'] ?? '') : '';
  const sources = [hashOfFolder(miniapp, NOT_INPUT), hashOfFolder(join(root, 'shared', 'src'))];
  return hashOf(platform, serverOrigin, lockfile, tsconfig, ...sources);
}
