// `npm run shots [-- FILTER]`: every page × screen × state of the running demo as PNG in .shots/.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../bootstrap/paths.mjs';
import { command, say } from '../bootstrap/refusal.mjs';
import { launchChromium, Person, type Screen } from '../browser/person.ts';
import { startDemo } from '../test/demo.ts';
import { PAGES, type ShotPage } from './pages.ts';

const FOLDER = join(root, '.shots');

await command(async () => {
  const [filter = ''] = process.argv.slice(2);
  const chosen = PAGES.filter(({ name }) => name.includes(filter));
  mkdirSync(FOLDER, { recursive: true });
  const dataDir = mkdtempSync(join(tmpdir(), 'linli-shots-'));
  const demo = await startDemo(dataDir);
  const browser = await launchChromium();
  try {
    let taken = 0;
    for (const page of chosen)
      for (const screen of page.screens) {
        const person = await Person.at(browser, demo.origin, page.role, screen);
        taken += await shoot(person, page, screen);
        await person.leave();
      }
    say(`${taken} pictures in .shots/ · 共 ${taken} 张截图`);
  } finally {
    await browser.close();
    await demo.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
});

/** The page as it is, and as it looks when the network or the server fails. */
async function shoot(person: Person, page: ShotPage, screen: Screen): Promise<number> {
  const path = await page.path(person);
  if (path === null) {
    say(`  ${page.name}: nothing to show in the demo`);
    return 0;
  }
  const picture = (state: string) =>
    person.page.screenshot({ path: join(FOLDER, `${page.name}.${screen}.${state}.png`), fullPage: true });
  await person.open(path);
  await page.prepare?.(person);
  await picture('ready');
  if (screen !== 'phone') return 1;
  await person.page.route('**/api/**', (route) => route.abort());
  await person.page.goto(`${person.origin}${path}`);
  await person.page.waitForTimeout(1200);
  await picture('offline');
  return 2;
}
