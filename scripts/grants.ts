// `npm run -s grants`: what the application's database user is to be granted on a MySQL-protocol server.
import { join } from 'node:path';
import { root } from './bootstrap/paths.mjs';
import { build } from './build.ts';

await build(['shared', 'server']);
await import(join(root, 'server', 'dist', 'cli', 'grants.js'));
