import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const FOLDER = new URL('../../../../scripts/samples/kangning/', import.meta.url);

export function samplePath(name: string): string {
  return fileURLToPath(new URL(name, FOLDER));
}

export function sampleJson<T>(name: string): T {
  return JSON.parse(readFileSync(samplePath(name), 'utf8')) as T;
}
