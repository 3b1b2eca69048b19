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
import { MorePages, type Option, PageContent, Picker, SkeletonCard } from '@/components';
import { type Filter, FilterBar, FilterChips } from '@/components/staff';
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
  const known = counts.status === 'ready' && scope === 'OURS' ? counts.data : null;
  const queue = useQueue(queryOf(scope, choice));
  return (
    <View className="stack stack--4">
      <FilterBar>
        {scopes.length > 1 && <FilterChips label="范围" value={scope} options={scopes} onChange={setScope} />}
        <FilterChips<Choice> label="筛选" value={choice} options={optionsOf(known)} onChange={setChoice} />
        <View className="tickets-desk__state">
          <Picker<Choice>
            label="按进展看"
            placeholder="按进展看"
            value={choice.startsWith('STATE:') ? choice : null}
            options={stateOptions(known)}
            onChange={setChoice}
          />
        </View>
      </FilterBar>
      <PageContent resource={queue} skeleton={<SkeletonCard lines={8} />}>
        {({ items }) => (
          <TicketsDesk
            caption="投诉"
            ours={scope === 'OURS'}
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

function optionsOf(known: TicketCounts | null): Filter<Choice>['options'] {
  const one = (value: QueueFilter, label: string, count?: number) => ({
    value,
    label,
    ...(count === undefined ? {} : { count }),
  });
  return [
    one('OPEN', '全部在办', known?.open),
    one('MINE', '我的', known?.mine),
    one('UNASSIGNED', '没派人', known?.unassigned),
    one('DUE_TODAY', '今天到期', known?.dueToday),
    one('OVERDUE', '逾期', known?.overdue),
    one('ENDED', '已办结'),
  ];
}

/** Too many for chips. */
function stateOptions(known: TicketCounts | null): Option<Choice>[] {
  const states = Object.entries(TICKET_STATE_STAFF_LABELS) as [TicketState, string][];
  return states.map(([state, label]) => {
    const count = known?.byState[state];
    return { value: `STATE:${state}`, label: count === undefined ? label : `${label}（${count}）` };
  });
}
