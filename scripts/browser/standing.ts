import type { Person } from './person.ts';

/** The page of the meeting says that these marks stand, from top to bottom; until it does, this waits. */
export async function stands({ page }: Person, marks: readonly string[]): Promise<void> {
  await page.waitForFunction((expected) => {
    const shown = [...document.querySelectorAll<HTMLElement>('.my-mark')].filter(
      (mark) => mark.offsetParent !== null,
    );
    return shown.map((mark) => mark.innerText.trim()).join() === expected;
  }, marks.join());
}
