import { View } from '@tarojs/components';
import { DIFFERENCE_LABELS, ENTRY_LABELS, outcomesOf, type DifferenceView } from '@linli/shared/reconcile';
import { PROPOSAL_OUTCOME_LABELS, type ProposalOutcome } from '@linli/shared/refunds';
import { formatYuan } from '@linli/shared/kernel';
import { useState } from 'react';
import { Chip, Fact, Sheet } from '@/components';
import { SheetTable } from '@/components/staff';
import { useMoneyActions } from '../money-api';
import { AskSheet, OutcomeButtons, ProposalPart, WaitsForSecond } from './two-persons';

const fenText = (fen: number | null) => (fen === null ? '—' : formatYuan(fen));
const nameOf = ({ kind, class: what }: DifferenceView) => `${ENTRY_LABELS[kind]}：${DIFFERENCE_LABELS[what]}`;

/** 差异: each is worked off by two people, and stays to be read. */
export function DifferenceTable({ differences }: { readonly differences: readonly DifferenceView[] }) {
  return (
    <SheetTable
      caption="差异"
      rows={differences}
      rowKey={({ id }) => id}
      rowLabel={(row) => `${row.onDate}，${nameOf(row)}`}
      card={(row) => (
        <View className="stack stack--1">
          <View className="row row--between">
            <View className="t-strong">{nameOf(row)}</View>
            <State row={row} />
          </View>
          <View className="t-second t-muted">{`${row.onDate} · 我们 ${fenText(row.oursFen)} · 对方 ${fenText(row.theirsFen)}`}</View>
        </View>
      )}
      columns={[
        { key: 'date', title: '日期', width: '120px', cell: ({ onDate }) => onDate },
        { key: 'what', title: '差异', cell: nameOf },
        { key: 'ours', title: '我们', align: 'right', width: '110px', cell: (row) => fenText(row.oursFen) },
        {
          key: 'theirs',
          title: '对方',
          align: 'right',
          width: '110px',
          cell: (row) => fenText(row.theirsFen),
        },
        { key: 'state', title: '进展', width: '150px', cell: (row) => <State row={row} /> },
      ]}
      sheet={(row, onClose) => <DifferenceSheet difference={row} onClose={onClose} />}
    />
  );
}

function State({ row }: { readonly row: DifferenceView }) {
  if (row.state === 'SETTLED') return <Chip tone="good">已处理</Chip>;
  if (row.proposal === null) return <Chip tone="bad">未处理</Chip>;
  return <WaitsForSecond proposal={row.proposal} />;
}

function DifferenceSheet({
  difference,
  onClose,
}: {
  readonly difference: DifferenceView;
  readonly onClose: () => void;
}) {
  const actions = useMoneyActions();
  const [asking, setAsking] = useState<ProposalOutcome | null>(null);
  if (asking !== null)
    return (
      <AskSheet
        title={PROPOSAL_OUTCOME_LABELS[asking]}
        sentence={`将提出这条差异（${nameOf(difference)}）${PROPOSAL_OUTCOME_LABELS[asking]}，另一位同事同意后结案。`}
        doLabel="提出"
        keptAs={`proposal/${difference.id}`}
        ask={(key, reason) =>
          actions.propose(key, { subject: 'DIFFERENCE', subjectId: difference.id, outcome: asking, reason })
        }
        onClose={() => {
          setAsking(null);
        }}
        onDone={onClose}
      />
    );
  return (
    <Sheet open title={nameOf(difference)} onClose={onClose}>
      <View className="stack stack--4">
        <View className="stack stack--2">
          <Fact label="日期">{difference.onDate}</Fact>
          {difference.orderNo !== '' && <Fact label="订单">{difference.orderNo}</Fact>}
          <Fact label="我们">{fenText(difference.oursFen)}</Fact>
          <Fact label="对方">{fenText(difference.theirsFen)}</Fact>
          {difference.detail !== '' && <Fact label="说明">{difference.detail}</Fact>}
          {difference.outcome !== '' && <Fact label="处理">{difference.outcome}</Fact>}
        </View>
        {difference.proposal !== null && <ProposalPart proposal={difference.proposal} onDone={onClose} />}
        {difference.state === 'OPEN' && difference.proposal === null && (
          <OutcomeButtons outcomes={outcomesOf(difference)} onChoose={setAsking} />
        )}
      </View>
    </Sheet>
  );
}
