// Rules that look inside a file; who imports whom is in .dependency-cruiser.cjs. Prints every violation, exit 1.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../bootstrap/paths.mjs';
import { command } from '../bootstrap/refusal.mjs';
import { filesBelow } from '../build/files.ts';
import { findUnusedExports } from './exports.ts';
import { type Violation, checkSource } from './source-rules.ts';

const PACKAGES = ['shared', 'server', 'miniapp', 'scripts'] as const;
const NOT_SOURCE = new Set(['node_modules', 'dist', '.swc', 'coverage', 'samples']);

/** Checks every source file of the project. */
function checkProject(): { readonly files: number; readonly violations: readonly Violation[] } {
  const files = PACKAGES.flatMap((name) =>
    filesBelow(join(root, name), NOT_SOURCE).map((file) => `${name}/${file}`),
  );
  const sources = new Map(
    files
      .filter((file) => /\.[cm]?[jt]sx?$/.test(file))
      .map((file) => [file, readFileSync(join(root, file), 'utf8')]),
  );
  const violations = [...sources].flatMap(([file, text]) => checkSource(file, text));
  return { files: sources.size, violations: [...violations, ...findUnusedExports(sources)] };
}

if (import.meta.main)
  await command(async () => {
    const { files, violations } = checkProject();
    for (const { file, rule, message } of violations) console.error(`${file}: ${rule}: ${message}`);
    console.log(`${files} files, ${violations.length} violations`);
    return violations.length === 0 ? 0 : 1;
  });
