import { Injectable } from '@nestjs/common';
import type { DeskCount, DeskKey } from '@linli/shared/desk';
import type { Caller } from '../../kernel/access/index.ts';

/** Says how much waits for the caller at one place; null where it is not the caller's place. */
export type DeskCounter = (
  caller: Caller,
  estateId: string,
) => Promise<{ readonly count: number; readonly overdue: number } | null>;

/** Each feature registers the places it knows of, at module start: `counts.register('claims', …)`. */
@Injectable()
export class DeskCounts {
  private readonly counters = new Map<DeskKey, DeskCounter>();

  register(key: DeskKey, counter: DeskCounter): void {
    if (this.counters.has(key)) throw new Error(`Two counters for ${key}`);
    this.counters.set(key, counter);
  }

  async of(caller: Caller, estateId: string): Promise<DeskCount[]> {
    const counts = await Promise.all(
      [...this.counters].map(async ([key, counter]) => ({ key, waiting: await counter(caller, estateId) })),
    );
    return counts.flatMap(({ key, waiting }) => (waiting === null ? [] : [{ key, ...waiting }]));
  }
}
