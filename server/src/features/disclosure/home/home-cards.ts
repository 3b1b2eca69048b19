import { Injectable } from '@nestjs/common';
import type { HomeTodo, TodoKind } from '@linli/shared/home';
import type { Caller } from '../../../kernel/access/index.ts';

/**
 * What waits for a resident in one estate. A feature registers in its `onModuleInit`:
 *
 *   cards.register('BILL', (caller, estateId) => this.dueOf(caller, estateId));
 *
 * The home page asks all of them at once, at every opening of the app: at most two statements each, by an index, and
 * none at all for somebody whom it cannot concern (a tenant pays no bills).
 */
export type HomeCardSource = (caller: Caller, estateId: string) => Promise<readonly HomeTodo[]>;

@Injectable()
export class HomeCards {
  private readonly sources = new Map<TodoKind, HomeCardSource>();

  register(kind: TodoKind, source: HomeCardSource): void {
    if (this.sources.has(kind)) throw new Error(`Two sources of ${kind} cards`);
    this.sources.set(kind, source);
  }

  async of(caller: Caller, estateId: string): Promise<HomeTodo[]> {
    const found = await Promise.all([...this.sources.values()].map((source) => source(caller, estateId)));
    return found.flat();
  }
}
