import type { Instant } from '@linli/shared/kernel';
import { useEffect, useState } from 'react';

const MINUTE_MS = 60_000;

/** The time, anew each minute: for what is left of a deadline. */
export function useNow(everyMs = MINUTE_MS): Instant {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => {
      setNow(Date.now());
    }, everyMs);
    return () => {
      clearInterval(timer);
    };
  }, [everyMs]);
  return now;
}
