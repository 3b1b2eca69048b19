// `npm run -s onboard -- FILE.json`: takes an estate on, with its organisations and the first people in office.
import { join } from 'node:path';
import { root } from './bootstrap/paths.mjs';
import { build } from './build.ts';

await build(['shared', 'server']);
await import(join(root, 'server', 'dist', 'cli', 'onboard.js'));
