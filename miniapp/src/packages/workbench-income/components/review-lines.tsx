import { Text, View } from '@tarojs/components';
import { COLLECTED_LABEL, type StatementLineView, type StatementView } from '@linli/shared/income';
import { formatYuan, yuanText } from '@linli/shared/kernel';
import { useState } from 'react';
import { Chip, SectionHead } from '@/components';
import { type Column, DataTable } from '@/components/staff';
import { LineSheet } from '@/components/statement';
import { amountOf } from '../model';

/** Every line for the second pair of eyes, with its decision and vouchers behind a tap. */
export function ReviewLines({ view }: { readonly view: StatementView }) {
  const [open, setOpen] = useState<StatementLineView | null>(null);
  return (
    <View>
      <SectionHead title="每一笔" />
      <DataTable<StatementLineView>
        caption="本季每一笔收支"
        rows={view.lines}
        rowKey={({ index }) => `review-${index}`}
        rowLabel={(line) =>
          `第 ${line.index + 1} 笔，${line.categoryLabel}，${formatYuan(amountOf(line))}，看凭证`
        }
        openKey={open === null ? null : `review-${open.index}`}
        keyboard={open === null}
        onOpen={setOpen}
        card={(line) => (
          <View>
            <View className="row row--between">
              <View className="t-strong grow">{`${line.index + 1}. ${line.categoryLabel}`}</View>
              <Text>{formatYuan(amountOf(line))}</Text>
            </View>
            <View className="t-second t-muted">{`${line.date.slice(5)} · ${line.counterparty}`}</View>
          </View>
        )}
        columns={COLUMNS}
      />
      <LineSheet
        line={open}
        onClose={() => {
          setOpen(null);
        }}
      />
    </View>
  );
}

const COLUMNS: readonly Column<StatementLineView>[] = [
  {
    key: 'n',
    title: '笔',
    width: '48px',
    cell: ({ index }) => <Text className="t-nowrap">{String(index + 1)}</Text>,
  },
  {
    key: 'what',
    title: '类别',
    cell: (line) => (
      <View>
        <View>{`${line.dir === 'INCOME' ? '收' : '支'} · ${line.categoryLabel}`}</View>
        <View className="t-caption t-muted">{line.counterparty}</View>
      </View>
    ),
  },
  { key: 'date', title: '日期', width: '72px', cell: ({ date }) => date.slice(5) },
  {
    key: 'net',
    title: '净额（元）',
    align: 'right',
    width: '110px',
    cell: (line) => yuanText(amountOf(line)),
  },
  { key: 'basis', title: '依据和凭证', width: '170px', cell: (line) => <Proof line={line} /> },
];

function Proof({ line }: { readonly line: StatementLineView }) {
  if (line.collected !== undefined) return <Chip tone="info">{COLLECTED_LABEL}</Chip>;
  return (
    <View>
      <View className="t-caption">{line.decisionNo ?? '没有写决议'}</View>
      {line.vouchers.length > 0 ? (
        <Chip tone="good" icon="clip">{`${line.vouchers.length} 张凭证`}</Chip>
      ) : (
        <View className="t-caption t-muted">{line.voucherNo ?? ''}</View>
      )}
    </View>
  );
}
