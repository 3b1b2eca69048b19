import { View } from '@tarojs/components';
import { useState } from 'react';
import { Empty, MorePages, PageContent, Tabs } from '@/components';
import { WorkbenchShell } from '@/components/staff';
import { RefundTable } from '../../components/refund-list';
import { UnmatchedTable } from '../../components/unmatched-money';
import { useRefunds, useUnmatched } from '../../money-api';

type Tab = 'unmatched' | 'refunds';

/** 退款和待核对: money that fits nothing, and money that goes back. Two people each time. */
export default function RefundsDeskPage() {
  const [tab, setTab] = useState<Tab>('unmatched');
  return (
    <WorkbenchShell route="refundsDesk" active="refunds" title="退款和待核对">
      <View className="stack stack--4">
        <Tabs
          label="退款和待核对"
          value={tab}
          onChange={setTab}
          options={[
            { value: 'unmatched', label: '待处理的钱' },
            { value: 'refunds', label: '退款' },
          ]}
        />
        {tab === 'unmatched' ? <Unmatched /> : <Refunds />}
      </View>
    </WorkbenchShell>
  );
}

function Unmatched() {
  const unmatched = useUnmatched();
  return (
    <PageContent resource={unmatched}>
      {({ quarantined, credits }) =>
        quarantined.length + credits.length === 0 ? (
          <Empty title="没有待处理的钱" text="对不上的付款和业主多付的钱会列在这里。" />
        ) : (
          <UnmatchedTable quarantined={quarantined} credits={credits} />
        )
      }
    </PageContent>
  );
}

function Refunds() {
  const refunds = useRefunds();
  return (
    <PageContent resource={refunds}>
      {({ items }) =>
        items.length === 0 ? (
          <Empty title="还没有退款" text="在“缴费情况”里打开已缴的账单，可以提出退款。" />
        ) : (
          <View className="stack stack--3">
            <RefundTable refunds={items} />
            <MorePages more={refunds.more} />
          </View>
        )
      }
    </PageContent>
  );
}
