// `npm run -s import:roll -- FILE [--estate ID] [--check]`: the roll import of the page, from the command line.
import { join } from 'node:path';
import { root } from './bootstrap/paths.mjs';
import { build } from './build.ts';

await build(['shared', 'server']);
await import(join(root, 'server', 'dist', 'cli', 'import-roll.js'));
