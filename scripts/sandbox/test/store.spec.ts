import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { openStore } from '../store.ts';

let dir: string;
let file: string;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'linli-sandbox-store-'));
  file = join(dir, 'memory.jsonl');
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const code = (name: string, usedAt = 1): { code: string; usedAt: number } => ({ code: name, usedAt });

describe('the memory', () => {
  it('read back is what it was: last values, in the order of their first, without the removed', () => {
    const store = openStore(file);
    for (const name of ['a', 'b', 'c']) store.put('usedCodes', name, code(name));
    store.put('usedCodes', 'a', code('a', 2));
    store.remove('usedCodes', 'b');
    store.remove('usedCodes', 'never there');
    expect(openStore(file).all('usedCodes')).toEqual([code('a', 2), code('c')]);
  });

  it('is made small at every start', () => {
    const store = openStore(file);
    for (let usedAt = 0; usedAt < 100; usedAt += 1) store.put('usedCodes', 'a', code('a', usedAt));
    openStore(file);
    expect(readFileSync(file, 'utf8').trim().split('\n')).toHaveLength(1);
  });

  it('counts on after a reset and after a restart', () => {
    const store = openStore(file);
    expect([store.nextNumber('x'), store.nextNumber('x'), store.nextNumber('y')]).toEqual([1, 2, 1]);
    store.put('usedCodes', 'a', code('a'));
    store.reset();
    expect(store.get('usedCodes', 'a')).toBeNull();
    expect(store.nextNumber('x')).toBe(3);
    expect(openStore(file).nextNumber('x')).toBe(4);
  });

  it('passes over lines that mean nothing', () => {
    openStore(file).put('usedCodes', 'a', code('a'));
    appendFileSync(file, 'null\n{"table":"passwords","id":"x","row":1}\n{"table":"usedCodes"}\n{"table":"us');
    expect(openStore(file).all('usedCodes')).toEqual([code('a')]);
  });
});
