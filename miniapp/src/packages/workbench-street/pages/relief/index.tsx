import { View } from '@tarojs/components';
import { formatMonth, formatYuan } from '@linli/shared/kernel';
import {
  RELIEF_KIND_LABELS,
  RELIEF_STATE_LABELS,
  type ReliefState,
  type ReliefView,
} from '@linli/shared/relief';
import { useState } from 'react';
import { Chip, Empty, InstantText, MorePages, PageContent, Sheet, SkeletonList } from '@/components';
import { DataTable, FilterBar, FilterChips, WorkbenchShell } from '@/components/staff';
import { useRouteParams } from '@/navigate';
import { useWide } from '@/platform';
import { ReliefFilePanel } from '../../components/relief-file';
import { useReliefQueue } from '../../relief-api';
import './index.css';

const SHOWN: readonly { readonly value: ReliefState | 'WAITING'; readonly label: string }[] = [
  { value: 'WAITING', label: '等我办' },
  { value: 'SUBMITTED', label: '等社区' },
  { value: 'COMMUNITY_VERIFIED', label: '等街道' },
  { value: 'RETURNED', label: '已退回' },
  { value: 'APPLIED', label: '已生效' },
  { value: 'REJECTED', label: '没有批准' },
];

/** 减免缓缴: what waits for this officer, and the open application beside it. */
export default function ReliefDeskPage() {
  const { id } = useRouteParams('reliefDesk');
  const wide = useWide();
  const [shown, setShown] = useState<ReliefState | 'WAITING'>('WAITING');
  const [opened, setOpened] = useState<string | null>(id ?? null);
  const close = () => {
    setOpened(null);
  };
  const file = opened === null ? null : <ReliefFilePanel key={opened} id={opened} onDone={close} />;
  return (
    <WorkbenchShell route="reliefDesk" active="relief" title="减免缓缴">
      <View className="stack stack--4">
        <FilterBar>
          <FilterChips
            label="办到哪一步"
            value={shown}
            options={SHOWN}
            onChange={(next) => {
              setShown(next);
              close();
            }}
          />
        </FilterBar>
        <View className={wide ? 'relief' : ''}>
          <View className="relief__list">
            <Queue shown={shown} openKey={opened} keyboard={wide || opened === null} onOpen={setOpened} />
          </View>
          {wide && file !== null && <View className="relief__file">{file}</View>}
        </View>
      </View>
      {!wide && (
        <Sheet open={opened !== null} title="减免缓缴" onClose={close}>
          {file}
        </Sheet>
      )}
    </WorkbenchShell>
  );
}

interface QueueProps {
  readonly shown: ReliefState | 'WAITING';
  readonly openKey: string | null;
  readonly keyboard: boolean;
  readonly onOpen: (id: string) => void;
}

function Queue({ shown, openKey, keyboard, onOpen }: QueueProps) {
  const queue = useReliefQueue(shown);
  return (
    <PageContent
      resource={queue}
      skeleton={<SkeletonList cards={2} />}
      empty={({ items }) =>
        items.length === 0 ? (
          <Empty title="没有这样的申请" text="业主申请后，这里和消息里都会提醒您。" />
        ) : null
      }
    >
      {({ items }) => (
        <View className="stack stack--3">
          <DataTable
            caption="减免缓缴申请"
            rows={items}
            columns={[
              {
                key: 'at',
                title: '提交时间',
                width: '168px',
                cell: ({ submittedAt }) => <InstantText at={submittedAt} />,
              },
              { key: 'unit', title: '房屋', width: '140px', cell: ({ unitName }) => unitName },
              { key: 'kind', title: '申请', width: '60px', cell: ({ kind }) => RELIEF_KIND_LABELS[kind] },
              {
                key: 'open',
                title: '未缴',
                width: '96px',
                align: 'right',
                cell: (row) => formatYuan(openFen(row)),
              },
              {
                key: 'state',
                title: '进度',
                width: '190px',
                cell: ({ state }) => RELIEF_STATE_LABELS[state],
              },
            ]}
            rowKey={(row) => row.id}
            rowLabel={(row) => `${row.unitName}，${RELIEF_KIND_LABELS[row.kind]}`}
            card={(row) => <ReliefCard relief={row} />}
            openKey={openKey}
            keyboard={keyboard}
            onOpen={(row) => {
              onOpen(row.id);
            }}
          />
          <MorePages more={queue.more} />
        </View>
      )}
    </PageContent>
  );
}

const openFen = ({ bills }: ReliefView): number => bills.reduce((sum, bill) => sum + bill.openFen, 0);

function ReliefCard({ relief }: { readonly relief: ReliefView }) {
  return (
    <View className="stack stack--1">
      <View className="row row--between gap-2">
        <View className="t-strong grow">{relief.unitName}</View>
        <Chip>{RELIEF_KIND_LABELS[relief.kind]}</Chip>
      </View>
      <View className="t-second t-muted">
        {`${relief.bills.map(({ month }) => formatMonth(month)).join('、')} · 未缴 ${formatYuan(openFen(relief))}`}
      </View>
      <View className="t-second t-muted">{RELIEF_STATE_LABELS[relief.state]}</View>
    </View>
  );
}
