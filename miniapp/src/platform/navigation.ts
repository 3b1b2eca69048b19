import Taro from '@tarojs/taro';

/** The bare moves; pages use `navigate` and its relatives, which know the route table. */
export function openPage(url: string): void {
  // WeChat keeps at most ten pages; the eleventh replaces the one on top.
  if (Taro.getCurrentPages().length >= 10) {
    void Taro.redirectTo({ url });
    return;
  }
  void Taro.navigateTo({ url });
}

export function replacePage(url: string): void {
  void Taro.redirectTo({ url });
}

export function openTab(url: string): void {
  void Taro.switchTab({ url });
}

/** Forgets the pages below: after signing in or out. */
export function restartAt(url: string): void {
  void Taro.reLaunch({ url });
}

/** False where there is no page to go back to. */
export function closePage(): boolean {
  if (!canClosePage()) return false;
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
