import { View } from '@tarojs/components';
import { formatFullDate, formatYuan } from '@linli/shared/kernel';
import { BANK_STATE_LABELS, type JointAccountMonth, type WithdrawalOfMonth } from '@linli/shared/spending';
import { Fact, Money, SectionHead } from '@/components';
import { type Column, TableWithSheet } from '@/components/staff';
import { BankChip, ExplanationFact } from './account-payments';
import { LineFacts } from './bank-match';
import { ExplainForm } from './explain-form';

/** 银行流水上的支出 of a month: what each was, or that nobody has said so. */
export function AccountWithdrawals({ month }: { readonly month: JointAccountMonth }) {
  const { withdrawals, isKeeper } = month;
  if (withdrawals.length === 0) return null;
  return (
    <View>
      <SectionHead title="银行流水上的支出" />
      <TableWithSheet
        caption="银行流水上的支出"
        rows={withdrawals}
        rowKey={({ line }) => line.serial}
        rowLabel={({ line, state }) =>
          `${formatFullDate(line.onDate)}，${line.counterparty}，${formatYuan(line.amountFen)}，${BANK_STATE_LABELS[state]}`
        }
        keyboard={false}
        card={({ line, state }) => (
          <View className="stack stack--1">
            <View className="row row--between row--top gap-2">
              <View className="t-strong grow">{line.counterparty}</View>
              <Money fen={line.amountFen} />
            </View>
            <View className="t-second t-muted">{`${formatFullDate(line.onDate)}　${line.summary}`}</View>
            <View className="row">
              <BankChip state={state} />
            </View>
          </View>
        )}
        columns={COLUMNS}
        sheetTitle={() => '银行流水上的支出'}
        sheet={({ line, paidFor, explanation, state }, close) => (
          <>
            <LineFacts line={line} />
            {paidFor !== null && <Fact label="付款">{paidFor}</Fact>}
            <ExplanationFact explanation={explanation} />
            {state === 'OPEN' && isKeeper && (
              <ExplainForm kind="WITHDRAWAL" subject={line.serial} onDone={close} />
            )}
          </>
        )}
      />
    </View>
  );
}

const COLUMNS: readonly Column<WithdrawalOfMonth>[] = [
  { key: 'on', title: '日期', width: '150px', cell: ({ line }) => formatFullDate(line.onDate) },
  { key: 'what', title: '摘要', cell: ({ line }) => line.summary },
  { key: 'party', title: '收款方', width: '230px', cell: ({ line }) => line.counterparty },
  {
    key: 'fen',
    title: '金额',
    align: 'right',
    width: '130px',
    cell: ({ line }) => formatYuan(line.amountFen),
  },
  {
    key: 'state',
    title: '登记的付款',
    width: '130px',
    cell: ({ state }) => <BankChip state={state} />,
  },
];
