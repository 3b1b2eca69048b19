import { View } from '@tarojs/components';
import type { EntryAccount, EntryView } from '@linli/shared/ledger';
import { formatInstant, formatYuan } from '@linli/shared/kernel';
import { Money, useNow } from '@/components';
import { DataTable } from '@/components/staff';
import { navigate } from '@/navigate';

/** Entries as a bookkeeper reads them; each opens to everything about the same bill or document. */
export function EntryTable({
  entries,
  opens = true,
}: {
  readonly entries: readonly EntryView[];
  readonly opens?: boolean;
}) {
  const now = useNow();
  return (
    <DataTable
      caption="凭证"
      rows={entries}
      rowKey={({ id }) => id}
      rowLabel={(entry) => `${entry.sentence}，借${nameOf(entry.debit)}，贷${nameOf(entry.credit)}`}
      {...(opens ? { onOpen: openTrace } : {})}
      card={(entry) => (
        <View className="stack stack--1">
          <View className="row row--between">
            <View className="t-strong grow">{entry.sentence}</View>
            <Money fen={entry.amountFen} />
          </View>
          <View className="t-second">{`借 ${nameOf(entry.debit)}`}</View>
          <View className="t-second">{`贷 ${nameOf(entry.credit)}`}</View>
          <View className="t-second t-muted">{formatInstant(entry.occurredAt, now)}</View>
        </View>
      )}
      columns={[
        {
          key: 'when',
          title: '时间',
          width: '190px',
          cell: ({ occurredAt }) => formatInstant(occurredAt, now),
        },
        { key: 'what', title: '摘要', cell: ({ sentence }) => sentence },
        { key: 'debit', title: '借', cell: ({ debit }) => nameOf(debit) },
        { key: 'credit', title: '贷', cell: ({ credit }) => nameOf(credit) },
        {
          key: 'amount',
          title: '金额',
          align: 'right',
          width: '120px',
          cell: ({ amountFen }) => formatYuan(amountFen),
        },
      ]}
    />
  );
}

function openTrace({ billId, document }: EntryView): void {
  if (billId === null) navigate('ledgerTrace', document);
  else navigate('ledgerTrace', { kind: 'BILL', id: billId });
}

/** 应收款 1号楼 1单元 101 */
function nameOf({ label, subjectName }: EntryAccount): string {
  return subjectName === '' ? label : `${label} ${subjectName}`;
}
