import { useCallback, useLayoutEffect, useRef } from 'react';

/** A function that answers the value of the last render, for handlers that are set up once. */
export function useLatest<T>(value: T): () => T {
  const ref = useRef(value);
  useLayoutEffect(() => {
    ref.current = value;
  });
  return useCallback(() => ref.current, []);
}
