import { useEffect } from 'react';
import { isH5 } from './environment';
import { useLatest } from './use-latest';

export type KeyHandlers = Readonly<Record<string, () => void>>;

/** Single keys on a laptop ('j', 'k', 'Enter', 'Escape'); silent while the person types in a field. */
export function useKeys(handlers: KeyHandlers, active = true): void {
  const latest = useLatest(handlers);
  useEffect(() => {
    if (!isH5 || !active) return undefined;
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      const handler = latest()[event.key];
      if (handler === undefined) return;
      event.preventDefault();
      handler();
    };
    window.addEventListener('keydown', onKey);
    return () => {
      window.removeEventListener('keydown', onKey);
    };
  }, [active, latest]);
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
}
