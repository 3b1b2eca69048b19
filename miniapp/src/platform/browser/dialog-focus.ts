import { useLayoutEffect } from 'react';

const FOCUSABLE = 'a[href], button, input, select, textarea, [tabindex="0"]';

/**
 * While a dialog is open the keyboard begins inside it and stays there; when it closes, it goes on where it was.
 * `selector` names the dialog's panel.
 */
export function useDialogFocus(open: boolean, selector: string): void {
  // Together with the dialog itself: a key or a tap that comes at once must not find the focus moving after it.
  useLayoutEffect(() => {
    if (process.env.TARO_ENV !== 'h5' || !open) return undefined;
    const before = document.activeElement;
    const panel = document.querySelector<HTMLElement>(selector);
    const stay = (event: KeyboardEvent) => {
      if (panel !== null && event.key === 'Tab') keepInside(panel, event);
    };
    if (panel !== null) {
      panel.tabIndex = -1;
      panel.focus({ preventScroll: true });
      panel.addEventListener('keydown', stay);
    }
    return () => {
      panel?.removeEventListener('keydown', stay);
      if (before instanceof HTMLElement) before.focus({ preventScroll: true });
    };
  }, [open, selector]);
}

/** Tab goes from the last thing in the dialog to its first, and the other way round with Shift. */
function keepInside(panel: HTMLElement, event: KeyboardEvent): void {
  const stops = Array.from(panel.querySelectorAll<HTMLElement>(FOCUSABLE)).filter(
    (element) => !element.hasAttribute('disabled'),
  );
  const first = stops[0];
  const last = stops[stops.length - 1];
  if (first === undefined || last === undefined) return;
  const { target } = event;
  if (event.shiftKey ? target === first || target === panel : target === last) {
    event.preventDefault();
    (event.shiftKey ? last : first).focus();
  }
}
