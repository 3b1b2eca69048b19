/**
 * The sandbox's time. Orders age, prepay ids expire and retries come due by `now()`, which a test may hold
 * or move. What is signed carries `wireTime()`, which never moves away from the machine's (or the caller's)
 * clock: the other side refuses anything more than five minutes off.
 */
export type Clock = {
  now(): number;
  wireTime(): number;
  /** Nothing happens by itself: what is due waits until it is asked for. */
  isManual(): boolean;
  advance(ms: number): void;
  hold(at: number): void;
  release(): void;
};

/** `base` given: a test's own clock, and time-driven things run only when asked. */
export function createClock(base?: () => number): Clock {
  const source = base ?? Date.now;
  let manual = base !== undefined;
  let heldAt: number | null = null;
  let offset = 0;
  return {
    now: () => heldAt ?? source() + offset,
    wireTime: () => source(),
    isManual: () => manual,
    advance: (ms) => {
      if (heldAt === null) offset += ms;
      else heldAt += ms;
    },
    hold: (at) => {
      heldAt = at;
      manual = true;
    },
    release: () => {
      heldAt = null;
      offset = 0;
      manual = base !== undefined;
    },
  };
}
