import type { Person } from './person.ts';

/** px at 375, as in the design's tokens; the page is a little wider and everything grows with it. */
const TARGETS = { normal: 44, elder: 56 } as const;
const SMALLEST_TYPE = { normal: 13, elder: 20 } as const;
/** A browser rounds lengths to parts of a pixel. */
const ROUNDING = 0.6;

/**
 * What an eye or a thumb would stumble over on the page in front: text that runs off the side or is cut off, what is
 * too small to hit, type under the design's smallest. Empty where all is well.
 */
export async function stumblingBlocks({ page }: Person): Promise<readonly string[]> {
  // What is still loading is in nobody's way.
  await page.waitForFunction(() => document.querySelector('.skeleton') === null);
  return page.evaluate(
    ({ targets, types, rounding }) => {
      const root = [...document.querySelectorAll<HTMLElement>('.linli')].findLast(
        (element) => element.offsetParent !== null,
      );
      if (root === undefined) return ['没有页面'];
      const mode = root.classList.contains('linli--elder') ? 'elder' : 'normal';
      const shown = [...root.querySelectorAll<HTMLElement>('*')].filter(
        (element) =>
          element.offsetParent !== null && element.closest('.only-read, .data-table__caption') === null,
      );
      const isWords = (element: HTMLElement) =>
        element.childElementCount === 0 && (element.textContent ?? '').trim() !== '';
      const named = (element: HTMLElement) => `“${(element.textContent ?? '').trim().slice(0, 24)}”`;
      const blocks: string[] = [];
      for (const element of shown.filter(isWords)) {
        const { left, right, width } = element.getBoundingClientRect();
        if (width > 1 && (left < -rounding || right > window.innerWidth + rounding))
          blocks.push(`${named(element)} runs off the side`);
        if (getComputedStyle(element).overflowX === 'hidden' && element.scrollWidth > element.clientWidth + 1)
          blocks.push(`${named(element)} is cut off`);
        const size = Number.parseFloat(getComputedStyle(element).fontSize);
        // The fen and a raised mark are smaller on purpose.
        const small = element.closest('.money') === null && size < types[mode] - rounding;
        if (small) blocks.push(`${named(element)} is ${size} px`);
      }
      for (const element of shown.filter(
        ({ tabIndex, classList }) => tabIndex === 0 && classList.contains('tap'),
      )) {
        const { width, height } = element.getBoundingClientRect();
        const least = targets[mode] - rounding;
        if (width < least || height < least)
          blocks.push(`${named(element)} is ${Math.round(width)} × ${Math.round(height)} to hit`);
      }
      return blocks;
    },
    { targets: TARGETS, types: SMALLEST_TYPE, rounding: ROUNDING },
  );
}
