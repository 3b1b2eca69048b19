import { describe, expect, test } from '@jest/globals';
import { BIT_FLIPS, tryAll } from './tamperings.ts';

/** Together with the other spec of this kind a hundred thousand files, in parts that a slow machine can bear. */
const PARTS = Array.from({ length: 10 }, (_, part) => part);
const SEEDS_A_PART = 10;
const EACH = 500;

describe('a file in which one bit is another', () => {
  test.each(PARTS)('is found out every time (%i)', (part) => {
    const seeds = Array.from({ length: SEEDS_A_PART }, (_, index) => part * SEEDS_A_PART + index);
    const tried = tryAll(BIT_FLIPS, { seeds, each: EACH });
    expect([...tried.keys()].sort()).toEqual(Object.keys(BIT_FLIPS).sort());
    expect([...tried.values()].reduce((sum, count) => sum + count, 0)).toBe(SEEDS_A_PART * EACH);
  });
});
