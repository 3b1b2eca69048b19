import { View } from '@tarojs/components';
import {
  REFUND_EFFECT_LABELS,
  REFUND_STATE_LABELS,
  REFUND_SUBJECT_LABELS,
  type RefundRow,
} from '@linli/shared/refunds';
import { formatInstant, formatYuan } from '@linli/shared/kernel';
import { Button, Chip, Fact, Money, Sheet, useNow, type Tone } from '@/components';
import { SheetTable } from '@/components/staff';
import { useAction } from '@/request';
import { toast } from '@/stores';
import { useMoneyActions } from '../money-api';
import { Decide } from './two-persons';
import { moneyColumn } from '../money-column';

const TONES: Partial<Record<RefundRow['state'], Tone>> = {
  REQUESTED: 'urgent',
  SUCCEEDED: 'good',
  ABNORMAL: 'bad',
};

const State = ({ state }: Pick<RefundRow, 'state'>) => (
  <Chip tone={TONES[state] ?? 'plain'}>{REFUND_STATE_LABELS[state]}</Chip>
);

/** 退款: who asked, who agreed, and how far WeChat is. */
export function RefundTable({ refunds }: { readonly refunds: readonly RefundRow[] }) {
  const now = useNow();
  return (
    <SheetTable
      caption="退款"
      rows={refunds}
      rowKey={({ id }) => id}
      rowLabel={(row) => `${row.unitName}，${formatYuan(row.amountFen)}，${REFUND_STATE_LABELS[row.state]}`}
      card={(row) => (
        <View className="stack stack--1">
          <View className="row row--between">
            <View className="t-strong">{row.unitName || REFUND_SUBJECT_LABELS[row.subject]}</View>
            <Money fen={row.amountFen} />
          </View>
          <View className="row gap-2">
            <State state={row.state} />
            <View className="t-second t-muted">{row.reason}</View>
          </View>
        </View>
      )}
      columns={[
        { key: 'home', title: '房屋', cell: ({ unitName }) => unitName || '—' },
        {
          key: 'what',
          title: '退什么',
          width: '120px',
          cell: ({ subject }) => REFUND_SUBJECT_LABELS[subject],
        },
        moneyColumn('amountFen', '金额', '110px'),
        { key: 'asked', title: '提出', width: '90px', cell: ({ askedBy }) => askedBy },
        { key: 'at', title: '时间', width: '150px', cell: ({ askedAt }) => formatInstant(askedAt, now) },
        { key: 'state', title: '进展', width: '150px', cell: ({ state }) => <State state={state} /> },
      ]}
      sheet={(row, onClose) => <RefundSheet refund={row} onClose={onClose} />}
    />
  );
}

function RefundSheet({ refund, onClose }: { readonly refund: RefundRow; readonly onClose: () => void }) {
  const actions = useMoneyActions();
  const done = (text: string) => ({
    onDone: () => {
      toast(text, 'good');
      onClose();
    },
  });
  const withdraw = useAction(() => actions.withdraw(refund.id), done('已撤回'));
  const retry = useAction(() => actions.retry(refund.id), done('已用同一单号再次提交微信'));
  const error = withdraw.error ?? retry.error;
  return (
    <Sheet open title="退款" onClose={onClose}>
      <View className="stack stack--4">
        <RefundFacts refund={refund} />
        {refund.state === 'REQUESTED' && (
          <Decide
            mine={refund.mine}
            keptAs={`refund-answer/${refund.id}`}
            decide={(approve, note) => actions.decide(refund.id, { approve, note })}
            onDone={onClose}
          />
        )}
        {error !== null && <View className="t-bad">{error.message}</View>}
        {refund.state === 'REQUESTED' && refund.mine && (
          <Button kind="plain" busy={withdraw.busy} onTap={() => withdraw.run()}>
            撤回
          </Button>
        )}
        {refund.state === 'ABNORMAL' && (
          <Button busy={retry.busy} onTap={() => retry.run()}>
            再退一次
          </Button>
        )}
      </View>
    </Sheet>
  );
}

function RefundFacts({ refund }: { readonly refund: RefundRow }) {
  const now = useNow();
  return (
    <View className="stack stack--2">
      <Money fen={refund.amountFen} size="money" />
      <Fact label="进展">
        <State state={refund.state} />
      </Fact>
      {refund.unitName !== '' && <Fact label="房屋">{refund.unitName}</Fact>}
      <Fact label="退什么">{REFUND_SUBJECT_LABELS[refund.subject]}</Fact>
      <Fact label="账单">{REFUND_EFFECT_LABELS[refund.effect]}</Fact>
      <Fact label="原因">{refund.reason}</Fact>
      <Fact label="提出">{`${refund.askedBy}，${formatInstant(refund.askedAt, now)}`}</Fact>
      {refund.decidedBy !== null && refund.decidedAt !== null && (
        <Fact label="审批">{`${refund.decidedBy}，${formatInstant(refund.decidedAt, now)}`}</Fact>
      )}
      {refund.note !== '' && <Fact label="意见">{refund.note}</Fact>}
      {refund.hint !== '' && <Fact label="微信提示">{refund.hint}</Fact>}
      <Fact label="订单">{refund.orderNo}</Fact>
      <Fact label="退款单号">{refund.refundNo}</Fact>
    </View>
  );
}
