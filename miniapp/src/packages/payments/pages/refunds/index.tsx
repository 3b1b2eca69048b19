import { View } from '@tarojs/components';
import {
  CREDIT_ORIGIN_LABELS,
  CREDIT_STATE_LABELS,
  REFUND_STATE_LABELS,
  type CreditChoice,
  type MyCredit,
  type MyRefund,
} from '@linli/shared/refunds';
import { formatDay, formatInstant, formatYuan, shanghaiDate } from '@linli/shared/kernel';
import { useState } from 'react';
import { Button, Card, Chip, ConfirmSheet, Empty, Fact, Money, PageShell, useNow } from '@/components';
import { navigate } from '@/navigate';
import { useAction } from '@/request';
import { toast } from '@/stores';
import { chooseCredit, useMyRefunds } from '../../api';

/** 退款和预存: money paid too much, what becomes of it, and what went back. */
export default function RefundsPage() {
  const resource = useMyRefunds();
  return (
    <PageShell
      route="refunds"
      resource={resource}
      empty={({ credits, refunds }) =>
        credits.length + refunds.length === 0 ? (
          <Empty
            title="没有退款，也没有多付的钱"
            text="重复缴费或者订单关闭后才到账的钱，会显示在这里，可以退回，也可以留着抵下一张账单。"
            next={{
              label: '看账单',
              onTap: () => {
                navigate('bills');
              },
            }}
          />
        ) : undefined
      }
    >
      {({ credits, refunds }) => (
        <View className="stack stack--4">
          {credits.map((credit) => (
            <CreditCard key={credit.id} credit={credit} />
          ))}
          {refunds.map((refund) => (
            <RefundCard key={refund.id} refund={refund} />
          ))}
        </View>
      )}
    </PageShell>
  );
}

const SENTENCES: Readonly<Record<CreditChoice, (amount: string) => string>> = {
  REFUND: (amount) => `${amount} 将原路退回您付款的账户，一般几分钟到三天到账。`,
  KEEP: (amount) => `${amount} 将留着，自动抵扣这套房屋没缴的账单，先抵最早的。没用掉之前还可以退。`,
};

function CreditCard({ credit }: { readonly credit: MyCredit }) {
  const now = useNow();
  const [choice, setChoice] = useState<CreditChoice | null>(null);
  const choosing = useAction((_key, chosen: CreditChoice) => chooseCredit(credit.id, chosen), {
    onDone: () => {
      setChoice(null);
      toast('已记下', 'good');
    },
  });
  const amount = formatYuan(credit.leftFen);
  return (
    <Card title="多付的钱" extra={<Chip tone="brand">{CREDIT_STATE_LABELS[credit.state]}</Chip>}>
      <View className="stack stack--3">
        <Money fen={credit.leftFen} size="money" />
        <View className="stack stack--2">
          <Fact label="房屋">{credit.unitName}</Fact>
          <Fact label="来由">{`${CREDIT_ORIGIN_LABELS[credit.reason]}，${formatInstant(credit.at, now)}`}</Fact>
        </View>
        {credit.backAt !== null && (
          <View className="t-second t-muted">
            {`${formatDay(shanghaiDate(credit.backAt), now)}前没有选的话，会自动原路退回。`}
          </View>
        )}
        <View className="row gap-2">
          <Button
            kind="plain"
            onTap={() => {
              setChoice('REFUND');
            }}
          >
            退回微信
          </Button>
          {credit.state === 'OPEN' && (
            <Button
              onTap={() => {
                setChoice('KEEP');
              }}
            >
              抵下一张账单
            </Button>
          )}
        </View>
      </View>
      {choice !== null && (
        <ConfirmSheet
          open
          title={choice === 'REFUND' ? '退回微信' : '留着抵账单'}
          sentence={SENTENCES[choice](amount)}
          doLabel={choice === 'REFUND' ? '确认退回' : '确认留着'}
          busy={choosing.busy}
          error={choosing.error?.message}
          onConfirm={() => choosing.run(choice)}
          onClose={() => {
            setChoice(null);
          }}
        />
      )}
    </Card>
  );
}

function RefundCard({ refund }: { readonly refund: MyRefund }) {
  const now = useNow();
  return (
    <Card
      title="退款"
      extra={
        <Chip tone={refund.state === 'SUCCEEDED' ? 'good' : 'plain'}>
          {REFUND_STATE_LABELS[refund.state]}
        </Chip>
      }
    >
      <View className="stack stack--2">
        <Money fen={refund.amountFen} size="money" />
        {refund.unitName !== '' && <Fact label="房屋">{refund.unitName}</Fact>}
        <Fact label="原因">{refund.reason}</Fact>
        <Fact label="提出">{formatInstant(refund.askedAt, now)}</Fact>
        {refund.endedAt !== null && <Fact label="结束">{formatInstant(refund.endedAt, now)}</Fact>}
        <Fact label="订单">{refund.orderNo}</Fact>
      </View>
    </Card>
  );
}
