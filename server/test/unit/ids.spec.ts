import { describe, expect, test } from '@jest/globals';
import { Clock } from '../../src/kernel/clock/clock.ts';
import { UlidIds } from '../../src/kernel/ids/ids.ts';

class SetClock extends Clock {
  at = Date.UTC(2026, 10, 21);
  override now(): number {
    return this.at;
  }
}

describe('ids', () => {
  const isInOrder = (ids: readonly string[]) => ids.every((id, at) => at === 0 || (ids[at - 1] ?? '') < id);

  test('made within one millisecond are in the order of their making', () => {
    const ids = new UlidIds(new SetClock());
    expect(isInOrder(Array.from({ length: 200 }, () => ids.next()))).toBe(true);
  });

  test('are so too once the clock was set back, and tell its time', () => {
    const clock = new SetClock();
    const ids = new UlidIds(clock);
    const before = ids.next();
    clock.at -= 3_600_000;
    const after = Array.from({ length: 200 }, () => ids.next());
    expect(isInOrder(after)).toBe(true);
    expect(after.every((id) => id < before)).toBe(true);
    clock.at += 7_200_000;
    expect(ids.next() > before).toBe(true);
  });
});
