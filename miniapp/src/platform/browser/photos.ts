export interface LocalPhoto {
  /** A path on the phone, or a blob address in the browser. */
  readonly path: string;
  readonly bytes: number;
}

/** The browser's own choice of files; none where the person closes it. */
export function choosePhotosInBrowser(atMost: number): Promise<readonly LocalPhoto[]> {
  return new Promise((resolve) => {
    const input = document.createElement('input');
    input.type = 'file';
    input.accept = 'image/*';
    input.multiple = atMost > 1;
    input.addEventListener('change', () => {
      const files = Array.from(input.files ?? []).slice(0, atMost);
      resolve(files.map((file) => ({ path: URL.createObjectURL(file), bytes: file.size })));
    });
    input.addEventListener('cancel', () => {
      resolve([]);
    });
    input.click();
  });
}

/** One photo over everything; a tap or a key closes it, the arrows go on. */
export function showPhotosInBrowser(urls: readonly string[], current: string): void {
  let index = Math.max(0, urls.indexOf(current));
  const shade = document.createElement('div');
  const image = document.createElement('img');
  shade.className = 'photo-viewer';
  shade.setAttribute('role', 'dialog');
  shade.tabIndex = -1;
  shade.append(image);
  const show = (next: number) => {
    index = (next + urls.length) % urls.length;
    image.src = urls[index] ?? '';
    image.alt = `第 ${index + 1} 张照片，共 ${urls.length} 张`;
    shade.setAttribute('aria-label', `${image.alt}，点一下关闭`);
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key === 'ArrowRight') show(index + 1);
    else if (event.key === 'ArrowLeft') show(index - 1);
    else close();
  };
  const close = () => {
    shade.remove();
    window.removeEventListener('keydown', onKey);
  };
  shade.addEventListener('click', close);
  window.addEventListener('keydown', onKey);
  show(index);
  document.body.append(shade);
  shade.focus();
}
