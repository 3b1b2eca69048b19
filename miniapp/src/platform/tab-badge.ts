import Taro from '@tarojs/taro';

/** The number on a tab; none where it is 0. Silently nothing where no tab bar is shown. */
export function setTabBadge(index: number, count: number): void {
  const done =
    count > 0
      ? Taro.setTabBarBadge({ index, text: count > 99 ? '99+' : String(count) })
      : Taro.removeTabBarBadge({ index });
  Promise.resolve(done).catch(() => undefined);
}
