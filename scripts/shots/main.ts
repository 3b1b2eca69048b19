// `npm run shots [-- FILTER …]`: every page × screen × state of the running demo as PNG in .shots/.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { root } from '../bootstrap/paths.mjs';
import { command, Refusal, say } from '../bootstrap/refusal.mjs';
import { launchChromium, Person, SCREENS } from '../browser/person.ts';
import { startDemo } from '../test/demo.ts';
import type { ShotPage } from './page.ts';
import { bring, STATES } from './states.ts';
import { planOf, type Sitting } from './plan.ts';
import { PAGES } from './pages.ts';

const FOLDER = join(root, '.shots');
/** Longer pages are cut. */
const TALLEST = 6_000;

await command(async () => {
  const filters = process.argv.slice(2);
  const sittings = planOf(PAGES, filters);
  if (sittings.length === 0)
    throw new Refusal(`No picture has ${filters.join(' or ')} in its name.`, '没有这样的截图。');
  mkdirSync(FOLDER, { recursive: true });
  const dataDir = mkdtempSync(join(tmpdir(), 'linli-shots-'));
  const demo = await startDemo(dataDir);
  const browser = await launchChromium();
  try {
    const missed: string[] = [];
    for (const sitting of sittings) missed.push(...(await sit(browser, demo.origin, sitting)));
    const taken = sittings.reduce((sum, { shots }) => sum + shots.length, 0) - missed.length;
    say(`${taken} pictures in .shots/ · 共 ${taken} 张截图`);
    if (missed.length > 0)
      throw new Refusal(`These could not be taken:\n${missed.join('\n')}`, '有的截图没有拍成。');
  } finally {
    await browser.close();
    await demo.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
});

/** One person goes through all of their pages, signed out at the end; says which did not come into their state. */
async function sit(browser: Browser, origin: string, { role, screen, shots }: Sitting): Promise<string[]> {
  const missed: string[] = [];
  const person = await Person.at(browser, origin, role, screen);
  const addresses = new Map<ShotPage, string>();
  for (const { page } of shots)
    if (!addresses.has(page)) addresses.set(page, `/${page.path}${(await page.query?.(person)) ?? ''}`);
  for (const state of STATES) {
    const due = shots.filter((shot) => shot.state === state);
    if (state === 'expired' && due.length > 0) await person.endSession();
    for (const { page, name } of due) {
      try {
        await bring(person, page, addresses.get(page) ?? '', state);
        await takePicture(person, join(FOLDER, `${name}.png`), screen);
      } catch (error) {
        missed.push(
          `${name}: ${error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)}`,
        );
      }
      await person.page.unrouteAll({ behavior: 'ignoreErrors' });
    }
  }
  await person.leave();
  return missed;
}

/** All of the page: it scrolls inside of the window, so the window is made as tall as it needs. */
async function takePicture({ page }: Person, path: string, screen: keyof typeof SCREENS): Promise<void> {
  const { viewport } = SCREENS[screen];
  const tall = await page.evaluate(() =>
    Math.max(
      document.documentElement.scrollHeight,
      ...Array.from(document.querySelectorAll('.taro_page, .page__body'), (part) =>
        part instanceof HTMLElement && part.offsetParent !== null
          ? part.getBoundingClientRect().top + part.scrollHeight
          : 0,
      ),
    ),
  );
  await page.setViewportSize({
    ...viewport,
    height: Math.min(TALLEST, Math.max(viewport.height, Math.ceil(tall))),
  });
  await page.screenshot({ path, animations: 'disabled' });
  await page.setViewportSize(viewport);
}
