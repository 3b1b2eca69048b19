// Loads the sample estate into the data folder that the environment names; `npm start` runs it once.
import { join } from 'node:path';
import { root } from '../bootstrap/paths.mjs';

process.env['SAMPLE_DIR'] = join(root, 'scripts', 'samples', 'kangning');
await import(join(root, 'server', 'dist', 'demo', 'main.js'));
