import { View } from '@tarojs/components';
import type { Choice } from '@linli/shared/assembly';
import { Card, Check, Chip } from '@/components';
import type { DraftHandle } from '@/stores';
import { abstainedFrom, type BallotStep, candidateName, ticked } from '../model';

interface Props {
  readonly step: Extract<BallotStep, { kind: 'ELECTION' }>;
  readonly choices: DraftHandle<Readonly<Record<string, Choice>>>;
}

/** All candidates on one page: 最多选 N 人, and what too many would mean before they are too many. */
export function ElectionBallot({ step, choices }: Props) {
  const { seats, candidates } = step;
  const chosen = candidates.filter(({ id }) => choices.value[id] === 'FOR').length;
  const abstains = candidates.every(({ id }) => choices.value[id] === 'ABSTAIN');
  return (
    <Card
      title={`选举业委会委员：最多选 ${seats} 人`}
      extra={<Chip tone={chosen > seats ? 'bad' : 'brand'}>{`已选 ${chosen} 人`}</Chip>}
    >
      <View className="stack stack--3">
        <View className="t-muted">
          可以少选，不能多选；选多了整张选票作废。要户数和面积都过半数同意才能当选。
        </View>
        {candidates.map((motion) => (
          <Check
            key={motion.id}
            label={candidateName(motion)}
            on={choices.value[motion.id] === 'FOR'}
            onChange={() => {
              choices.set(ticked(choices.value, candidates, motion.id));
            }}
          >
            <View>
              <View className="t-strong">{candidateName(motion)}</View>
              <View className="t-second t-muted">{motion.text}</View>
            </View>
          </Check>
        ))}
        <Check
          label="都不选，算参加投票"
          on={abstains}
          onChange={() => {
            choices.set(abstainedFrom(choices.value, candidates));
          }}
        >
          都不选（算参加投票）
        </Check>
        {chosen > seats && (
          <View className="t-bad">{`多选了 ${chosen - seats} 人，请取消 ${chosen - seats} 人再继续`}</View>
        )}
      </View>
    </Card>
  );
}
