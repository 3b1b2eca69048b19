import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { filesBelow } from '../build/files.ts';
import type { Gate } from './gate.ts';

/** Ours, below WeChat's 2 MB each: what a phone on a bad line waits for. */
const MAIN_KB = 700;
const SUBPACKAGE_KB = 300;

export interface BuiltFile {
  readonly path: string;
  readonly bytes: number;
}

interface AppJson {
  readonly subpackages?: readonly { readonly root: string }[];
  readonly subPackages?: readonly { readonly root: string }[];
}

/** The main package and each subpackage of a build, with all their files. */
export function weappGates(app: AppJson, files: readonly BuiltFile[]): Gate[] {
  const roots = (app.subpackages ?? app.subPackages ?? []).map(({ root }) => `${root.replace(/\/$/, '')}/`);
  const sizeOf = (belongs: (path: string) => boolean) =>
    files.filter(({ path }) => belongs(path)).reduce((sum, { bytes }) => sum + bytes, 0);
  const main = sizeOf((path) => !roots.some((root) => path.startsWith(root)));
  return [
    { name: 'weapp main package', bytes: main, limitKb: MAIN_KB },
    ...roots.map((root) => ({
      name: `weapp ${root}`,
      bytes: sizeOf((path) => path.startsWith(root)),
      limitKb: SUBPACKAGE_KB,
    })),
  ];
}

export function measureWeapp(dist: string): Gate[] {
  const app = JSON.parse(readFileSync(join(dist, 'app.json'), 'utf8')) as AppJson;
  // WeChat's uploader leaves texts out.
  const paths = filesBelow(dist).filter((path) => !path.endsWith('.LICENSE.txt'));
  return weappGates(
    app,
    paths.map((path) => ({ path, bytes: statSync(join(dist, path)).size })),
  );
}
