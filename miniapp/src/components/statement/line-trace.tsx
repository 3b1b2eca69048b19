import { Text, View } from '@tarojs/components';
import {
  BOOK_LINE_SOURCE_LABELS,
  type BankLineView,
  type BookLineView,
  type CollectedTrace,
  type LineTrace,
  type VoucherView,
} from '@linli/shared/income';
import { formatFullDate, formatInstant, formatYuan } from '@linli/shared/kernel';
import { TRACED_AT_MOST } from '@linli/shared/ledger';
import { TRADE_BILL_STATE_LABELS } from '@linli/shared/reconcile';
import { useState } from 'react';
import { copyText } from '@/platform';
import { api, useResource } from '@/request';
import { toast, useSession } from '@/stores';
import { Button } from '../button';
import { Chip } from '../chip';
import { Fact } from '../numbers';
import { ErrorState, SkeletonCard } from '../states';
import { useNow } from '../use-now';

interface TraceProps {
  readonly statementId: string;
  readonly index: number;
}

/** 追到账上: asked for when somebody wants to know, from the line down to the bank. */
export function LineTraceView(props: TraceProps) {
  const [asked, setAsked] = useState(false);
  if (asked) return <Trace {...props} />;
  return (
    <Button
      kind="plain"
      block
      icon="search"
      onTap={() => {
        setAsked(true);
      }}
    >
      追到账上
    </Button>
  );
}

function Trace({ statementId, index }: TraceProps) {
  const estateId = useSession((state) => state.estateId) ?? '';
  const url = `/api/estates/${estateId}/income/statements/${statementId}/lines/${index}/trace`;
  const trace = useResource(url, () => api.get<LineTrace>(url));
  if (trace.status === 'loading') return <SkeletonCard lines={4} />;
  if (trace.status === 'error') return <ErrorState error={trace.error} onRetry={trace.reload} />;
  const { booked, collected, entries, vouchers, bankLine } = trace.data;
  return (
    <View className="stack stack--3">
      <View className="t-strong">账上的记录</View>
      {collected !== null && <Collected trace={collected} shown={entries.length} />}
      {booked !== null && <Booked line={booked} />}
      {booked === null && collected === null && (
        <View className="t-second t-muted">这一版是开始记账以前公示的，账上没有这一笔的记录。</View>
      )}
      {entries.map(({ id, sentence, debit, credit }) => (
        <View key={id}>
          <View>{sentence}</View>
          <View className="t-caption t-muted">{`借 ${accountName(debit)} · 贷 ${accountName(credit)}`}</View>
        </View>
      ))}
      {vouchers.map((voucher) => (
        <Original key={voucher.originalId} voucher={voucher} />
      ))}
      {booked !== null && <Bank line={bankLine} />}
    </View>
  );
}

/** How many payments, over how much, and whether WeChat says the same of each day. */
function Collected({ trace, shown }: { readonly trace: CollectedTrace; readonly shown: number }) {
  const { kind, count, amountFen, days } = trace;
  return (
    <View className="stack stack--2">
      <View>
        <Fact label={COUNTED[kind]}>{`${count} 笔`}</Fact>
        <Fact label="合计">{formatYuan(amountFen)}</Fact>
      </View>
      {days.map(({ on, count: some, amountFen: fen, reconciled }) => (
        <View key={on} className="row row--between row--wrap">
          <View>
            <View>{formatFullDate(on)}</View>
            <View className="t-caption t-muted">
              {reconciled === null ? '没有经过微信' : TRADE_BILL_STATE_LABELS[reconciled]}
            </View>
          </View>
          <View>{`${some} 笔 ${formatYuan(fen)}`}</View>
        </View>
      ))}
      <View className="t-second t-muted">
        {`下面是${shown < TRACED_AT_MOST ? '每一条' : `最早的 ${shown} 条`}记录。付款的人和房号不公开，您自己的一笔可以在收据里核对。`}
      </View>
    </View>
  );
}

const COUNTED = { PAYMENTS: '付款', REFUNDS: '退款', FEES: '结算' } as const;

const accountName = ({ label, subjectName }: { readonly label: string; readonly subjectName: string }) =>
  subjectName === '' ? label : `${label}（${subjectName}）`;

function Booked({ line }: { readonly line: BookLineView }) {
  const now = useNow();
  const { takenBack } = line;
  return (
    <View className="stack stack--1">
      <View className="row row--wrap gap-2">
        <Chip>{BOOK_LINE_SOURCE_LABELS[line.source]}</Chip>
        <Text className="t-second t-muted">{`${line.bookedBy} ${formatInstant(line.bookedAt, now)}记账`}</Text>
      </View>
      {takenBack !== null && (
        <View className="t-urgent">
          {`${takenBack.by} ${formatInstant(takenBack.at, now)}冲销：${takenBack.reason}`}
        </View>
      )}
    </View>
  );
}

/** What whoever inspects the kept original compares it with. */
function Original({ voucher: { shown, isRedacted, originalSha256 } }: { readonly voucher: VoucherView }) {
  return (
    <View className="stack stack--1">
      <View className="row row--wrap gap-2">
        <Text className="grow">{shown.name}</Text>
        {isRedacted && <Chip tone="info">遮住了个人信息</Chip>}
      </View>
      <View className="t-second t-muted">原件指纹 SHA-256，查阅原件时核对有没有换过：</View>
      <View className="t-caption t-muted line-trace__hash">{originalSha256}</View>
      <View className="row">
        <Button
          kind="quiet"
          size="small"
          onTap={async () => {
            await copyText(originalSha256);
            toast('已复制，查阅原件时可以核对');
          }}
        >
          复制指纹
        </Button>
      </View>
    </View>
  );
}

function Bank({ line }: { readonly line: BankLineView | null }) {
  if (line === null) return <View className="t-second t-muted">银行流水里还没有核对到这一笔。</View>;
  const { serial, onDate, amountFen, counterparty } = line;
  return (
    <View>
      <Fact label="银行流水">{serial}</Fact>
      <Fact label="银行日期">{formatFullDate(onDate)}</Fact>
      <Fact label={amountFen < 0 ? '付出' : '收到'}>{formatYuan(Math.abs(amountFen))}</Fact>
      {counterparty !== '' && <Fact label="对方户名">{counterparty}</Fact>}
    </View>
  );
}
