import { View } from '@tarojs/components';
import {
  type AskedStep,
  candidateName,
  type Mark,
  type PaperReturnDetail,
  spoiledElections,
  spoiledWords,
} from '@linli/shared/assembly';
import { Check } from '@/components';
import { FilterChips } from '@/components/staff';
import { electionHeading, ticked } from '../paper-marks';

type Motion = PaperReturnDetail['motions'][number];
type Marks = Readonly<Record<string, Mark>>;
type Whole = Extract<Mark, 'ABSTAIN' | 'BLANK' | 'INVALID'>;

interface Props {
  readonly step: Extract<AskedStep<Motion>, { kind: 'ELECTION' }>;
  readonly place: number;
  readonly marks: Marks;
  readonly onChange: (marks: Marks) => void;
}

/** Where no name is ticked, the paper still says something. */
const WHOLE: readonly { readonly value: Whole; readonly label: string }[] = [
  { value: 'ABSTAIN', label: '勾了“都不选”' },
  { value: 'BLANK', label: '没有填' },
  { value: 'INVALID', label: '涂改看不清' },
];

/** All candidates of an election: who is ticked on the paper, and at once what too many ticks mean. */
export function PaperElection({ step, place, marks, onChange }: Props) {
  const { candidates } = step;
  const heading = electionHeading(step, place);
  const [spoiled] = spoiledElections(marks, candidates);
  const whole = WHOLE.find(({ value }) => candidates.every(({ id }) => marks[id] === value));
  return (
    <View className="stack stack--2 paper-motion">
      <View className="t-strong">{heading}</View>
      {candidates.map((candidate) => {
        const name = candidateName(candidate);
        const on = marks[candidate.id] === 'FOR';
        return (
          <Check
            key={candidate.id}
            label={`${name} 勾了`}
            on={on}
            onChange={() => {
              onChange(ticked(marks, candidates, candidate.id, !on));
            }}
          >
            {name}
          </Check>
        );
      })}
      <FilterChips<Whole | 'NONE'>
        label={`${heading}，一个人也没有勾`}
        value={whole?.value ?? 'NONE'}
        options={WHOLE}
        onChange={(value) => {
          if (value === 'NONE') return;
          onChange({ ...marks, ...Object.fromEntries(candidates.map(({ id }) => [id, value] as const)) });
        }}
      />
      {spoiled !== undefined && (
        <View className="t-bad t-strong">{`${spoiledWords(spoiled)}，照样录入`}</View>
      )}
    </View>
  );
}
