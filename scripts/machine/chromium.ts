import { quietly } from '../bootstrap/child.mjs';
import { Refusal } from '../bootstrap/refusal.mjs';
import { installFromDebian } from './debian.ts';
import { findProgram, isProgram } from './programs.ts';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];
const MAC_PLACES = [
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];
const NEED = { name: 'Chromium', packages: ['chromium', 'fonts-noto-cjk'] };
const FONT_NEED = { name: 'a Chinese font', packages: ['fonts-noto-cjk'] };

/** How the tests and the pictures start it: no sandbox, as CI runs as root, and no calls home. */
export const CHROMIUM_FLAGS: readonly string[] = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * The path of a Chromium that can show Chinese: `CHROMIUM_PATH`, the machine's, or one installed now (root on Debian).
 * Elsewhere it refuses with the one command to run.
 */
export async function findChromium(): Promise<string> {
  const present = presentChromium();
  if (present === null) await installFromDebian(NEED);
  else if (!(await hasChineseFont())) await installFromDebian(FONT_NEED);
  const found = present ?? presentChromium();
  if (found === null)
    throw new Refusal('Chromium was installed but is not found.', '安装后仍未找到 Chromium。');
  return found;
}

function presentChromium(): string | null {
  const named = process.env['CHROMIUM_PATH'];
  if (named !== undefined && named !== '') {
    if (isProgram(named)) return named;
    throw new Refusal(`CHROMIUM_PATH is not a program: ${named}`, 'CHROMIUM_PATH 指向的文件不能运行。');
  }
  return findProgram(NAMES) ?? MAC_PLACES.find(isProgram) ?? null;
}

/** Without one every Chinese character is an empty box, and a picture of the page proves nothing. */
async function hasChineseFont(): Promise<boolean> {
  if (process.platform !== 'linux') return true;
  const fontList = findProgram(['fc-list']);
  if (fontList === null) return false;
  const { output } = await quietly(fontList, [':lang=zh', 'family']);
  return output.trim() !== '';
}
