import { View } from '@tarojs/components';
import { MATTERS, type MotionDetail } from '@linli/shared/assembly';
import { formatYuan } from '@linli/shared/kernel';
import { Chip, Fact } from '@/components';
import { scopeWords } from '../model';

/** What a motion is by law: its class, the matter, who votes, how much it may cost. */
export function MotionFacts({ motion }: { readonly motion: MotionDetail }) {
  const matter = MATTERS.find(({ number }) => number === motion.matter);
  const scope = scopeWords(motion);
  return (
    <View className="stack stack--2">
      <View className="row">
        <Chip tone={motion.voteClass === 'SPECIAL' ? 'urgent' : 'brand'}>{motion.voteClassLabel}</Chip>
      </View>
      <View className="t-second t-muted">{`属于：${matter?.text ?? ''}`}</View>
      {motion.amountLimitFen !== null && <Fact label="最多支出">{formatYuan(motion.amountLimitFen)}</Fact>}
      {scope !== null && <View className="t-second t-muted">{scope}</View>}
    </View>
  );
}
