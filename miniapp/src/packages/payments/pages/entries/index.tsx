import { View } from '@tarojs/components';
import { LEDGER_LABELS } from '@linli/shared/fees';
import { formatMonth } from '@linli/shared/kernel';
import type { EntryView } from '@linli/shared/ledger';
import { Card, Empty, Fact, InstantText, Money, PageShell } from '@/components';
import { useRouteParams } from '@/navigate';
import { useMoneyTrace } from '../../api';

/** 记账凭证: where in the books one's own money is, in plain words first. */
export default function MoneyTracePage() {
  const { bill, receipt } = useRouteParams('moneyTrace');
  const trace = useMoneyTrace(bill, receipt);
  return (
    <PageShell
      route="moneyTrace"
      resource={trace}
      empty={({ items }) =>
        items.length === 0 ? (
          <Empty title="没有记账" text="这张账单没有要收的钱，所以没有凭证。" />
        ) : undefined
      }
    >
      {({ items }) => (
        <View className="stack stack--4">
          {items.map((entry) => (
            <Entry key={entry.id} entry={entry} />
          ))}
          <View className="t-second t-muted">
            每笔钱记两头：“到（借）”是钱到了哪里，“从（贷）”是钱从哪里来。记下的不能改、不能删，错了只能再记一笔改回来。
          </View>
        </View>
      )}
    </PageShell>
  );
}

function Entry({ entry }: { readonly entry: EntryView }) {
  return (
    <Card title={entry.sentence}>
      <View className="stack stack--2">
        <Money fen={entry.amountFen} size="title" />
        <Fact label="到（借）">{entry.debit.label}</Fact>
        <Fact label="从（贷）">{entry.credit.label}</Fact>
        {entry.billMonth !== null && <Fact label="账单">{formatMonth(entry.billMonth)}</Fact>}
        <Fact label="账目">{LEDGER_LABELS[entry.book]}</Fact>
        <Fact label="时间">
          <InstantText at={entry.occurredAt} />
        </Fact>
        {entry.orderNo !== null && <Fact label="订单号">{entry.orderNo}</Fact>}
      </View>
    </Card>
  );
}
