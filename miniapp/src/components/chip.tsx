import { Text, View } from '@tarojs/components';
import { classNames } from './class-names';
import { Icon, type IconName } from './icon';
import './chip.css';

export type Tone = 'plain' | 'brand' | 'good' | 'bad' | 'urgent' | 'info';

export interface ChipProps {
  readonly children: string;
  readonly tone?: Tone;
  readonly icon?: IconName;
}

/** A state in a word; the colour only repeats it. */
export function Chip({ children, tone = 'plain', icon }: ChipProps) {
  return (
    <View className={classNames('chip', `chip--${tone}`)}>
      {icon !== undefined && <Icon name={icon} size="small" />}
      <Text className="chip__text">{children}</Text>
    </View>
  );
}

/** Whether a required item is posted, and for how many days it is or is missing. */
export type PostingState =
  | { readonly status: 'POSTED'; readonly days: number }
  | { readonly status: 'OVERDUE'; readonly days: number }
  | { readonly status: 'MISSING' };

/** 已公示 3 天 / 逾期 12 天 / 未公示, with whose duty it is. */
export function PostingChip({
  state,
  duty,
}: {
  readonly state: PostingState;
  readonly duty?: string | undefined;
}) {
  return (
    <View className="posting">
      <PostingStateChip state={state} />
      {duty !== undefined && state.status !== 'POSTED' && (
        <Text className="posting__duty">应由{duty}公示</Text>
      )}
    </View>
  );
}

function PostingStateChip({ state }: { readonly state: PostingState }) {
  if (state.status === 'MISSING') {
    return (
      <Chip tone="bad" icon="alert">
        未公示
      </Chip>
    );
  }
  if (state.status === 'OVERDUE') return <Chip tone="urgent" icon="clock">{`逾期 ${state.days} 天`}</Chip>;
  return (
    <Chip tone="good" icon="check">
      {state.days === 0 ? '今天公示' : `已公示 ${state.days} 天`}
    </Chip>
  );
}
