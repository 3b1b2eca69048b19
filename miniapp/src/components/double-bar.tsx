import { Text, View } from '@tarojs/components';
import { type Fraction, formatPercent } from '@linli/shared/kernel';
import { spoken } from '@/platform';
import { classNames } from './class-names';
import './double-bar.css';

export interface CountBar {
  /** 户数, 面积 */
  readonly label: string;
  readonly value: number;
  readonly whole: number;
  readonly threshold: Fraction;
  /** 329 / 557 户 */
  readonly text: string;
  /** 还差 43 户; null once it is reached, and said in words then. */
  readonly missing: string | null;
  /** 已达到三分之二 */
  readonly reached: string;
}

/**
 * Both counts of an assembly, each with its threshold as a tick and what is missing in words. The same piece shows
 * turnout and result.
 */
export function DoubleBar({ heads, area }: { readonly heads: CountBar; readonly area: CountBar }) {
  return (
    <View className="stack stack--4">
      <OneBar bar={heads} />
      <OneBar bar={area} />
    </View>
  );
}

function OneBar({ bar }: { readonly bar: CountBar }) {
  const [numerator, denominator] = bar.threshold;
  const share = bar.whole > 0 ? Math.min(100, Math.floor((bar.value * 1000) / bar.whole) / 10) : 0;
  const percent = formatPercent(bar.value, bar.whole, 1);
  const outcome = bar.missing ?? bar.reached;
  return (
    <View
      className="double-bar"
      {...spoken({
        role: 'img',
        label: `${bar.label}：${bar.text}，${percent}，门槛 ${numerator}/${denominator}，${outcome}`,
      })}
    >
      <View className="row row--between double-bar__head">
        <Text className="t-strong">{bar.label}</Text>
        <View className="t-second">
          <Text className="t-whole">{bar.text}</Text>
          <Text className="t-whole double-bar__share">{percent}</Text>
        </View>
      </View>
      <View className="double-bar__track">
        <View
          className={classNames('double-bar__fill', bar.missing === null && 'double-bar__fill--reached')}
          style={{ width: `${share}%` }}
        />
        <View className="double-bar__tick" style={{ left: `${(numerator * 100) / denominator}%` }} />
      </View>
      <View className="row row--between row--top">
        <Text className={classNames('t-second', bar.missing === null ? 't-good' : 't-urgent')}>
          {outcome}
        </Text>
        <Text className="t-caption t-muted t-nowrap double-bar__threshold">{`竖线为 ${numerator}/${denominator}`}</Text>
      </View>
    </View>
  );
}
