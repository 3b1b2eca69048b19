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
 * The caller hears at the instant itself, also while a statement hangs (a lock, a node that does not answer). The
 * transaction ends by its own way: its next statement throws, and only when the work has come to rest is it rolled
 * back. Rolling back under work that goes on would let its later statements commit by themselves, each alone on the
 * connection. Each attempt after a deadlock runs against the same instant.
 */
export async function transactionWithin<T>(
  database: Database,
  limit: TimeLimit,
  work: (tx: Transaction) => Promise<T>,
): Promise<T> {
  const alarm = setAlarm(limit);
  const transaction = database.transaction(async (tx) => {
    const result = await work(endingAt(tx, alarm.check));
    alarm.check();
    return result;
  });
  try {
    return await Promise.race([transaction, alarm.rings]);
  } finally {
    alarm.stop();
    // Given up: it ends in a rollback, of which nobody needs to hear.
    transaction.catch(() => undefined);
  }
}

/** The same transaction, in which every statement first asks whether there is still time. */
function endingAt(tx: Transaction, check: () => void): Transaction {
  const inTime = async <Answer>(statement: () => Promise<Answer>): Promise<Answer> => {
    check();
    return statement();
  };
  return {
    rows: (sql, parameters) => inTime(() => tx.rows(sql, parameters)),
    row: (sql, parameters) => inTime(() => tx.row(sql, parameters)),
    run: (sql, parameters) => inTime(() => tx.run(sql, parameters)),
    insert: (table, ...records) => inTime(() => tx.insert(table, ...records)),
  };
}

interface Alarm {
  /** Rejects at the instant. */
  readonly rings: Promise<never>;
  /** Throws from the instant on. */
  check(): void;
  stop(): void;
}

function setAlarm({ clock, until, late }: TimeLimit): Alarm {
  let handle: NodeJS.Timeout | undefined;
  let rung = false;
  const rings = new Promise<never>((_, reject) => {
    handle = setTimeout(
      () => {
        rung = true;
        reject(late());
      },
      Math.max(0, until - clock.now()),
    );
    handle.unref();
  });
  rings.catch(() => undefined);
  return {
    rings,
    check() {
      if (rung || clock.now() > until) throw late();
    },
    stop: () => clearTimeout(handle),
  };
}
