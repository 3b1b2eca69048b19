import { readFileSync } from 'node:fs';
import { type Breach, breachesOf, readInvariants } from '../../src/cli/check-invariants.ts';
import type { Reader } from '../../src/kernel/database/index.ts';

/** What an operator runs on production. */
export const INVARIANTS_FILE = new URL('../../../scripts/invariants.sql', import.meta.url);
export const INVARIANTS = readInvariants(readFileSync(INVARIANTS_FILE, 'utf8'));

/** Everything that is broken, by invariant; empty where the money is right. */
export async function brokenInvariants(reader: Reader): Promise<Readonly<Record<string, Breach[]>>> {
  const broken: Record<string, Breach[]> = {};
  for (const invariant of INVARIANTS) {
    const breaches = await breachesOf(reader, invariant);
    if (breaches.length > 0) broken[invariant.name] = breaches;
  }
  return broken;
}
