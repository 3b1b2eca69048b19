// `npm run -s invariants`: whether everything holds of the money in the configured database (scripts/invariants.sql).
import { join } from 'node:path';
import { root } from './bootstrap/paths.mjs';
import { build } from './build.ts';

await build(['shared', 'server']);
process.argv.splice(2, Infinity, join(root, 'scripts', 'invariants.sql'));
await import(join(root, 'server', 'dist', 'cli', 'invariants.js'));
