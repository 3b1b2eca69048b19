import { View } from '@tarojs/components';
import type { Page } from '@linli/shared/kernel';
import {
  type QueueFilter,
  type QueueScope,
  type TicketCounts,
  type TicketQueueQuery,
  type TicketState,
  type TicketSummary,
  TICKET_STATE_STAFF_LABELS,
} from '@linli/shared/tickets';
import { useState } from 'react';
import { Button, PageContent, SkeletonCard } from '@/components';
import { FilterBar, FilterChips } from '@/components/staff';
import { type Resource, useAction } from '@/request';
import { toast, useSession } from '@/stores';
import { queuePage, useCounts, useQueue } from '../api';
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
  const query = queryOf(scope, choice);
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
      <PageContent resource={useQueue(query)} skeleton={<SkeletonCard lines={8} />}>
        {(page) => <Rows key={JSON.stringify(query)} first={page} query={query} choice={choice} />}
      </PageContent>
    </View>
  );
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

function Rows({
  first,
  query,
  choice,
}: {
  readonly first: Page<TicketSummary>;
  readonly query: TicketQueueQuery;
  readonly choice: Choice;
}) {
  const estateId = useSession((state) => state.estateId) ?? '';
  const [more, setMore] = useState<readonly TicketSummary[]>([]);
  const [next, setNext] = useState<string | null | undefined>(undefined);
  const load = useAction((_key, after: string) => queuePage(estateId, { ...query, after }), {
    onDone: (page) => {
      setMore((items) => [...items, ...page.items]);
      setNext(page.next);
    },
    onError: ({ message }) => {
      toast(message, 'bad');
    },
  });
  const after = next === undefined ? first.next : next;
  const known = new Set(first.items.map(({ id }) => id));
  return (
    <TicketsDesk
      caption="投诉"
      rows={[...first.items, ...more.filter(({ id }) => !known.has(id))]}
      emptyText={
        choice.startsWith('STATE:')
          ? '换一个筛选看看。'
          : (EMPTY_TEXT[choice as QueueFilter] ?? '换一个筛选看看。')
      }
      foot={
        after === null ? undefined : (
          <Button kind="plain" block busy={load.busy} busyText="正在加载" onTap={() => load.run(after)}>
            看更多
          </Button>
        )
      }
    />
  );
}
