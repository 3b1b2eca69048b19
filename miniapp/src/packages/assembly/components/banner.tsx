import { View } from '@tarojs/components';
import { Icon } from '@/components';
import { spoken } from '@/platform';
import './banner.css';

/** On every screen of a vote that does not bind, and where a demonstration is not what the real thing would be. */
export function AdvisoryBanner({ text }: { readonly text: string | null }) {
  if (text === null) return null;
  return (
    <View className="advisory" {...spoken({ role: 'status' })}>
      <Icon name="info" size="small" />
      <View className="advisory__text">{text}</View>
    </View>
  );
}
