import { Inject, Injectable } from '@nestjs/common';
import { monotonicFactory, ulid } from 'ulid';
import { Clock } from '../clock/clock.ts';

/** Makes row ids: 26 characters, sortable by creation, so a keyset can page on them. */
export abstract class Ids {
  abstract next(): string;
}

/** ULIDs of the injected clock: ids of one replica never go backwards while its clock does not. */
@Injectable()
export class UlidIds extends Ids {
  private readonly monotonic = monotonicFactory();
  private latest = 0;

  constructor(@Inject(Clock) private readonly clock: Clock) {
    super();
  }

  override next(): string {
    const now = this.clock.now();
    // The factory would keep the later time; the demo tells its past through a clock that is set back.
    if (now < this.latest) return ulid(now);
    this.latest = now;
    return this.monotonic(now);
  }
}
