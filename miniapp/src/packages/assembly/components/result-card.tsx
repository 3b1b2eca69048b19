import { Text, View } from '@tarojs/components';
import { type CountedAs, COUNTED_AS, type DoubleCount, type MotionResult } from '@linli/shared/assembly';
import { formatPercent, formatSqm } from '@linli/shared/kernel';
import { Card, Chip, DoubleBar, Fact } from '@/components';
import { barsOf } from '@/components/measure-bars';
import './result-card.css';

const OUTCOMES = {
  PASSED: ['good', '通过'],
  REJECTED: ['bad', '未通过'],
  NO_QUORUM: ['bad', '未达法定人数'],
  NOT_VOTED: ['plain', '未表决'],
} as const;

/** The result of one motion: the sentence, the double bars, then the details. */
export function ResultCard({
  result,
  position,
}: {
  readonly result: MotionResult;
  readonly position: number;
}) {
  const { outcome, explanation, decisionNumber } = result;
  const [tone, word] = OUTCOMES[outcome];
  return (
    <Card>
      <View className="stack stack--3">
        <View className="row row--between row--top">
          <View className="t-title grow">{`${position}. ${result.title}`}</View>
          <Chip tone={tone}>{word}</Chip>
        </View>
        <View className="t-strong">{explanation.headline}</View>
        {explanation.sentences.map((sentence) => (
          <View key={sentence}>{sentence}</View>
        ))}
        {decisionNumber !== null && <Fact label="决定编号">{decisionNumber}</Fact>}
        {explanation.turnout !== null && (
          <View className="stack stack--2">
            <View className="t-strong">参与表决</View>
            <DoubleBar {...barsOf(explanation.turnout)} />
          </View>
        )}
        {explanation.approval !== null && outcome !== 'NO_QUORUM' && (
          <View className="stack stack--2">
            <View className="t-strong">同意（占参与表决的）</View>
            <DoubleBar {...barsOf(explanation.approval)} />
          </View>
        )}
        {outcome !== 'NOT_VOTED' && <Breakdown result={result} />}
      </View>
    </Card>
  );
}

const COUNTED_WORDS: Readonly<Record<CountedAs, string>> = {
  FOR: '同意',
  AGAINST: '反对',
  ABSTAIN: '弃权',
  BLANK: '未选',
  INVALID: '无效（多选，或共有人意见不一）',
  SPLIT: '多套房选择不同',
};

function Breakdown({ result }: { readonly result: MotionResult }) {
  const { breakdown, participating, rejectedBallots } = result;
  const rejected = Object.values(rejectedBallots).reduce((sum, count) => sum + count, 0);
  return (
    <View className="stack stack--1">
      {COUNTED_AS.map((as) => {
        const count = breakdown[as];
        return count === undefined ? null : (
          <View key={as} className="row row--between row--top">
            <Text className="t-nowrap">{COUNTED_WORDS[as]}</Text>
            <View className="t-second t-right">
              {shares(count, participating).map((share) => (
                <View key={share} className="t-whole result-share">
                  {share}
                </View>
              ))}
            </View>
          </View>
        );
      })}
      {rejected > 0 && <View className="t-second t-muted">{`另有 ${rejected} 张票按规定没有计入`}</View>}
    </View>
  );
}

/** 329 户 70.4%, and 35,346.21 ㎡ 71.1%: each stays in one line. */
function shares({ heads, areaCentiSqm }: DoubleCount, all: DoubleCount): readonly string[] {
  return [
    `${heads} 户 ${formatPercent(heads, all.heads, 1)}`,
    `${formatSqm(areaCentiSqm)} ${formatPercent(areaCentiSqm, all.areaCentiSqm, 1)}`,
  ];
}
