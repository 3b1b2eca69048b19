import type { Clock } from '../../../kernel/clock/clock.ts';
import type { Database, Transaction } from '../../../kernel/database/index.ts';

export interface TimeLimit {
  readonly clock: Clock;
  /** Instant after which nothing may be committed. */
  readonly until: number;
  /** What to throw then. */
  readonly late: () => Error;
}

/**
 * A transaction that is committed by a given instant or not at all. The count of a vote relies on it: it starts a
 * grace later, so a ballot that is still being written then would slip in behind it.
 *
 * Two fences. The clock is read again as the very last thing before the commit. And a statement that hangs (a lock, a
 * node that does not answer) is given up by a timer: whatever it does later, only a rollback follows it on that
 * connection. Each attempt after a deadlock runs against the same instant.
 */
export async function transactionWithin<T>(
  database: Database,
  limit: TimeLimit,
  work: (tx: Transaction) => Promise<T>,
): Promise<T> {
  const timer = alarm(Math.max(0, limit.until - limit.clock.now()), limit.late);
  const transaction = database.transaction(async (tx) => {
    const result = await Promise.race([work(tx), timer.rings]);
    if (limit.clock.now() > limit.until) throw limit.late();
    return result;
  });
  try {
    return await Promise.race([transaction, timer.rings]);
  } finally {
    timer.stop();
    // Given up: it ends in a rollback, of which nobody needs to hear.
    transaction.catch(() => undefined);
  }
}

function alarm(ms: number, late: () => Error): { readonly rings: Promise<never>; stop(): void } {
  let handle: NodeJS.Timeout | undefined;
  const rings = new Promise<never>((_, reject) => {
    handle = setTimeout(() => reject(late()), ms);
    handle.unref();
  });
  rings.catch(() => undefined);
  return { rings, stop: () => clearTimeout(handle) };
}
