import { useEffect, useState } from 'react';
import { isH5 } from './environment';

const LAPTOP = '(min-width: 1024px)';

function isWide(): boolean {
  return isH5 && typeof window.matchMedia === 'function' && window.matchMedia(LAPTOP).matches;
}

/** Whether there is room for the laptop layout: only ever in a browser. */
export function useWide(): boolean {
  const [wide, setWide] = useState(isWide);
  useEffect(() => {
    if (!isH5) return undefined;
    const update = () => {
      setWide(isWide());
    };
    window.addEventListener('resize', update);
    return () => {
      window.removeEventListener('resize', update);
    };
  }, []);
  return wide;
}
