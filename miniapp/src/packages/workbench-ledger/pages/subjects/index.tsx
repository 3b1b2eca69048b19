import { View } from '@tarojs/components';
import { formatYuan } from '@linli/shared/kernel';
import type { SubjectBalance } from '@linli/shared/ledger';
import { Empty, Money, MorePages } from '@/components';
import { type Column, DataTable, WorkbenchShell } from '@/components/staff';
import { navigate, useRouteParams } from '@/navigate';
import { useSubjects } from '../../api';

/** 分户明细: the homes or categories of one account. */
export default function SubjectsPage() {
  const { book = '', kind = '', name = '' } = useRouteParams('ledgerSubjects');
  const subjects = useSubjects({ book, kind });
  if (subjects.status === 'error' && subjects.error.status === 403)
    return (
      <WorkbenchShell route="ledgerSubjects" active="ledger" title={name}>
        <Empty title="不分户显示" text="哪一户欠多少、存多少，只有物业和住户自己能看。合计在总账里。" />
      </WorkbenchShell>
    );
  return (
    <WorkbenchShell
      route="ledgerSubjects"
      active="ledger"
      title={name}
      resource={subjects}
      empty={({ items }) => (items.length === 0 ? <Empty title="这个科目还没有记账" /> : undefined)}
    >
      {({ items }) => (
        <View className="stack stack--3">
          <DataTable
            caption={name}
            rows={items}
            rowKey={({ subject }) => subject}
            rowLabel={(row) => `${row.name}，余额 ${formatYuan(row.balanceFen)}`}
            onOpen={(row) => {
              navigate('ledgerEntries', { book, kind, subject: row.subject, name: `${name} ${row.name}` });
            }}
            card={(row) => (
              <View className="row row--between">
                <View className="t-strong">{row.name}</View>
                <Money fen={row.balanceFen} />
              </View>
            )}
            columns={COLUMNS}
          />
          <MorePages more={subjects.more} />
        </View>
      )}
    </WorkbenchShell>
  );
}

const COLUMNS: readonly Column<SubjectBalance>[] = [
  { key: 'name', title: '户', cell: (row) => row.name },
  { key: 'debit', title: '借方', align: 'right', width: '150px', cell: (row) => formatYuan(row.debitFen) },
  { key: 'credit', title: '贷方', align: 'right', width: '150px', cell: (row) => formatYuan(row.creditFen) },
  {
    key: 'balance',
    title: '余额',
    align: 'right',
    width: '150px',
    cell: (row) => formatYuan(row.balanceFen),
  },
];
