/** The time, injected everywhere, so that a test can stand at any deadline. */
export abstract class Clock {
  /** Instant, epoch ms. */
  abstract now(): number;
}

export class SystemClock extends Clock {
  now(): number {
    return Date.now();
  }
}
