import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { filesBelow } from '../build/files.ts';

/** Texts that class-validator, class-transformer and reflect-metadata leave in a bundle, minified or not. */
const TRACES = [
  'whitelistValidation',
  'nestedValidation',
  'isNotEmptyObject',
  'design:paramtypes',
  'getOwnMetadata',
];

/** One CommonJS barrel with decorated classes costs 394 kB: the app must not carry the server's validators. */
export function validatorTraces(text: string): string[] {
  return TRACES.filter((trace) => text.includes(trace));
}

/** Scripts of a build that carry validator code, with what gave them away. */
export function findValidators(dist: string): string[] {
  const scripts = filesBelow(dist).filter((path) => path.endsWith('.js'));
  return scripts.flatMap((path) => {
    const traces = validatorTraces(readFileSync(join(dist, path), 'utf8'));
    return traces.length === 0 ? [] : [`${path}: ${traces.join(', ')}`];
  });
}
