import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** A file of the sample estate 康宁家园. */
export function sample(name: string): Buffer {
  return readFileSync(fileURLToPath(new URL(`../../../scripts/samples/kangning/${name}`, import.meta.url)));
}
