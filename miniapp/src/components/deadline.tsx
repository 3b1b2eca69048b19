import { Text, View } from '@tarojs/components';
import { DAY_MS, type Instant, formatInstant, formatOverdue, formatTimeLeft } from '@linli/shared/kernel';
import { Chip } from './chip';
import { useNow } from './use-now';
import './numbers.css';

export interface DeadlineProps {
  readonly at: Instant;
  /** 投票截止, 答复期限 */
  readonly what: string;
  /** For duties: what passed is overdue. For votes it is closed. */
  readonly overdueCounts?: boolean;
}

/** What is left, in days until the last day and then in hours, beside the date itself. */
export function Deadline({ at, what, overdueCounts = false }: DeadlineProps) {
  const now = useNow();
  const passed = now > at;
  const text = passed && overdueCounts ? formatOverdue(at, now) : formatTimeLeft(at, now);
  const tone = passed ? (overdueCounts ? 'bad' : 'plain') : at - now < DAY_MS ? 'urgent' : 'brand';
  return (
    <View className="deadline">
      <Chip tone={tone} icon="clock">
        {text}
      </Chip>
      <Text className="deadline__at">{`${what} ${formatInstant(at, now)}`}</Text>
    </View>
  );
}
