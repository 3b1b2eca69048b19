import { Clock } from '../../src/kernel/clock/clock.ts';

/** A clock that stands still until it is moved. */
export class FixedClock extends Clock {
  constructor(private instant: number) {
    super();
  }

  override now(): number {
    return this.instant;
  }

  set(instant: number): void {
    this.instant = instant;
  }

  advance(ms: number): void {
    this.instant += ms;
  }
}
