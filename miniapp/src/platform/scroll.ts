import Taro, { useReachBottom } from '@tarojs/taro';

/** Back to the top of the page on top, at once: what is shown there is new. */
export function scrollToTop(): void {
  void Taro.pageScrollTo({ scrollTop: 0, duration: 0 });
}

/** Runs when the person comes to the end of the page. */
export function usePageEnd(onEnd: () => void): void {
  useReachBottom(onEnd);
}
