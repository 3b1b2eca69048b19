/**
 * Runs what is due: by a timer while the clock runs by itself, or when asked. Moving the clock stops at every
 * instant on the way at which something is due, so a day of retries happens in order and in no time.
 */
import type { Clock } from './clock.ts';

export type Errand = {
  /** When the next thing is due, or null when nothing waits. */
  nextAt(): number | null;
  /** Does everything that is due now. */
  run(): Promise<void>;
  /** Waits for what has been started already. */
  idle?(): Promise<void>;
};

export type Agenda = {
  /** Something new may be due. */
  wake(): void;
  /** Does what is due now and waits until it is done. */
  settle(): Promise<void>;
  advance(ms: number): Promise<void>;
  close(): Promise<void>;
};

const LONGEST_TIMER_MS = 2 ** 31 - 1;

export function createAgenda(clock: Clock, errands: readonly Errand[]): Agenda {
  let timer: NodeJS.Timeout | undefined;
  let closed = false;

  function nextAt(): number | null {
    const instants = errands.map((errand) => errand.nextAt()).filter((instant) => instant !== null);
    return instants.length > 0 ? Math.min(...instants) : null;
  }

  async function runDue(): Promise<void> {
    for (;;) {
      const next = nextAt();
      if (closed || next === null || next > clock.now()) return;
      for (const errand of errands) await errand.run();
    }
  }

  function wake(): void {
    clearTimeout(timer);
    const next = nextAt();
    if (closed || next === null || clock.isManual()) return;
    const delay = Math.min(Math.max(0, next - clock.now()), LONGEST_TIMER_MS);
    timer = setTimeout(() => void runDue().then(wake), delay);
  }

  async function settle(): Promise<void> {
    await runDue();
    for (const errand of errands) await errand.idle?.();
  }

  return {
    wake,
    settle,
    advance: async (ms) => {
      const target = clock.now() + ms;
      for (;;) {
        const next = nextAt();
        if (next === null || next > target) break;
        clock.advance(Math.max(0, next - clock.now()));
        await settle();
      }
      clock.advance(Math.max(0, target - clock.now()));
      wake();
    },
    close: async () => {
      closed = true;
      clearTimeout(timer);
      for (const errand of errands) await errand.idle?.();
    },
  };
}
