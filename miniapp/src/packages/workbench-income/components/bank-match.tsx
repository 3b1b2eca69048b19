import { View } from '@tarojs/components';
import { formatFullDate, formatYuan, monthOf } from '@linli/shared/kernel';
import type { AccountLine, SpendingRequest } from '@linli/shared/spending';
import { Button, Fact, PageContent } from '@/components';
import { navigate } from '@/navigate';
import { useAction } from '@/request';
import { toast } from '@/stores';
import { useJointAccount, useSpendingActions } from '../spending-api';
import type { StepProps } from './step-props';

/** 对账: the line of the bank that fits this payment, and one button for whoever finds that it does. */
export function BankMatch({ request, onDone }: StepProps) {
  const month = monthOf(request.paidOn ?? '');
  const account = useJointAccount(month);
  return (
    <PageContent resource={account}>
      {({ payments }) => {
        const line = payments.find((payment) => payment.request.id === request.id)?.line ?? null;
        if (line !== null) return <ConfirmLine request={request} line={line} onDone={onDone} />;
        return (
          <View className="stack stack--3">
            <View>银行流水里还没有这一笔：金额、日期和收款方都要一致。</View>
            <Button block onTap={() => navigate('accountDesk', { month })}>
              去导入流水或说明原因
            </Button>
          </View>
        );
      }}
    </PageContent>
  );
}

interface ConfirmLineProps {
  readonly request: SpendingRequest;
  readonly line: AccountLine;
  readonly onDone: () => void;
}

export function ConfirmLine({ request, line, onDone }: ConfirmLineProps) {
  const actions = useSpendingActions();
  const confirming = useAction(() => actions.reconcile(request.id, line.serial), {
    onDone: () => {
      toast('已对账', 'good');
      onDone();
    },
  });
  return (
    <View className="stack stack--3">
      <LineFacts line={line} />
      {confirming.error !== null && <View className="t-bad">{confirming.error.message}</View>}
      <Button block busy={confirming.busy} onTap={() => confirming.run()}>
        是这一笔，对账无误
      </Button>
    </View>
  );
}

/** 银行流水上的一笔, as the bank has it. */
export function LineFacts({ line }: { readonly line: AccountLine }) {
  const { serial, onDate, amountFen, counterparty, summary } = line;
  return (
    <View className="stack stack--2">
      <View className="t-strong">银行流水</View>
      <Fact label="金额">{formatYuan(amountFen)}</Fact>
      <Fact label="日期">{formatFullDate(onDate)}</Fact>
      <Fact label="收款方">{counterparty === '' ? '没有写' : counterparty}</Fact>
      {summary !== '' && <Fact label="摘要">{summary}</Fact>}
      <Fact label="流水号">{serial}</Fact>
    </View>
  );
}
