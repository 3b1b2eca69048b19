import Taro from '@tarojs/taro';
import { isServed, pageCode } from './browser/page-code';

/** What the person is told about a page that does not open at once. */
export interface MoveListener {
  /** Its code is still on its way. */
  readonly onSlow: () => void;
  /** Its code has not come; the page before is still there. */
  readonly onLost: () => void;
}

/** Shorter waits nobody notices. */
const SLOW_MS = 800;

let listener: MoveListener | null = null;
/** Counts the moves: only the last one is where the person wants to be. */
let moves = 0;

export function onMoves(told: MoveListener): void {
  listener = told;
}

/** The bare moves; pages use `navigate` and its relatives, which know the route table. */
export function openPage(url: string): void {
  withCode(url, () => {
    // WeChat keeps at most ten pages; the eleventh replaces the one on top.
    if (Taro.getCurrentPages().length >= 10) void Taro.redirectTo({ url });
    else void Taro.navigateTo({ url });
  });
}

export function replacePage(url: string): void {
  withCode(url, () => {
    void Taro.redirectTo({ url });
  });
}

export function openTab(url: string): void {
  withCode(url, () => {
    void Taro.switchTab({ url });
  });
}

/** Forgets the pages below: after signing in or out. */
export function restartAt(url: string): void {
  withCode(url, () => {
    void Taro.reLaunch({ url });
  });
}

/**
 * Taro's router on H5 changes the address first and fetches the page's code then: whoever goes back in between gets
 * the page all the same, without its parameters, and without a network nothing happens at all. So the code comes
 * first; a move that another one has overtaken, or that the browser's own back has, is not made.
 */
function withCode(url: string, move: () => void): void {
  if (process.env.TARO_ENV === 'h5') {
    moves += 1;
    const turn = moves;
    const code = pageCode(url);
    if (code === null) {
      move();
      return;
    }
    const from = window.location.href;
    const isWanted = () => turn === moves && window.location.href === from;
    const slow = setTimeout(() => {
      if (isWanted()) listener?.onSlow();
    }, SLOW_MS);
    const arrive = () => {
      clearTimeout(slow);
      if (isWanted()) move();
    };
    const lose = async () => {
      clearTimeout(slow);
      // The server has a newer app, and the files of this one are gone: the page opens there.
      const served = await isServed(url);
      if (!isWanted()) return;
      if (served) window.location.assign(url);
      else listener?.onLost();
    };
    void code.then(arrive, lose);
  } else {
    move();
  }
}

/** False where there is no page to go back to. */
export function closePage(): boolean {
  if (!canClosePage()) return false;
  // Whatever was still on its way is not wanted any more.
  moves += 1;
  void Taro.navigateBack();
  return true;
}

export function canClosePage(): boolean {
  return Taro.getCurrentPages().length > 1;
}

/** '/packages/…/index?ticketId=1' of the page on top. */
export function currentUrl(): string {
  const page = Taro.getCurrentInstance().router;
  if (page === null) return '/';
  const query = Object.entries(page.params)
    .filter(([key, value]) => key !== 'stamp' && key !== '$taroTimestamp' && value !== undefined)
    .map(([key, value]) => `${key}=${value}`)
    .join('&');
  const path = page.path.replace(/\?.*$/, '').replace(/^\/?/, '/');
  return query === '' ? path : `${path}?${query}`;
}

/** Fetches the app anew, at the address that is shown. */
export function reloadApp(): void {
  if (process.env.TARO_ENV === 'h5') window.location.reload();
}
