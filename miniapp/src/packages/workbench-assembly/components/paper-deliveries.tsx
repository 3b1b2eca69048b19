import { View } from '@tarojs/components';
import {
  DELIVERY_METHOD_LABELS,
  PAPER_LIMITS,
  type PaperSlip,
  RETURN_STATE_LABELS,
  SLIP_FILTERS,
  type SlipFilter,
} from '@linli/shared/assembly';
import { formatInstant } from '@linli/shared/kernel';
import { useState } from 'react';
import { Button, Chip, Empty, MorePages, PageContent, useNow } from '@/components';
import { DataTable, FilterBar, FilterChips } from '@/components/staff';
import { useSlips } from '../paper-api';
import { DeliverySheet } from './paper-delivery-sheet';
import { RETURN_TONES } from './paper-returns';

const FILTER_LABELS: Readonly<Record<SlipFilter, string>> = {
  UNDELIVERED: '还没送达',
  UNRETURNED: '还没收回',
  ALL: '全部',
};

interface Props {
  readonly assemblyId: string;
}

/** 送达: who has no paper yet; several are ticked and recorded at once, as one walks up the stairs. */
export function PaperDeliveries({ assemblyId }: Props) {
  const [show, setShow] = useState<SlipFilter>('UNDELIVERED');
  const slips = useSlips(assemblyId, show);
  const [chosen, setChosen] = useState<readonly PaperSlip[]>([]);
  const [recording, setRecording] = useState(false);
  const toggle = (slip: PaperSlip) => {
    const without = chosen.filter(({ id }) => id !== slip.id);
    if (without.length < chosen.length) setChosen(without);
    else if (!slip.void && chosen.length < PAPER_LIMITS.deliveredAtOnce.max) setChosen([...chosen, slip]);
  };
  const done = () => {
    setRecording(false);
    setChosen([]);
  };
  return (
    <View className="stack stack--3">
      <FilterBar>
        <FilterChips<SlipFilter>
          label="看哪些"
          value={show}
          onChange={setShow}
          options={SLIP_FILTERS.map((value) => ({ value, label: FILTER_LABELS[value] }))}
        />
      </FilterBar>
      <View className="row row--between">
        <View className="t-second t-muted grow">点一行选中，可以一次选多户</View>
        <Button
          disabled={chosen.length === 0}
          onTap={() => {
            setRecording(true);
          }}
        >
          {chosen.length === 0 ? '登记送达' : `登记送达（${chosen.length} 张）`}
        </Button>
      </View>
      <PageContent
        resource={slips}
        empty={({ items }) => (items.length > 0 ? null : <NobodyLeft show={show} />)}
      >
        {({ items }) => (
          <>
            <Slips rows={items} chosen={chosen} keyboard={!recording} onToggle={toggle} />
            <MorePages more={slips.more} />
          </>
        )}
      </PageContent>
      {recording && (
        <DeliverySheet
          assemblyId={assemblyId}
          slips={chosen}
          onClose={() => setRecording(false)}
          onDone={done}
        />
      )}
    </View>
  );
}

function NobodyLeft({ show }: { readonly show: SlipFilter }) {
  if (show === 'UNDELIVERED') return <Empty title="都送到了" text="每一户都有送达记录，或者已经投过票。" />;
  return <Empty title="没有这样的票" text="还没有编号的，请先到“印票”里编号。" />;
}

interface SlipsProps {
  readonly rows: readonly PaperSlip[];
  readonly chosen: readonly PaperSlip[];
  readonly keyboard: boolean;
  readonly onToggle: (slip: PaperSlip) => void;
}

function Slips({ rows, chosen, keyboard, onToggle }: SlipsProps) {
  const now = useNow();
  const isChosen = ({ id }: PaperSlip) => chosen.some((slip) => slip.id === id);
  const delivered = ({ delivery }: PaperSlip) =>
    delivery === null
      ? '还没有'
      : `${DELIVERY_METHOD_LABELS[delivery.method]} · ${formatInstant(delivery.deliveredAt, now)} · ${delivery.deliveredBy}`;
  const mark = (slip: PaperSlip) => (isChosen(slip) ? '☑' : slip.void ? '' : '☐');
  return (
    <DataTable<PaperSlip>
      rows={rows}
      caption="表决票"
      keyboard={keyboard}
      rowKey={({ id }) => id}
      rowLabel={(slip) => `${slip.numberText}，${slip.label}${isChosen(slip) ? '，已选中' : ''}`}
      onOpen={onToggle}
      columns={[
        { key: 'mark', title: '选', cell: mark, width: '5%' },
        { key: 'number', title: '编号', cell: ({ numberText }) => numberText, width: '14%' },
        { key: 'label', title: '房屋', cell: ({ label }) => label },
        { key: 'owners', title: '业主', cell: ({ ownersMasked }) => ownersMasked.join('、'), width: '16%' },
        { key: 'delivery', title: '送达', cell: delivered, width: '30%' },
        { key: 'state', title: '现在', cell: (slip) => <SlipState slip={slip} />, width: '14%' },
      ]}
      card={(slip) => (
        <View className="stack stack--1">
          <View className="row row--between row--top">
            <View className="t-strong grow">{`${mark(slip)} ${slip.label}`}</View>
            <SlipState slip={slip} />
          </View>
          <View className="t-second t-muted">{`${slip.numberText} · ${slip.ownersMasked.join('、')}`}</View>
          <View className="t-second">{`送达：${delivered(slip)}`}</View>
        </View>
      )}
    />
  );
}

function SlipState({ slip }: { readonly slip: PaperSlip }) {
  if (slip.void) return <Chip>已作废</Chip>;
  if (slip.returned !== null)
    return <Chip tone={RETURN_TONES[slip.returned]}>{RETURN_STATE_LABELS[slip.returned]}</Chip>;
  if (slip.votedOnline) return <Chip tone="good">已在手机投票</Chip>;
  return slip.delivery === null ? <Chip tone="urgent">没有送达</Chip> : <Chip tone="info">还没交回</Chip>;
}
