import { View } from '@tarojs/components';
import type { Page } from '@linli/shared/kernel';
import type { OversightFilter, OversightTicket } from '@linli/shared/tickets';
import { useState } from 'react';
import { Button, PageContent, SkeletonCard } from '@/components';
import { FilterBar, FilterChips, WorkbenchShell } from '@/components/staff';
import { useAction } from '@/request';
import { toast } from '@/stores';
import { overseenPage, useOverseen, useOversightCounts } from '../../api';
import { TicketsDesk } from '../../components/tickets-desk';

/** 逾期工单 of every estate under the street: the latest first, to be urged or raised. */
export default function OverdueDeskPage() {
  const [filter, setFilter] = useState<OversightFilter>('OVERDUE');
  const counts = useOversightCounts();
  const count = (key: 'overdue' | 'open') => (counts.status === 'ready' ? { count: counts.data[key] } : {});
  return (
    <WorkbenchShell route="overdueDesk" active="overdue" title="逾期工单">
      <View className="stack stack--4">
        <FilterBar>
          <FilterChips<OversightFilter>
            label="筛选"
            value={filter}
            onChange={setFilter}
            options={[
              { value: 'OVERDUE', label: '逾期', ...count('overdue') },
              { value: 'OPEN', label: '全部在办', ...count('open') },
            ]}
          />
        </FilterBar>
        <PageContent resource={useOverseen(filter)} skeleton={<SkeletonCard lines={8} />}>
          {(page) => <Rows key={filter} first={page} filter={filter} />}
        </PageContent>
      </View>
    </WorkbenchShell>
  );
}

function Rows({
  first,
  filter,
}: {
  readonly first: Page<OversightTicket>;
  readonly filter: OversightFilter;
}) {
  const [more, setMore] = useState<readonly OversightTicket[]>([]);
  const [next, setNext] = useState<string | null | undefined>(undefined);
  const load = useAction((_key, after: string) => overseenPage(filter, after), {
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
      caption="逾期工单"
      rows={[...first.items, ...more.filter(({ id }) => !known.has(id))]}
      estateOf={({ estateName }) => estateName}
      emptyText={filter === 'OVERDUE' ? '各小区都没有逾期的投诉。' : '各小区都没有在办的投诉。'}
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
