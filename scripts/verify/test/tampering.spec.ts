import { describe, expect, test } from '@jest/globals';
import { TAMPERINGS, tryAll } from './tamperings.ts';

/** Together with the other spec of this kind a hundred thousand files, in parts that a slow machine can bear. */
const PARTS = Array.from({ length: 10 }, (_, part) => part);
const SEEDS_A_PART = 10;
const EACH = 500;

describe('a file in which somebody changed what it says', () => {
  test.each(PARTS)('is found out every time (%i)', (part) => {
    const seeds = Array.from({ length: SEEDS_A_PART }, (_, index) => part * SEEDS_A_PART + index);
    const tried = tryAll(TAMPERINGS, { seeds, each: EACH });
    expect([...tried.keys()].sort()).toEqual(Object.keys(TAMPERINGS).sort());
    expect([...tried.values()].reduce((sum, count) => sum + count, 0)).toBe(SEEDS_A_PART * EACH);
  });
});
