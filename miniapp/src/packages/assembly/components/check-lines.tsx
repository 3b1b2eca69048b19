import { View } from '@tarojs/components';
import { Icon } from '@/components';
import './check-lines.css';

/** How a thing was found to be, and by whom: this phone's own sums, or the server's word. */
export interface CheckLine {
  readonly what: string;
  readonly found: 'YES' | 'NO' | 'NOT_CHECKED';
  readonly words: string;
}

const ICONS = { YES: 'check', NO: 'close', NOT_CHECKED: 'info' } as const;

export function CheckLines({ lines }: { readonly lines: readonly CheckLine[] }) {
  return (
    <View className="stack stack--2">
      {lines.map(({ what, found, words }) => (
        <View key={what} className={`check-line check-line--${found.toLowerCase()}`}>
          <Icon name={ICONS[found]} size="small" />
          <View className="grow">
            <View className="t-strong">{what}</View>
            <View className="t-second t-muted">{words}</View>
          </View>
        </View>
      ))}
    </View>
  );
}
