import { View } from '@tarojs/components';
import { LEDGER_LABELS, type PayOrder } from '@linli/shared/fees';
import { formatYuan } from '@linli/shared/kernel';
import { useEffect, useState } from 'react';
import { Button, Card, Fact, Money, PageShell, StateBlock, useNow } from '@/components';
import { navigate, replace, useRouteParams } from '@/navigate';
import { useAction } from '@/request';
import { toast } from '@/stores';
import { cancelOrder, forgetMoney, openCashier, usePayOrder } from '../../api';

const ASK_EVERY_MS = 2_000;
const ASK_AT_MOST = 45;

/** 付款结果: what WeChat tells the server, never what the phone thinks. */
export default function PayResultPage() {
  const { orderNo, payment } = useRouteParams('payResult');
  const order = usePayOrder(orderNo);
  const { reload } = order;
  const pending = order.status === 'ready' && isPending(order.data);
  const settled = order.status === 'ready' && !pending;
  const [asked, setAsked] = useState(0);

  useEffect(() => {
    if (!pending || asked >= ASK_AT_MOST) return;
    const timer = setTimeout(() => {
      setAsked(asked + 1);
      void reload();
    }, ASK_EVERY_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [pending, asked, reload]);
  useEffect(() => {
    if (settled) forgetMoney();
  }, [settled]);

  return (
    <PageShell route="payResult" resource={order}>
      {(data) => (
        <View className="stack stack--4">
          <Outcome order={data} gaveUp={asked >= ASK_AT_MOST} cancelled={payment === 'cancel'} />
          <Card>
            <View className="stack stack--2">
              <Fact label="金额">
                <Money fen={data.amountFen} />
              </Fact>
              <Fact label="账目">{LEDGER_LABELS[data.ledger]}</Fact>
              <Fact label="收款方">{data.payeeName}</Fact>
              <Fact label="订单号">{data.orderNo}</Fact>
            </View>
          </Card>
        </View>
      )}
    </PageShell>
  );
}

const isPending = ({ state }: PayOrder): boolean => state === 'CREATED' || state === 'PREPAID';

function Outcome({
  order,
  gaveUp,
  cancelled,
}: {
  readonly order: PayOrder;
  readonly gaveUp: boolean;
  readonly cancelled: boolean;
}) {
  const toBills = {
    label: '回到账单',
    onTap: () => {
      replace('bills');
    },
  };
  const { receiptId } = order;
  switch (order.state) {
    case 'PAID':
      return (
        <StateBlock
          icon="done"
          title={`已缴 ${formatYuan(order.amountFen)}`}
          text="钱已到账，收据开好了。"
          next={
            receiptId === null
              ? toBills
              : {
                  label: '看收据',
                  onTap: () => {
                    navigate('receipt', { id: receiptId });
                  },
                }
          }
          other={receiptId === null ? undefined : toBills}
        />
      );
    case 'CLOSED':
      return (
        <StateBlock
          icon="info"
          title="这笔订单已关闭"
          text="没有扣款，账单还在，可以重新支付。"
          next={toBills}
        />
      );
    case 'QUARANTINED':
      return <SetAside toBills={toBills} />;
    case 'PARTIAL_REFUND':
    case 'REFUNDED':
      return <StateBlock icon="info" title="已退款" text="钱按原路退回您的微信。" next={toBills} />;
    case 'CREATED':
    case 'PREPAID':
      return <Waiting order={order} gaveUp={gaveUp} cancelled={cancelled} />;
  }
}

/** The money is there and fits no order: the payer may have it back, or a person looks at it. */
function SetAside({ toBills }: { readonly toBills: { readonly label: string; readonly onTap: () => void } }) {
  return (
    <StateBlock
      icon="alert"
      title="付款待核对"
      text="收到的款项和订单对不上，您的钱不会丢：能退的可以马上选择退回，其余的物业会核对并联系您。"
      next={{
        label: '看退款和多付的钱',
        onTap: () => {
          navigate('refunds');
        },
      }}
      other={toBills}
    />
  );
}

/** Neither paid nor closed yet. */
function Waiting({
  order,
  gaveUp,
  cancelled,
}: {
  readonly order: PayOrder;
  readonly gaveUp: boolean;
  readonly cancelled: boolean;
}) {
  const now = useNow();
  const { pay } = order;
  const open = useAction(async () => pay !== null && openCashier(order.orderNo, pay));
  const cancel = useAction(() => cancelOrder(order.orderNo), {
    onError: ({ message }) => {
      toast(message, 'bad');
    },
  });
  const minutes = Math.max(0, Math.ceil((order.expiresAt - now) / 60_000));
  return (
    <View className="stack stack--4">
      <StateBlock
        icon="clock"
        title={cancelled ? '您没有付款' : gaveUp ? '还没有收到付款结果' : '正在确认付款结果'}
        text={
          cancelled
            ? `这笔订单还留着，${minutes} 分钟内可以接着付。`
            : '以微信支付通知物业的结果为准，一般几秒就到。没有到账之前请不要重复付款。'
        }
      />
      {pay !== null && (
        <Button block busy={open.busy} onTap={() => open.run()}>
          {cancelled ? '接着付款' : '还没付，去付款'}
        </Button>
      )}
      <Button block kind="plain" busy={cancel.busy} onTap={() => cancel.run()}>
        取消这笔订单
      </Button>
    </View>
  );
}
