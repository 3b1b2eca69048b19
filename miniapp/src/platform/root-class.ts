import { isH5 } from './environment';

/** Marks the document, for what lies outside the pages on H5: the tab bar. */
export function markDocument(className: string, on: boolean): void {
  if (isH5) document.documentElement.classList.toggle(className, on);
}
