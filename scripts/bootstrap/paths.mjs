// @ts-check
// Where things are. Plain JavaScript: everything in this folder runs on Node 18, before anything is installed.
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';

/** The project's folder, without a slash at its end. */
export const root = fileURLToPath(new URL('../../', import.meta.url)).replace(/[\\/]$/, '');

/** Things that can be made again at any time: locks, stamps, hashes of builds. Ignored by git. */
export const cacheFolder = join(root, '.cache');

/** Where a newer Node goes when the machine's is too old. Per platform, as folders are shared with containers. */
export const nodeFolder = join(root, '.node', `${process.platform}-${process.arch}`);
