import { useDidHide, useDidShow } from '@tarojs/taro';
import { useEffect, useState } from 'react';
import { isH5 } from './environment';
import { useLatest } from './use-latest';

export type KeyHandlers = Readonly<Record<string, () => void>>;

/**
 * Single keys on a laptop ('j', 'k', 'Enter', 'Escape'); silent while the person types in a field, for a key that
 * has already pressed a button, and on a page that lies under another one.
 */
export function useKeys(handlers: KeyHandlers, active = true): void {
  const latest = useLatest(handlers);
  const [inFront, setInFront] = useState(true);
  useDidShow(() => {
    setInFront(true);
  });
  useDidHide(() => {
    setInFront(false);
  });
  useEffect(() => {
    if (!isH5 || !active || !inFront) return undefined;
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      if (isTyping(event.target)) return;
      const handler = latest()[event.key];
      if (handler === undefined) return;
      event.preventDefault();
      handler();
    };
    window.addEventListener('keydown', onKey);
    return () => {
      window.removeEventListener('keydown', onKey);
    };
  }, [active, inFront, latest]);
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
}
