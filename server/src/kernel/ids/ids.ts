import { Inject, Injectable } from '@nestjs/common';
import { monotonicFactory } from 'ulid';
import { Clock } from '../clock/clock.ts';

/** Makes row ids: 26 characters, sortable by creation, so a keyset can page on them. */
export abstract class Ids {
  abstract next(): string;
}

/** ULIDs of the injected clock: ids of one replica never go backwards while its clock does not, and are never mixed. */
@Injectable()
export class UlidIds extends Ids {
  private monotonic = monotonicFactory();
  private last = 0;

  constructor(@Inject(Clock) private readonly clock: Clock) {
    super();
  }

  override next(): string {
    const now = this.clock.now();
    // The factory would keep the later time: a clock that is set back gets a new one, and what follows is in order again.
    if (now < this.last) this.monotonic = monotonicFactory();
    this.last = now;
    return this.monotonic(now);
  }
}
