import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

/** Every file below a folder as paths relative to it, with forward slashes, in a stable order. */
export function filesBelow(folder: string, skip: ReadonlySet<string> = new Set()): string[] {
  const found: string[] = [];
  const walk = (current: string) => {
    for (const entry of readdirSync(current, { withFileTypes: true })) {
      if (skip.has(entry.name)) continue;
      const path = join(current, entry.name);
      if (entry.isDirectory()) walk(path);
      else found.push(relative(folder, path).split(sep).join('/'));
    }
  };
  walk(folder);
  return found.toSorted();
}

/** Content hash; modification times say nothing after a checkout. */
export function hashOf(...parts: readonly (string | Buffer)[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(String(part.length)).update('\n').update(part);
  return hash.digest('hex');
}

/** One hash over the names and contents of all files below a folder. */
export function hashOfFolder(folder: string, skip?: ReadonlySet<string>): string {
  const files = filesBelow(folder, skip);
  return hashOf(...files.flatMap((file) => [file, readFileSync(join(folder, file))]));
}
