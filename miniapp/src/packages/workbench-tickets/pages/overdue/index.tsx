import { View } from '@tarojs/components';
import type { OversightFilter } from '@linli/shared/tickets';
import { useState } from 'react';
import { MorePages, PageContent, SkeletonCard } from '@/components';
import { FilterBar, FilterChips, WorkbenchShell } from '@/components/staff';
import { useOverseen, useOversightCounts } from '../../api';
import { TicketsDesk } from '../../components/tickets-desk';

/** 逾期工单 of every estate under the street: the latest first, to be urged or raised. */
export default function OverdueDeskPage() {
  const [filter, setFilter] = useState<OversightFilter>('OVERDUE');
  const counts = useOversightCounts();
  const overseen = useOverseen(filter);
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
        <PageContent resource={overseen} skeleton={<SkeletonCard lines={8} />}>
          {({ items }) => (
            <TicketsDesk
              caption="逾期工单"
              rows={items}
              estateOf={({ estateName }) => estateName}
              emptyText={filter === 'OVERDUE' ? '各小区都没有逾期的投诉。' : '各小区都没有在办的投诉。'}
              foot={<MorePages more={overseen.more} />}
            />
          )}
        </PageContent>
      </View>
    </WorkbenchShell>
  );
}
