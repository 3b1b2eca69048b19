import { View } from '@tarojs/components';
import { COLLECTED } from './agreement';
import './collected-table.css';

export function CollectedTable() {
  return (
    <View>
      {COLLECTED.map((entry) => (
        <View key={entry.what} className="collected">
          <View className="t-strong">{entry.what}</View>
          <View>{entry.why}</View>
          <View className="t-second t-muted">{entry.kept}</View>
        </View>
      ))}
    </View>
  );
}
