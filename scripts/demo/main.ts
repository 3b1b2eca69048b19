// Loads the sample estate into the data folder that the environment names; `npm start` runs it once.
import { join } from 'node:path';
import { root } from '../bootstrap/paths.mjs';

const program = join(root, 'server', 'dist', 'demo', 'main.js');
process.argv.splice(1, Infinity, program, join(root, 'scripts', 'samples', 'kangning'));
await import(program);
