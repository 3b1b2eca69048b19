import { isH5 } from './environment';

/** Only a browser can print; the weapp offers the address of the page instead. */
export const canPrint = isH5;

export function printPage(): void {
  if (isH5) window.print();
}

/** Leaves the app for another address of the same site: a cashier page, a downloaded file. */
export function openAddress(url: string): void {
  if (isH5) window.location.href = url;
}

/** The full address of a page of ours, for another site to come back to. Only browsers have one. */
export function ownAddress(path: string): string {
  return isH5 ? `${window.location.origin}${path}` : path;
}

/** Only a browser can save a file of ours; the weapp copies instead. */
export const canSaveFile = isH5;

export function saveTextFile(name: string, text: string): void {
  if (!isH5) return;
  const address = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}
