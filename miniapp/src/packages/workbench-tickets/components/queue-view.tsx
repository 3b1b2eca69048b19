import { View } from '@tarojs/components';
import {
  type QueueFilter,
  type QueueScope,
  type TicketCounts,
  type TicketQueueQuery,
  type TicketState,
  TICKET_STATE_STAFF_LABELS,
} from '@linli/shared/tickets';
import { useState } from 'react';
import { MorePages, PageContent, SkeletonCard } from '@/components';
import { FilterBar, FilterChips } from '@/components/staff';
import type { Resource } from '@/request';
import { useCounts, useQueue } from '../api';
import { TicketsDesk } from './tickets-desk';

/** A filter by duty or by state; the two exclude each other. */
type Choice = QueueFilter | `STATE:${TicketState}`;

const EMPTY_TEXT: Readonly<Partial<Record<QueueFilter, string>>> = {
  OPEN: '没有要办的投诉。',
  MINE: '没有派给您的投诉。',
  UNASSIGNED: '都已经派给人了。',
  DUE_TODAY: '今天没有到期的。',
  OVERDUE: '没有逾期的，继续保持。',
};

/** The queue with its filters and their counts. */
export function QueueView({ scopes }: { readonly scopes: readonly { value: QueueScope; label: string }[] }) {
  const [scope, setScope] = useState<QueueScope>(scopes[0]?.value ?? 'OURS');
  const [choice, setChoice] = useState<Choice>('OPEN');
  const counts = useCounts();
  const queue = useQueue(queryOf(scope, choice));
  return (
    <View className="stack stack--4">
      <FilterBar>
        {scopes.length > 1 && <FilterChips label="范围" value={scope} options={scopes} onChange={setScope} />}
        <FilterChips<Choice>
          label="筛选"
          value={choice}
          options={optionsOf(counts, scope)}
          onChange={setChoice}
        />
      </FilterBar>
      <PageContent resource={queue} skeleton={<SkeletonCard lines={8} />}>
        {({ items }) => (
          <TicketsDesk
            caption="投诉"
            rows={items}
            emptyText={emptyTextOf(choice)}
            foot={<MorePages more={queue.more} />}
          />
        )}
      </PageContent>
    </View>
  );
}

function emptyTextOf(choice: Choice): string {
  const text = choice.startsWith('STATE:') ? undefined : EMPTY_TEXT[choice as QueueFilter];
  return text ?? '换一个筛选看看。';
}

function queryOf(scope: QueueScope, choice: Choice): TicketQueueQuery {
  return choice.startsWith('STATE:')
    ? { scope, state: choice.slice('STATE:'.length) as TicketState }
    : { scope, filter: choice as QueueFilter };
}

function optionsOf(counts: Resource<TicketCounts>, scope: QueueScope) {
  const known = counts.status === 'ready' && scope === 'OURS' ? counts.data : null;
  const one = (value: Choice, label: string, count: number | undefined) => ({
    value,
    label,
    ...(count === undefined ? {} : { count }),
  });
  const states = Object.entries(known?.byState ?? {}) as [TicketState, number][];
  return [
    one('OPEN', '全部在办', known?.open),
    one('MINE', '我的', known?.mine),
    one('UNASSIGNED', '没派人', known?.unassigned),
    one('DUE_TODAY', '今天到期', known?.dueToday),
    one('OVERDUE', '逾期', known?.overdue),
    ...states.map(([state, count]) => one(`STATE:${state}`, TICKET_STATE_STAFF_LABELS[state], count)),
    one('ENDED', '已办结', undefined),
  ];
}
