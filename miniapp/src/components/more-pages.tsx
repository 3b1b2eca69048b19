import { View } from '@tarojs/components';
import { spoken, usePageEnd } from '@/platform';
import type { NextPage } from '@/request/use-pages';
import { Button } from './button';

/**
 * Under a list: the following page comes when the person gets to the end of the screen, or with the button. One that
 * fails leaves what is there and waits to be asked for again.
 */
export function MorePages({ more }: { readonly more: NextPage }) {
  usePageEnd(() => {
    if (more.error === null) void more.load();
  });
  if (!more.left) return more.several ? <View className="t-center t-second t-muted">没有更多了</View> : null;
  return (
    <View className="stack stack--2 no-print">
      {more.error !== null && (
        <View className="t-second t-bad" {...spoken({ role: 'alert' })}>
          {`后面的没有加载出来：${more.error.message}`}
        </View>
      )}
      <Button kind="plain" block busy={more.busy} busyText="正在加载…" onTap={more.load}>
        {more.error === null ? '加载更多' : '重试'}
      </Button>
    </View>
  );
}
