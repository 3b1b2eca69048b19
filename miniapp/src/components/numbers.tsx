import { Text, View } from '@tarojs/components';
import {
  type Fen,
  type Instant,
  formatAgo,
  formatInstant,
  formatYuan,
  yuanParts,
} from '@linli/shared/kernel';
import { spoken } from '@/platform';
import { classNames } from './class-names';
import { useNow } from './use-now';
import './numbers.css';

export interface MoneyProps {
  readonly fen: Fen;
  readonly size?: 'inherit' | 'title' | 'money';
  /** In the colour of money; otherwise in that of the text. */
  readonly coloured?: boolean;
}

/** ¥1,234.56 with the fen smaller. */
export function Money({ fen, size = 'inherit', coloured = false }: MoneyProps) {
  const { sign, yuan, fen: cents } = yuanParts(fen);
  return (
    <Text
      className={classNames('money', size !== 'inherit' && `money--${size}`, coloured && 'money--coloured')}
      {...spoken({ label: formatYuan(fen) })}
    >
      <Text>{`${sign}¥${yuan}`}</Text>
      <Text className="money__fen">{`.${cents}`}</Text>
    </Text>
  );
}

/** 11月21日 周六 20:00; with `ago` the relative time beside it, never alone. */
export function InstantText({ at, ago = false }: { readonly at: Instant; readonly ago?: boolean }) {
  const now = useNow();
  return (
    <Text>
      <Text className="t-whole">{formatInstant(at, now)}</Text>
      {ago && <Text className="t-whole">{`（${formatAgo(at, now)}）`}</Text>}
    </Text>
  );
}

/** A label and its value in one row: 面积 89.37 ㎡. */
export function Fact({ label, children }: { readonly label: string; readonly children: React.ReactNode }) {
  return (
    <View className="fact">
      <Text className="fact__label">{label}</Text>
      <View className="fact__value">{children}</View>
    </View>
  );
}
