import { Refused } from '../../../kernel/errors/refused.ts';

const MAX_ATTEMPTS = 6;

/** For what is added rather than decided: another's change in between is no reason to refuse it. */
export async function againOnConflict<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      const conflict = error instanceof Refused && error.refusal.code === 'CONFLICT';
      if (!conflict || attempt === MAX_ATTEMPTS) throw error;
    }
  }
}
