import { View } from '@tarojs/components';
import type { Page } from '@linli/shared/kernel';
import type { TicketSummary } from '@linli/shared/tickets';
import { useState } from 'react';
import { Button, Empty, MorePages, PageContent, PageShell, Tabs } from '@/components';
import { navigate, useRouteParams } from '@/navigate';
import type { Pages } from '@/request';
import { useMyTickets, useNeighbourTickets } from '../../api';
import { ComplaintCard } from '../../components/complaint-card';

type Tab = 'mine' | 'neighbours';

const TABS: readonly { readonly value: Tab; readonly label: string }[] = [
  { value: 'mine', label: '我的投诉' },
  { value: 'neighbours', label: '小区的投诉' },
];

const complain = () => {
  navigate('complain');
};

/** One's own complaints: on whom each waits and until when. Beside them what neighbours have reported. */
export default function ComplaintsPage() {
  const params = useRouteParams('complaints');
  const [tab, setTab] = useState<Tab>(params.tab === 'neighbours' ? 'neighbours' : 'mine');
  return (
    <PageShell
      route="complaints"
      foot={
        <Button block icon="plus" onTap={complain}>
          我要投诉
        </Button>
      }
    >
      <View className="stack stack--4">
        <Tabs label="看哪些投诉" value={tab} options={TABS} onChange={setTab} />
        {tab === 'mine' ? <Mine /> : <Neighbours />}
      </View>
    </PageShell>
  );
}

function Mine() {
  return (
    <Complaints
      list={useMyTickets()}
      emptyTitle="您还没有投诉过"
      emptyText="遇到问题点下面的“我要投诉”，能看到谁负责、什么时候办完。"
    />
  );
}

function Neighbours() {
  return (
    <Complaints
      list={useNeighbourTickets()}
      emptyTitle="小区还没有投诉"
      emptyText="邻居反映的问题会列在这里，看不到是谁反映的。"
    />
  );
}

function Complaints({
  list,
  emptyTitle,
  emptyText,
}: {
  readonly list: Pages<Page<TicketSummary>>;
  readonly emptyTitle: string;
  readonly emptyText: string;
}) {
  return (
    <PageContent
      resource={list}
      empty={({ items }) => (items.length > 0 ? null : <Empty title={emptyTitle} text={emptyText} />)}
    >
      {({ items }) => (
        <View className="stack stack--3">
          {items.map((ticket) => (
            <ComplaintCard key={ticket.id} ticket={ticket} />
          ))}
          <MorePages more={list.more} />
        </View>
      )}
    </PageContent>
  );
}
