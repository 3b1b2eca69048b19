import { Text, View } from '@tarojs/components';
import type { Measure, PetitionProgress } from '@linli/shared/assembly';
import { formatSqm } from '@linli/shared/kernel';
import { spoken } from '@/platform';
import '@/components/double-bar.css';

/** How many have signed: heads, and area only where the region asks for it. */
export function SignedBar({ progress: { heads, area } }: { readonly progress: PetitionProgress }) {
  return (
    <View className="stack stack--3">
      <Bar label="户数" measure={heads} words={(n) => `${n} 户`} />
      {area !== null && <Bar label="面积" measure={area} words={formatSqm} />}
    </View>
  );
}

function Bar({
  label,
  measure,
  words,
}: {
  readonly label: string;
  readonly measure: Measure;
  readonly words: (value: number) => string;
}) {
  const share = measure.needed > 0 ? Math.min(100, Math.floor((measure.have * 100) / measure.needed)) : 0;
  const text = `已签 ${words(measure.have)}，要 ${words(measure.needed)}`;
  return (
    <View className="double-bar" {...spoken({ role: 'img', label: `${label}：${text}` })}>
      <View className="row row--between double-bar__head">
        <View className="t-strong">{label}</View>
        <View className="t-second">
          <Text className="t-whole">{`已签 ${words(measure.have)}，`}</Text>
          <Text className="t-whole">{`要 ${words(measure.needed)}`}</Text>
        </View>
      </View>
      <View className="double-bar__track">
        <View
          className={measure.reached ? 'double-bar__fill double-bar__fill--reached' : 'double-bar__fill'}
          style={{ width: `${share}%` }}
        />
      </View>
    </View>
  );
}
