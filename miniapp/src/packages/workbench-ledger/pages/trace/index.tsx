import { View } from '@tarojs/components';
import { Empty } from '@/components';
import { WorkbenchShell } from '@/components/staff';
import { navigate, useRouteParams } from '@/navigate';
import { useTrace } from '../../api';
import { EntryTable } from '../../components/entry-table';

/** 记账凭证: everything that was booked for one bill, payment or document, the oldest first. */
export default function TracePage() {
  const { kind, id } = useRouteParams('ledgerTrace');
  const trace = useTrace(kind, id);
  if (trace.status === 'error' && trace.error.status === 404)
    return (
      <WorkbenchShell route="ledgerTrace" active="ledger" title="记账凭证">
        <Empty
          title="没有找到凭证"
          text="请核对订单号。没付过钱的订单不记账。"
          next={{
            label: '回总账',
            onTap: () => {
              navigate('ledgerDesk');
            },
          }}
        />
      </WorkbenchShell>
    );
  return (
    <WorkbenchShell route="ledgerTrace" active="ledger" title="记账凭证" resource={trace}>
      {({ items }) => (
        <View className="stack stack--3">
          <EntryTable entries={items} opens={false} />
          {kind === 'BILL' && (
            <View className="t-second t-muted">从开出账单到现在，和这张账单有关的每一笔。</View>
          )}
        </View>
      )}
    </WorkbenchShell>
  );
}
