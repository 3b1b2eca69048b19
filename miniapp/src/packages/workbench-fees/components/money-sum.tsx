import { View } from '@tarojs/components';
import { Money } from '@/components';
import './fees-desk.css';

/** One sum of a row of them. */
export function MoneySum({
  label,
  fen,
  coloured = false,
}: {
  readonly label: string;
  readonly fen: number;
  readonly coloured?: boolean;
}) {
  return (
    <View className="fee-sums__item">
      <View className="t-second t-muted">{label}</View>
      <Money fen={fen} size="title" coloured={coloured} />
    </View>
  );
}
