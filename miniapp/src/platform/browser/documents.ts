export interface LocalDocument {
  /** A path on the phone, or a blob address in the browser. */
  readonly path: string;
  readonly name: string;
  readonly bytes: number;
}

export function chooseDocumentInBrowser(suffixes: readonly string[]): Promise<LocalDocument | null> {
  return new Promise((resolve) => {
    const input = document.createElement('input');
    input.type = 'file';
    input.accept = suffixes.join(',');
    input.addEventListener('change', () => {
      const file = input.files?.[0];
      resolve(
        file === undefined ? null : { path: URL.createObjectURL(file), name: file.name, bytes: file.size },
      );
    });
    input.addEventListener('cancel', () => {
      resolve(null);
    });
    input.click();
  });
}
