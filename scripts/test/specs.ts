import { join } from 'node:path';
import { root } from '../bootstrap/paths.mjs';
import { filesBelow } from '../build/files.ts';

const PACKAGES = ['shared', 'server', 'miniapp', 'scripts'] as const;
const NOT_SOURCE = new Set(['node_modules', 'dist', '.swc', 'coverage', 'samples']);

/** What a spec needs decides in which stage it runs, and its place says what it needs. */
export const KINDS = [
  { kind: 'prove:server', path: /^server\/test\/prove\// },
  { kind: 'prove:scripts', path: /^scripts\/prove\/(?!test\/)/ },
  { kind: 'unit:shared', path: /^shared\// },
  { kind: 'server:db', path: /^server\/test\/db\// },
  { kind: 'server:e2e', path: /^server\/test\/e2e\// },
  { kind: 'unit:server', path: /^server\// },
  { kind: 'unit:miniapp', path: /^miniapp\// },
  { kind: 'scripts:weapp', path: /^scripts\/weapp\/(?!test\/)/ },
  { kind: 'scripts:browser', path: /^scripts\/browser\/(?!test\/)/ },
  { kind: 'scripts:mariadb', path: /^scripts\/.*\/mariadb\/[^/]+$/ },
  { kind: 'scripts:start', path: /^scripts\/start\/test\/running\// },
  { kind: 'unit:scripts', path: /^scripts\// },
] as const;
export type SpecKind = (typeof KINDS)[number]['kind'];

/** Which stage a spec belongs to: the first place that fits. */
export function kindOf(spec: string): SpecKind | null {
  return KINDS.find(({ path }) => path.test(spec))?.kind ?? null;
}

/** Every spec of the project, by paths from its folder, under the stage that runs it. */
export function findSpecs(): ReadonlyMap<SpecKind, readonly string[]> {
  const files = PACKAGES.flatMap((name) =>
    filesBelow(join(root, name), NOT_SOURCE).map((file) => `${name}/${file}`),
  );
  const specs = files.filter((file) => /\.spec\.tsx?$/.test(file));
  return Map.groupBy(specs, (spec) => {
    const kind = kindOf(spec);
    // Every package has a stage that takes what no other does.
    if (kind === null) throw new Error(`No stage runs ${spec}`);
    return kind;
  });
}
