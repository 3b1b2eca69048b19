import { useCallback, useRef, useState } from 'react';
import { randomId, useLatest } from '@/platform';
import { forgetKey, keyOf } from './action-keys';
import { type ApiError, asApiError } from './api-error';

export interface ActionOptions<Result> {
  /** Keeps the key on the phone as well, until the server has answered: give the draft's name. */
  readonly name?: string;
  readonly onDone?: (result: Result) => void;
  readonly onError?: (error: ApiError) => void;
}

export interface Action<Args extends readonly unknown[]> {
  /** Does nothing while the last tap is still under way. */
  run(...args: Args): Promise<void>;
  readonly busy: boolean;
  readonly error: ApiError | null;
  clearError(): void;
}

/**
 * Something a person does that changes the server. `perform` gets the idempotency key first; it is the same for every
 * retry until the server has done it: a refused one it keeps nothing of, and one that was lost may have got through.
 */
export function useAction<Args extends readonly unknown[], Result>(
  perform: (key: string, ...args: Args) => Promise<Result>,
  options: ActionOptions<Result> = {},
): Action<Args> {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const running = useRef(false);
  const memoryKey = useRef<string | null>(null);
  const latest = useLatest({ perform, options });

  const run = useCallback(
    async (...args: Args) => {
      if (running.current) return;
      running.current = true;
      setBusy(true);
      setError(null);
      const { perform, options } = latest();
      memoryKey.current ??= options.name === undefined ? randomId() : keyOf(options.name);
      const settle = () => {
        memoryKey.current = null;
        if (options.name !== undefined) forgetKey(options.name);
      };
      try {
        const result = await perform(memoryKey.current, ...args);
        settle();
        latest().options.onDone?.(result);
      } catch (cause) {
        const failure = asApiError(cause);
        // It was done already, with other words: what is sent next is something new.
        if (failure.code === 'IDEMPOTENCY.MISMATCH') settle();
        setError(failure);
        latest().options.onError?.(failure);
      } finally {
        running.current = false;
        setBusy(false);
      }
    },
    [latest],
  );

  const clearError = useCallback(() => {
    setError(null);
  }, []);

  return { run, busy, error, clearError };
}
