import { View } from '@tarojs/components';
import { formatFullDate, formatYuan } from '@linli/shared/kernel';
import {
  BANK_STATE_LABELS,
  type BankExplanation,
  type BankState,
  type JointAccountMonth,
  type PaymentOfMonth,
} from '@linli/shared/spending';
import { Chip, Empty, Fact, Money, SectionHead, type Tone } from '@/components';
import { type Column, TableWithSheet } from '@/components/staff';
import { SpendingFacts } from '@/components/spending';
import { ConfirmLine, LineFacts } from './bank-match';
import { ExplainForm } from './explain-form';

const TONES: Readonly<Record<BankState, Tone>> = {
  OPEN: 'bad',
  PROPOSED: 'urgent',
  MATCHED: 'good',
  BOOKED: 'good',
  EXPLAINED: 'info',
};

export function BankChip({ state }: { readonly state: BankState }) {
  return <Chip tone={TONES[state]}>{BANK_STATE_LABELS[state]}</Chip>;
}

export function ExplanationFact({ explanation }: { readonly explanation: BankExplanation | null }) {
  return explanation === null ? null : (
    <Fact label="说明">{`${explanation.reason}（${explanation.by}）`}</Fact>
  );
}

/** 登记的付款 of a month, each with the line that is it. */
export function AccountPayments({ month }: { readonly month: JointAccountMonth }) {
  const { payments, isKeeper } = month;
  if (payments.length === 0)
    return <Empty title="这个月没有登记付款" text="支出备案以后登记付款，就会列在这里。" />;
  return (
    <View>
      <SectionHead title="登记的付款" />
      <TableWithSheet
        caption="登记的付款"
        rows={payments}
        rowKey={({ request }) => request.id}
        rowLabel={({ request, state }) =>
          `${request.text}，${formatYuan(request.amountFen)}，${BANK_STATE_LABELS[state]}`
        }
        card={({ request, state }) => (
          <View className="stack stack--1">
            <View className="row row--between row--top gap-2">
              <View className="t-strong grow">{request.text}</View>
              <Money fen={request.amountFen} />
            </View>
            <View className="t-second t-muted">{`${formatFullDate(request.paidOn ?? '')}付给 ${request.payee}`}</View>
            <View className="row">
              <BankChip state={state} />
            </View>
          </View>
        )}
        columns={COLUMNS}
        sheetTitle={() => '付款'}
        sheet={(payment, close) => (
          <>
            <SpendingFacts request={payment.request} />
            <PaymentSteps payment={payment} isKeeper={isKeeper} onDone={close} />
          </>
        )}
      />
    </View>
  );
}

const COLUMNS: readonly Column<PaymentOfMonth>[] = [
  {
    key: 'on',
    title: '付款日期',
    width: '150px',
    cell: ({ request }) => formatFullDate(request.paidOn ?? ''),
  },
  { key: 'text', title: '用来做什么', cell: ({ request }) => request.text },
  { key: 'payee', title: '收款单位', width: '230px', cell: ({ request }) => request.payee },
  {
    key: 'fen',
    title: '金额',
    align: 'right',
    width: '130px',
    cell: ({ request }) => formatYuan(request.amountFen),
  },
  {
    key: 'state',
    title: '银行流水',
    width: '130px',
    cell: ({ state }) => <BankChip state={state} />,
  },
];

interface PaymentStepsProps {
  readonly payment: PaymentOfMonth;
  readonly isKeeper: boolean;
  readonly onDone: () => void;
}

/** Who paid neither confirms the line nor explains that there is none. */
function PaymentSteps({
  payment: { request, line, state, explanation },
  isKeeper,
  onDone,
}: PaymentStepsProps) {
  const isMine = isKeeper && request.can.includes('RECONCILE');
  return (
    <View className="stack stack--4">
      <ExplanationFact explanation={explanation} />
      {line !== null && isMine && <ConfirmLine request={request} line={line} onDone={onDone} />}
      {line !== null && !isMine && <LineFacts line={line} />}
      {line === null && state === 'OPEN' && (
        <View className="t-second">银行流水里没有金额、日期和收款方都一致的一笔。</View>
      )}
      {state === 'OPEN' && isMine && <ExplainForm kind="PAYMENT" subject={request.id} onDone={onDone} />}
      {state === 'PROPOSED' && !isMine && (
        <View className="t-second t-muted">要由登记付款以外的另一位核对。</View>
      )}
    </View>
  );
}
