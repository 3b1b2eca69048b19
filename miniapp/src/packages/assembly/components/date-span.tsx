import { Text, View } from '@tarojs/components';
import { formatFullDate } from '@linli/shared/kernel';

/** From one day to another; where both do not fit a line, each has its own. */
export function DateSpan({ from, to }: { readonly from: string; readonly to: string }) {
  return (
    <View>
      <Text className="t-nowrap">{`${formatFullDate(from)} 到`}</Text>
      <Text> </Text>
      <Text className="t-nowrap">{formatFullDate(to)}</Text>
    </View>
  );
}
