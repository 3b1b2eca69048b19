import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { chromium } from 'playwright-core';
import { CHROMIUM_FLAGS, findChromium } from '../machine/chromium.ts';
import type { Gate } from './gate.ts';
import { serveBuild } from './static-server.ts';

const INITIAL_KB = 170;

/**
 * Scripts and styles, gzipped, that a browser loads before the first screen stands. Asked of a real one: index.html
 * names a part of them only, the router fetches the rest.
 */
export async function measureH5(dist: string): Promise<Gate[]> {
  const paths = await firstLoad(dist);
  const bytes = paths.reduce((sum, path) => sum + gzipSync(readFileSync(join(dist, path))).length, 0);
  return [{ name: `H5 first load, gzip, ${paths.length} files`, bytes, limitKb: INITIAL_KB }];
}

async function firstLoad(dist: string): Promise<string[]> {
  const site = await serveBuild(dist);
  const browser = await chromium.launch({ executablePath: await findChromium(), args: [...CHROMIUM_FLAGS] });
  try {
    const page = await browser.newPage({ viewport: { width: 390, height: 844 } });
    const loaded = new Set<string>();
    page.on('response', (response) => {
      const { origin, pathname } = new URL(response.url());
      if (origin === site.origin && /\.(js|css)$/.test(pathname)) loaded.add(pathname);
    });
    await page.goto(site.origin, { waitUntil: 'networkidle' });
    return [...loaded].toSorted();
  } finally {
    await browser.close();
    await site.close();
  }
}
