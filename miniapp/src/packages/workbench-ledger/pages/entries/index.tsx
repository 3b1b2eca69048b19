import { View } from '@tarojs/components';
import { Empty, MorePages } from '@/components';
import { WorkbenchShell } from '@/components/staff';
import { useRouteParams } from '@/navigate';
import { useEntries } from '../../api';
import { EntryTable } from '../../components/entry-table';

/** 明细账: everything that went through one account, the newest first. */
export default function AccountEntriesPage() {
  const { book, kind, subject, name = '' } = useRouteParams('ledgerEntries');
  const entries = useEntries({ book, kind, subject });
  return (
    <WorkbenchShell
      route="ledgerEntries"
      active="ledger"
      title={name}
      resource={entries}
      empty={({ items }) => (items.length === 0 ? <Empty title="这个科目还没有记账" /> : undefined)}
    >
      {({ items }) => (
        <View className="stack stack--3">
          <EntryTable entries={items} />
          <MorePages more={entries.more} />
        </View>
      )}
    </WorkbenchShell>
  );
}
