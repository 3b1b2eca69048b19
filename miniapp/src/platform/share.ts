import { useShareAppMessage } from '@tarojs/taro';

/** What a friend gets when the page is shared from WeChat's menu; nothing happens in a browser. */
export function useShare(title: string, url: string): void {
  useShareAppMessage(() => ({ title, path: url }));
}
