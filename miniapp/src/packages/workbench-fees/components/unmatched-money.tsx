import { View } from '@tarojs/components';
import { QUARANTINE_LABELS } from '@linli/shared/fees';
import {
  CREDIT_ORIGIN_LABELS,
  CREDIT_STATE_LABELS,
  PROPOSAL_OUTCOME_LABELS,
  QUARANTINE_STATE_LABELS,
  type CreditedMoney,
  type ProposalOutcome,
  type QuarantinedMoney,
} from '@linli/shared/refunds';
import { formatInstant, formatYuan } from '@linli/shared/kernel';
import { useState } from 'react';
import { Button, Chip, Fact, Money, Sheet, useNow } from '@/components';
import { SheetTable } from '@/components/staff';
import { useMoneyActions } from '../money-api';
import { AskSheet, OutcomeButtons, ProposalPart, WaitsForSecond } from './two-persons';

/** Money that arrived and fits no bill, of either kind. */
type Row =
  ({ readonly kind: 'QUARANTINE' } & QuarantinedMoney) | ({ readonly kind: 'CREDIT' } & CreditedMoney);

const fenOf = (row: Row) => (row.kind === 'CREDIT' ? row.leftFen : row.receivedFen);
const whyOf = (row: Row) =>
  row.kind === 'CREDIT' ? CREDIT_ORIGIN_LABELS[row.reason] : QUARANTINE_LABELS[row.reason];
const homeOf = (row: Row) => (row.kind === 'CREDIT' ? row.unitName : '—');

/** 待核对和多付的钱: each is worked off by two people. */
export function UnmatchedTable({
  quarantined,
  credits,
}: {
  readonly quarantined: readonly QuarantinedMoney[];
  readonly credits: readonly CreditedMoney[];
}) {
  const now = useNow();
  const rows: readonly Row[] = [
    ...quarantined.map((row) => ({ ...row, kind: 'QUARANTINE' as const })),
    ...credits.map((row) => ({ ...row, kind: 'CREDIT' as const })),
  ];
  return (
    <SheetTable
      caption="待处理的钱"
      rows={rows}
      rowKey={({ id }) => id}
      rowLabel={(row) => `${whyOf(row)}，${formatYuan(fenOf(row))}`}
      card={(row) => <RowCard row={row} />}
      columns={[
        { key: 'why', title: '情况', cell: whyOf },
        { key: 'home', title: '房屋', width: '170px', cell: homeOf },
        {
          key: 'fen',
          title: '金额',
          align: 'right',
          width: '120px',
          cell: (row) => formatYuan(fenOf(row)),
        },
        { key: 'at', title: '到账', width: '190px', cell: (row) => formatInstant(row.at, now) },
        { key: 'state', title: '进展', width: '170px', cell: (row) => <State row={row} /> },
      ]}
      sheet={(row, onClose) => <RowSheet row={row} onClose={onClose} />}
    />
  );
}

function RowCard({ row }: { readonly row: Row }) {
  return (
    <View className="stack stack--1">
      <View className="row row--between">
        <View className="t-strong">{whyOf(row)}</View>
        <Money fen={fenOf(row)} />
      </View>
      <View className="row gap-2">
        <State row={row} />
        <View className="t-second t-muted">{homeOf(row)}</View>
      </View>
    </View>
  );
}

function State({ row }: { readonly row: Row }) {
  if (row.proposal !== null) return <WaitsForSecond proposal={row.proposal} />;
  if (row.kind === 'CREDIT') return <Chip>{CREDIT_STATE_LABELS[row.state]}</Chip>;
  return <Chip tone={row.state === 'OPEN' ? 'bad' : 'plain'}>{QUARANTINE_STATE_LABELS[row.state]}</Chip>;
}

/** What can be done about it now: nothing while it is decided on or under way. */
function outcomesOf(row: Row): readonly ProposalOutcome[] {
  if (row.proposal !== null || row.state !== 'OPEN') return [];
  if (row.kind === 'CREDIT') return ['KEEP'];
  if (row.creditable) return ['CREDIT'];
  return row.refundable ? [] : ['DISMISS'];
}

const mayRefund = (row: Row) =>
  row.proposal === null && row.state === 'OPEN' && (row.kind === 'CREDIT' || row.refundable);

function RowSheet({ row, onClose }: { readonly row: Row; readonly onClose: () => void }) {
  const actions = useMoneyActions();
  const [asking, setAsking] = useState<ProposalOutcome | 'REFUND' | null>(null);
  if (asking !== null) {
    const label = asking === 'REFUND' ? '原路退回' : PROPOSAL_OUTCOME_LABELS[asking];
    const subject = { subject: row.kind, subjectId: row.id };
    const refund = { ...subject, billId: null, effect: 'NONE' as const, amountFen: fenOf(row) };
    return (
      <AskSheet
        title={label}
        sentence={`将提出把 ${formatYuan(fenOf(row))}（${whyOf(row)}）${label}，另一位同事同意后生效。`}
        doLabel="提出"
        keptAs={`proposal/${row.id}`}
        ask={(key, reason) =>
          asking === 'REFUND'
            ? actions.ask(key, { ...refund, reason })
            : actions.propose(key, { ...subject, outcome: asking, reason })
        }
        onClose={() => {
          setAsking(null);
        }}
        onDone={onClose}
      />
    );
  }
  return (
    <Sheet open title={whyOf(row)} onClose={onClose}>
      <View className="stack stack--4">
        <RowFacts row={row} />
        {row.proposal !== null && <ProposalPart proposal={row.proposal} onDone={onClose} />}
        <OutcomeButtons outcomes={outcomesOf(row)} onChoose={setAsking} />
        {mayRefund(row) && (
          <Button
            block
            onTap={() => {
              setAsking('REFUND');
            }}
          >
            原路退回付款人
          </Button>
        )}
      </View>
    </Sheet>
  );
}

function RowFacts({ row }: { readonly row: Row }) {
  const now = useNow();
  return (
    <View className="stack stack--2">
      <Money fen={fenOf(row)} size="money" />
      <Fact label="订单">{row.orderNo}</Fact>
      {row.kind === 'CREDIT' ? (
        <Fact label="房屋">{row.unitName}</Fact>
      ) : (
        <View className="stack stack--2">
          <Fact label="微信单号">{row.transactionId}</Fact>
          {row.expectedFen !== null && <Fact label="订单金额">{formatYuan(row.expectedFen)}</Fact>}
        </View>
      )}
      <Fact label="到账">{formatInstant(row.at, now)}</Fact>
    </View>
  );
}
