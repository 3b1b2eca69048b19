import { describe, expect, it } from '@jest/globals';
import { median, percentile } from '../statistics.ts';

describe('what the benchmark makes of its rounds', () => {
  it('takes the middle round, so that one disturbed round moves nothing', () => {
    expect(median([0.9, 0.1, 0.92])).toBe(0.9);
    expect(median([1, 2, 3, 10])).toBe(2.5);
  });

  it('tells the latency that 99 of 100 requests stay within', () => {
    const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);
    expect(percentile(hundred, 0.99)).toBe(99);
    expect(percentile([7], 0.99)).toBe(7);
  });

  it('has nothing to say of no rounds', () => {
    expect(() => median([])).toThrow('nothing');
    expect(() => percentile([], 0.99)).toThrow('nothing');
  });
});
