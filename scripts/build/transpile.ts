import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { JscConfig } from '@swc/core';
import { filesBelow, hashOf } from './files.ts';
import { readRecord, writeRecord, writeWhole } from './record.ts';
import { swcRecipe } from './swc-recipe.mjs';

/** `./tally.ts` is `./tally.js` in dist. swc knows the setting, its type declarations do not yet. */
const jscForDist: JscConfig = Object.assign({ rewriteRelativeImportExtensions: true }, swcRecipe.jsc);

export interface TranspileReport {
  readonly written: number;
  readonly removed: number;
}

const RECIPE = hashOf(JSON.stringify([swcRecipe, jscForDist]));

/**
 * Brings `folder/dist` up to date with `folder/src`: only files whose content changed are compiled, what is no longer
 * in `src` goes away, and files that are not TypeScript are copied.
 */
export async function transpile(folder: string, recordPath: string): Promise<TranspileReport> {
  const from = join(folder, 'src');
  const to = join(folder, 'dist');
  const before = readRecord(recordPath);
  const after: Record<string, string> = {};
  const made = new Set<string>();
  let written = 0;
  for (const file of filesBelow(from)) {
    const source = readFileSync(join(from, file));
    const hash = hashOf(RECIPE, source);
    const outputs = outputsOf(file);
    for (const output of outputs) made.add(output);
    if (before[file] !== hash || !outputs.every((output) => existsSync(join(to, output)))) {
      await writeOutputs(file, source, to);
      written += 1;
    }
    after[file] = hash;
  }
  const removed = removeOthers(to, made);
  if (written > 0 || removed > 0) writeRecord(recordPath, after);
  return { written, removed };
}

/** `cast-ballot.service.ts` → `cast-ballot.service.js` and its map. Declarations have no output at all. */
export function outputsOf(file: string): string[] {
  if (/\.d\.[cm]?ts$/.test(file)) return [];
  if (!/\.tsx?$/.test(file)) return [file];
  const script = file.replace(/\.tsx?$/, '.js');
  return [script, `${script}.map`];
}

async function writeOutputs(file: string, source: Buffer, to: string): Promise<void> {
  const [output, map] = outputsOf(file);
  if (output === undefined) return;
  if (map === undefined) return writeWhole(join(to, output), source);
  // Loaded only when something changed: a warm start does without it.
  const swc = await import('@swc/core');
  const compiled = await swc.transform(source.toString('utf8'), {
    ...swcRecipe,
    jsc: jscForDist,
    filename: file,
    sourceFileName: join(to, '..', 'src', file),
    sourceMaps: true,
  });
  writeWhole(join(to, map), compiled.map ?? '');
  writeWhole(join(to, output), `${compiled.code}//# sourceMappingURL=${map.split('/').at(-1)}\n`);
}

function removeOthers(folder: string, keep: ReadonlySet<string>): number {
  if (!existsSync(folder)) return 0;
  const others = filesBelow(folder).filter((file) => !keep.has(file));
  for (const other of others) rmSync(join(folder, other));
  return others.length;
}
