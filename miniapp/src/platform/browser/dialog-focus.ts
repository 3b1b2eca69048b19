import { useLayoutEffect } from 'react';

/**
 * While a dialog is open the keyboard begins inside it; when it closes, it goes on where it was.
 * `selector` names the dialog's panel.
 */
export function useDialogFocus(open: boolean, selector: string): void {
  // Together with the dialog itself: a key or a tap that comes at once must not find the focus moving after it.
  useLayoutEffect(() => {
    if (process.env.TARO_ENV !== 'h5' || !open) return undefined;
    const before = document.activeElement;
    const panel = document.querySelector<HTMLElement>(selector);
    if (panel !== null) {
      panel.tabIndex = -1;
      panel.focus({ preventScroll: true });
    }
    return () => {
      if (before instanceof HTMLElement) before.focus({ preventScroll: true });
    };
  }, [open, selector]);
}
