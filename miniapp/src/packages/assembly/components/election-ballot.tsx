import { View } from '@tarojs/components';
import { candidateName, type Choice } from '@linli/shared/assembly';
import type { ReactNode } from 'react';
import { Card, Chip, classNames, Icon, Tap } from '@/components';
import type { DraftHandle } from '@/stores';
import { abstainedFrom, type BallotStep, ticked } from '../model';

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
    <View className="stack stack--3">
      <Card
        title={`最多选 ${seats} 人`}
        extra={<Chip tone={chosen > seats ? 'bad' : 'brand'}>{`已选 ${chosen} 人`}</Chip>}
      >
        选举业委会委员。可以少选，不能多选：选多了这一选举作废，其他议题不受影响。参加投票的业主里，户数和面积都过半数同意才能当选。
      </Card>
      {candidates.map((motion) => (
        <Row
          key={motion.id}
          on={choices.value[motion.id] === 'FOR'}
          name={candidateName(motion)}
          onTap={() => {
            choices.set(ticked(choices.value, candidates, motion.id));
          }}
        >
          {motion.text}
        </Row>
      ))}
      <Row
        on={abstains}
        name="都不选"
        onTap={() => {
          choices.set(abstainedFrom(choices.value, candidates));
        }}
      >
        算参加投票，不同意任何一名候选人
      </Row>
      {chosen > seats && (
        <View className="t-bad t-strong">{`多选了 ${chosen - seats} 人，请取消 ${chosen - seats} 人再继续`}</View>
      )}
    </View>
  );
}

interface RowProps {
  readonly on: boolean;
  readonly name: string;
  readonly children: ReactNode;
  readonly onTap: () => void;
}

/** The whole row is the target, as with the other choices of a ballot. */
function Row({ on, name, children, onTap }: RowProps) {
  return (
    <Tap
      role="checkbox"
      selected={on}
      className={classNames('ballot-choice', on && 'ballot-choice--on')}
      label={`${name}${on ? '，已选中' : ''}`}
      onTap={onTap}
    >
      <View className="ballot-choice__box">{on && <Icon name="check" size="small" />}</View>
      <View className="ballot-choice__word">
        <View>{name}</View>
        <View className="t-second t-muted ballot-choice__why">{children}</View>
      </View>
    </Tap>
  );
}
