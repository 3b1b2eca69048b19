import { useState } from 'react';

/** Keys for rows that have none of their own: what is half typed in a row stays with it when one before it goes. */
export function useRowKeys(count: number) {
  const [kept, setKept] = useState<readonly number[]>([]);
  const fresh = Math.max(0, ...kept) + 1;
  const keyAt = (at: number) => kept[at] ?? fresh + at;
  return {
    keyAt,
    drop(index: number): void {
      setKept(Array.from({ length: count }, (_, at) => keyAt(at)).filter((_, at) => at !== index));
    },
  };
}
