import { View } from '@tarojs/components';
import {
  NOTICE_DELIVERY_LABELS,
  NOTICE_FILTERS,
  type NoticeFilter,
  type NoticeRow,
} from '@linli/shared/fees';
import { formatYuan } from '@linli/shared/kernel';
import { useState } from 'react';
import { Chip, Empty, Money, MorePages, PageContent } from '@/components';
import { FilterBar, FilterChips, SheetTable } from '@/components/staff';
import { useNotices } from '../dunning-api';
import { NoticeSheet } from './notice-sheet';
import { PrintNotices } from './print-notices';
import { moneyColumn } from '../money-column';

const FILTER_LABELS: Readonly<Record<NoticeFilter, string>> = { UNDELIVERED: '还没送达', ALL: '全部' };

/** 催告书: each with how it was delivered; those that were not are printed at once. */
export function NoticeList() {
  const [show, setShow] = useState<NoticeFilter>('UNDELIVERED');
  const notices = useNotices(show);
  return (
    <View className="stack stack--3">
      <FilterBar>
        <FilterChips<NoticeFilter>
          label="看哪些"
          value={show}
          onChange={setShow}
          options={NOTICE_FILTERS.map((value) => ({ value, label: FILTER_LABELS[value] }))}
        />
      </FilterBar>
      <PageContent
        resource={notices}
        empty={({ items }) =>
          items.length > 0 ? null : (
            <Empty
              title={show === 'ALL' ? '还没有出过催告书' : '没有等送达的催告书'}
              text="先提醒，期限过了还没缴的，才出催告书。在“缴费情况”里打开一张逾期的账单可以开始。"
            />
          )
        }
      >
        {({ items }) => (
          <View className="stack stack--3">
            <PrintAll notices={items} />
            <Notices notices={items} />
            <MorePages more={notices.more} />
          </View>
        )}
      </PageContent>
    </View>
  );
}

/** What is on the screen, of one year's numbers, and was neither delivered nor settled. */
function PrintAll({ notices }: { readonly notices: readonly NoticeRow[] }) {
  const waiting = notices.filter(({ delivery, settled }) => delivery === null && !settled);
  const year = waiting[0]?.year ?? 0;
  const numbers = waiting.filter((notice) => notice.year === year).map(({ number }) => number);
  if (numbers.length < 2) return null;
  const range = { year, from: Math.min(...numbers), to: Math.max(...numbers), show: 'UNDELIVERED' as const };
  return <PrintNotices label={`打印没送达的 ${numbers.length} 份`} range={range} />;
}

function Notices({ notices }: { readonly notices: readonly NoticeRow[] }) {
  return (
    <SheetTable
      caption="催告书"
      rows={notices}
      rowKey={({ id }) => id}
      rowLabel={(row) => `${row.unitName}，${row.numberText}，${formatYuan(row.amountFen)}`}
      sheet={(row, onClose) => <NoticeSheet notice={row} onClose={onClose} />}
      card={(row) => (
        <View className="stack stack--1">
          <View className="row row--between">
            <View className="t-strong">{row.unitName}</View>
            <Money fen={row.amountFen} />
          </View>
          <View className="row gap-2">
            <State row={row} />
            <View className="t-second t-muted">{row.numberText}</View>
          </View>
        </View>
      )}
      columns={[
        { key: 'number', title: '编号', width: '170px', cell: ({ numberText }) => numberText },
        { key: 'home', title: '房屋', cell: ({ unitName }) => unitName },
        moneyColumn('amountFen', '金额', '120px'),
        { key: 'issued', title: '出具', width: '120px', cell: ({ issuedOn }) => issuedOn },
        { key: 'respond', title: '期限', width: '120px', cell: ({ respondBy }) => respondBy },
        { key: 'state', title: '送达', width: '170px', cell: (row) => <State row={row} /> },
      ]}
    />
  );
}

function State({ row: { settled, delivery } }: { readonly row: NoticeRow }) {
  if (settled) return <Chip>已缴清</Chip>;
  if (delivery === null) return <Chip tone="urgent">还没送达</Chip>;
  return <Chip tone="good">{NOTICE_DELIVERY_LABELS[delivery.method]}</Chip>;
}
