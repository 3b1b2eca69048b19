import { Clock } from '../kernel/clock/clock.ts';

/** Tells the demo's past: every story is acted out by the real services at the time it is said to have happened. */
export class DemoClock extends Clock {
  private instant: number | null = null;

  override now(): number {
    return this.instant ?? Date.now();
  }

  /** Stand at this instant; null goes with the machine's time again. */
  set(instant: number | null): void {
    this.instant = instant;
  }
}
